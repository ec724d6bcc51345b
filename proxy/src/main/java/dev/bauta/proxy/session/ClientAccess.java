package dev.bauta.proxy.session;

import dev.bauta.proxy.session.Authentication.Relay;
import dev.bauta.proxy.tls.ClientEncryption;
import dev.bauta.rulefile.Network;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How clients may come in. Thread-safe.
 *
 * @param encryption what their connections are encrypted by
 * @param authentication who authenticates users
 * @param networks where they may come from; empty for everywhere
 */
public record ClientAccess(ClientEncryption encryption, Authentication authentication, List<Network> networks) {
    /** Without TLS, and by the server's authentication. */
    public static final ClientAccess DEFAULT = new ClientAccess(ClientEncryption.NONE, Relay.RELAY, List.of());

    public ClientAccess {
        networks = List.copyOf(networks);
    }

    /** True when clients may come from there; null is a Unix-domain socket. */
    boolean allows(@Nullable InetAddress address) {
        return networks.isEmpty() || networks.stream().anyMatch(network -> network.contains(address));
    }
}
