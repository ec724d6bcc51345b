package dev.bauta.proxy;

import dev.bauta.proxy.session.ClientAccess;
import dev.bauta.proxy.tls.ServerTls;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How the proxy listens and where its PostgreSQL server is. Immutable.
 *
 * @param listen where clients connect; port 0 takes a free one
 * @param serverHost the PostgreSQL server's name or address
 * @param serverPort its TCP port, 1 to 65535
 * @param serverEncryption what connections with it are encrypted by; null when they are not
 * @param maxSessions how many sessions there may be at a time, at least 1
 * @param maxConnections how many connections there may be at a time, those of cancel requests and of clients that have not
 *     logged in included, at least {@code maxSessions}
 * @param loginTimeout how long a client may take to log in, more than 0
 * @param connectTimeout how long opening a connection to the server may take, more than 0
 * @param access how clients may come in
 * @param eventLoops how many threads move data, at least 1
 */
public record ProxySettings(
        InetSocketAddress listen,
        String serverHost,
        int serverPort,
        @Nullable Supplier<ServerTls> serverEncryption,
        int maxSessions,
        int maxConnections,
        Duration loginTimeout,
        Duration connectTimeout,
        ClientAccess access,
        int eventLoops) {
    private static final int DEFAULT_MAX_SESSIONS = 500;
    private static final Duration MAX_TIMEOUT = Duration.ofHours(1);

    public ProxySettings {
        require(!serverHost.isBlank(), "server host must not be empty");
        require(serverPort >= 1 && serverPort <= 65_535, "server port must be from 1 to 65535");
        require(maxSessions >= 1, "the greatest number of sessions must be at least 1");
        require(maxConnections >= maxSessions, "there cannot be fewer connections than sessions");
        require(isTimeout(loginTimeout), "the login time-out must be more than 0 and at most 1 hour");
        require(isTimeout(connectTimeout), "the connect time-out must be more than 0 and at most 1 hour");
        require(eventLoops >= 1, "there must be at least 1 event loop");
    }

    /** Settings with the defaults: 500 sessions, 60 s to log in, 10 s to reach the server, a thread for each processor. */
    public static ProxySettings of(InetSocketAddress listen, String serverHost, int serverPort) {
        return new ProxySettings(
                listen,
                serverHost,
                serverPort,
                null,
                DEFAULT_MAX_SESSIONS,
                2 * DEFAULT_MAX_SESSIONS,
                Duration.ofSeconds(60),
                Duration.ofSeconds(10),
                ClientAccess.DEFAULT,
                Runtime.getRuntime().availableProcessors());
    }

    /** With other limits on connections. */
    public ProxySettings withLimits(int sessions, int connections) {
        return with(serverEncryption, sessions, connections, loginTimeout, connectTimeout, access);
    }

    /** With other time-outs. */
    public ProxySettings withTimeouts(Duration login, Duration connect) {
        return with(serverEncryption, maxSessions, maxConnections, login, connect, access);
    }

    /** With other ways for clients to come in. */
    public ProxySettings withAccess(ClientAccess changed) {
        return with(serverEncryption, maxSessions, maxConnections, loginTimeout, connectTimeout, changed);
    }

    /** With TLS with the server, or without where it is null. */
    public ProxySettings withServerEncryption(@Nullable Supplier<ServerTls> changed) {
        return with(changed, maxSessions, maxConnections, loginTimeout, connectTimeout, access);
    }

    private ProxySettings with(
            @Nullable Supplier<ServerTls> encryption,
            int sessions,
            int connections,
            Duration login,
            Duration connect,
            ClientAccess changed) {
        return new ProxySettings(
                listen, serverHost, serverPort, encryption, sessions, connections, login, connect, changed, eventLoops);
    }

    private static boolean isTimeout(Duration duration) {
        return duration.toMillis() >= 1 && duration.compareTo(MAX_TIMEOUT) <= 0;
    }

    private static void require(boolean valid, String message) {
        if (!valid) {
            throw new IllegalArgumentException(message);
        }
    }
}
