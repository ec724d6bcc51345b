package dev.bauta.proxy;

import dev.bauta.proxy.postgres.Endpoint;
import dev.bauta.proxy.postgres.ServerChoice;
import dev.bauta.proxy.session.ClientAccess;
import dev.bauta.proxy.session.Limits;
import dev.bauta.proxy.tls.ServerTls;
import java.net.InetSocketAddress;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How the proxy listens and where its PostgreSQL server is. Immutable.
 *
 * @param listen where clients connect; port 0 takes a free one
 * @param unixSocket where clients of this machine can connect too; null for nowhere
 * @param servers the PostgreSQL server, or several of which one is chosen
 * @param serverEncryption what connections with it are encrypted by; null when they are not
 * @param limits what the proxy bears
 * @param access how clients may come in
 * @param transport by what bytes are sent and received
 * @param eventLoops how many threads move data, at least 1
 */
public record ProxySettings(
        InetSocketAddress listen,
        @Nullable UnixSocket unixSocket,
        ServerChoice servers,
        @Nullable Supplier<ServerTls> serverEncryption,
        Limits limits,
        ClientAccess access,
        Transport transport,
        int eventLoops) {
    public ProxySettings {
        if (eventLoops < 1) {
            throw new IllegalArgumentException("there must be at least 1 event loop");
        }
    }

    /** Settings with the default limits, no TLS, and a thread for every two processors: the more a thread has to do, the less it wakes. */
    public static ProxySettings of(InetSocketAddress listen, ServerChoice servers) {
        return new ProxySettings(
                listen,
                null,
                servers,
                null,
                Limits.DEFAULT,
                ClientAccess.DEFAULT,
                Transport.best(),
                Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
    }

    /** The same for one server. */
    public static ProxySettings of(InetSocketAddress listen, String serverHost, int serverPort) {
        return of(listen, ServerChoice.of(new Endpoint(serverHost, serverPort)));
    }

    /** With a Unix-domain socket, or without where it is null. */
    public ProxySettings withUnixSocket(@Nullable UnixSocket changed) {
        return new ProxySettings(listen, changed, servers, serverEncryption, limits, access, transport, eventLoops);
    }

    /** With other limits. */
    public ProxySettings withLimits(Limits changed) {
        return new ProxySettings(listen, unixSocket, servers, serverEncryption, changed, access, transport, eventLoops);
    }

    /** With other ways for clients to come in. */
    public ProxySettings withAccess(ClientAccess changed) {
        return new ProxySettings(listen, unixSocket, servers, serverEncryption, limits, changed, transport, eventLoops);
    }

    /** With another way to the network, which must be {@link Transport#isAvailable() there}. */
    public ProxySettings withTransport(Transport changed) {
        return new ProxySettings(listen, unixSocket, servers, serverEncryption, limits, access, changed, eventLoops);
    }

    /** With TLS with the server, or without where it is null. */
    public ProxySettings withServerEncryption(@Nullable Supplier<ServerTls> changed) {
        return new ProxySettings(listen, unixSocket, servers, changed, limits, access, transport, eventLoops);
    }
}
