package dev.bauta.proxy.tls;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The files and rules of TLS with clients. Immutable.
 *
 * @param certificate the proxy's certificate, then those of intermediate authorities, in PEM
 * @param key its private key, in PEM
 * @param clientAuthority the authorities that issue clients' certificates, in PEM; null when none are asked for
 * @param clientCertificates whether clients show a certificate
 * @param minimum the lowest version
 */
public record ClientTlsSettings(
        Path certificate,
        Path key,
        @Nullable Path clientAuthority,
        ClientCertificates clientCertificates,
        TlsVersion minimum) {
    public ClientTlsSettings {
        if (clientCertificates != ClientCertificates.NONE && clientAuthority == null) {
            throw new IllegalArgumentException("clients' certificates need an authority");
        }
    }

    /** All files. */
    public List<Path> files() {
        List<Path> files = new ArrayList<>(List.of(certificate, key));
        if (clientAuthority != null) {
            files.add(clientAuthority);
        }
        return files;
    }
}
