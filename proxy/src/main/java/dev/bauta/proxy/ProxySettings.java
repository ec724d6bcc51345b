package dev.bauta.proxy;

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
 * @param serverHost the PostgreSQL server's name or address
 * @param serverPort its TCP port, 1 to 65535
 * @param serverEncryption what connections with it are encrypted by; null when they are not
 * @param limits what the proxy bears
 * @param access how clients may come in
 * @param eventLoops how many threads move data, at least 1
 */
public record ProxySettings(
        InetSocketAddress listen,
        String serverHost,
        int serverPort,
        @Nullable Supplier<ServerTls> serverEncryption,
        Limits limits,
        ClientAccess access,
        int eventLoops) {
    public ProxySettings {
        require(!serverHost.isBlank(), "server host must not be empty");
        require(serverPort >= 1 && serverPort <= 65_535, "server port must be from 1 to 65535");
        require(eventLoops >= 1, "there must be at least 1 event loop");
    }

    /** Settings with the default limits, no TLS, and a thread for each processor. */
    public static ProxySettings of(InetSocketAddress listen, String serverHost, int serverPort) {
        return new ProxySettings(
                listen,
                serverHost,
                serverPort,
                null,
                Limits.DEFAULT,
                ClientAccess.DEFAULT,
                Runtime.getRuntime().availableProcessors());
    }

    /** With other limits. */
    public ProxySettings withLimits(Limits changed) {
        return new ProxySettings(listen, serverHost, serverPort, serverEncryption, changed, access, eventLoops);
    }

    /** With other ways for clients to come in. */
    public ProxySettings withAccess(ClientAccess changed) {
        return new ProxySettings(listen, serverHost, serverPort, serverEncryption, limits, changed, eventLoops);
    }

    /** With TLS with the server, or without where it is null. */
    public ProxySettings withServerEncryption(@Nullable Supplier<ServerTls> changed) {
        return new ProxySettings(listen, serverHost, serverPort, changed, limits, access, eventLoops);
    }

    private static void require(boolean valid, String message) {
        if (!valid) {
            throw new IllegalArgumentException(message);
        }
    }
}
