package dev.bauta.policy;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * Where a session comes from, as far as the door that it came through knows. What is not known matches no rule. Immutable.
 *
 * @param address the client's address; null for a Unix-domain socket, and inside the application's own process
 * @param encrypted true when the client's connection is encrypted by TLS
 * @param certificate the subject of the client's verified certificate as an RFC 2253 distinguished name; null when it
 *     presented none
 */
public record ClientOrigin(@Nullable InetAddress address, boolean encrypted, @Nullable String certificate) {
    /** A session of which nothing is known but that it is local: the driver's, and tests'. */
    public static final ClientOrigin LOCAL = new ClientOrigin(null, false, null);

    public ClientOrigin {
        if (certificate != null && !encrypted) {
            throw new IllegalArgumentException("a certificate comes with TLS alone");
        }
    }
}
