package dev.bauta.proxy.session;

import dev.bauta.proxy.authentication.Credentials;
import dev.bauta.proxy.tls.ClientEncryption;
import org.jspecify.annotations.Nullable;

/**
 * How clients may come in. Thread-safe.
 *
 * @param encryption what their connections are encrypted by
 * @param credentials by what the proxy itself authenticates users; null when the server does, through it
 */
public record ClientAccess(ClientEncryption encryption, @Nullable Credentials credentials) {
    /** Without TLS, and by the server's authentication. */
    public static final ClientAccess DEFAULT = new ClientAccess(ClientEncryption.NONE, null);
}
