package dev.bauta.proxy.tls;

import java.util.List;

/** The versions of TLS that are spoken. Older ones are broken. */
public enum TlsVersion {
    V1_2("TLSv1.2"),
    V1_3("TLSv1.3");

    private final String label;

    TlsVersion(String label) {
        this.label = label;
    }

    /** As PostgreSQL and Java name it. */
    public String label() {
        return label;
    }

    /** The names of this version and the newer ones. */
    List<String> andNewer() {
        return this == V1_2 ? List.of(V1_2.label, V1_3.label) : List.of(V1_3.label);
    }
}
