package dev.bauta.proxy.session;

import dev.bauta.proxy.tls.ClientEncryption;

/**
 * How clients may come in. Thread-safe.
 *
 * @param encryption what their connections are encrypted by
 */
public record ClientAccess(ClientEncryption encryption) {
    /** Without TLS. */
    public static final ClientAccess DEFAULT = new ClientAccess(ClientEncryption.NONE);
}
