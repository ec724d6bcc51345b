package dev.bauta.proxy.tls;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * TLS with the PostgreSQL server. Immutable.
 *
 * @param mode whether, and what is checked
 * @param rootCertificate the authorities that may have issued the server's certificate, in PEM; null for those that Java trusts
 * @param certificate what the proxy shows to the server, in PEM; null for none
 * @param key its private key, in PEM; null exactly when there is no certificate
 */
public record ServerTlsSettings(
        Mode mode, @Nullable Path rootCertificate, @Nullable Path certificate, @Nullable Path key) {
    /** As libpq's {@code sslmode}, without those modes that go on without TLS. */
    public enum Mode {
        /** No TLS. */
        DISABLE("disable"),
        /** TLS with whoever answers. */
        REQUIRE("require"),
        /** The server's certificate was issued by a trusted authority. */
        VERIFY_CA("verify-ca"),
        /** And it was issued for the name or address that the proxy connects to. */
        VERIFY_FULL("verify-full");

        private final String label;

        Mode(String label) {
            this.label = label;
        }

        /** As libpq and the configuration name it. */
        public String label() {
            return label;
        }
    }

    /** No TLS. */
    public static final ServerTlsSettings NONE = new ServerTlsSettings(Mode.DISABLE, null, null, null);

    public ServerTlsSettings {
        if ((certificate == null) != (key == null)) {
            throw new IllegalArgumentException("a certificate and its key come together");
        }
    }

    /** All files. */
    public List<Path> files() {
        return Stream.of(rootCertificate, certificate, key)
                .filter(Objects::nonNull)
                .toList();
    }
}
