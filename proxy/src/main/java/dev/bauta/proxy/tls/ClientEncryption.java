package dev.bauta.proxy.tls;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What clients' connections are encrypted by, and whether they must be. Thread-safe.
 *
 * @param required true when TCP connections without TLS are refused
 * @param tls what is in force for new connections; null when there is no TLS
 */
public record ClientEncryption(boolean required, @Nullable Supplier<ClientTls> tls) {
    /** There is no TLS. */
    public static final ClientEncryption NONE = new ClientEncryption(false, null);

    public ClientEncryption {
        if (required && tls == null) {
            throw new IllegalArgumentException("TLS that is required needs a certificate");
        }
    }

    /** What is in force now, or null when there is no TLS. */
    public @Nullable ClientTls current() {
        return tls == null ? null : tls.get();
    }
}
