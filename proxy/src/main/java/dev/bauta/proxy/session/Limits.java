package dev.bauta.proxy.session;

import java.time.Duration;

/**
 * What one proxy bears. Immutable.
 *
 * @param sessions at a time, at least 1
 * @param connections at a time, those of cancel requests and of clients that have not logged in included; at least as many as
 *     sessions
 * @param connectionsPerAddress of them from one address; 0 for no limit
 * @param queue how long a client waits for its turn when there are all sessions already; zero for not at all
 * @param login how long a client may take to log in, more than 0
 * @param connect how long opening a connection to a server may take, more than 0
 * @param drain how long sessions may go on with their transactions when the proxy is told to end; zero for not at all
 * @param times how long sessions may be at something
 * @param pool which connections to servers are kept between sessions
 * @param keptStatements how many look-ups by key a server holds prepared for one session, at least 0; 0 for none
 */
public record Limits(
        int sessions,
        int connections,
        int connectionsPerAddress,
        Duration queue,
        Duration login,
        Duration connect,
        Duration drain,
        Times times,
        Pool pool,
        int keptStatements) {
    private static final Duration MAX_TIMEOUT = Duration.ofHours(1);

    /** What holds where nothing else is said. */
    public static final Limits DEFAULT = new Limits(
            500,
            1_000,
            0,
            Duration.ZERO,
            Duration.ofSeconds(60),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Times.UNLIMITED,
            Pool.NONE,
            32);

    /**
     * How long a session may be at something; zero for as long as it likes.
     *
     * @param idle outside a transaction, and nothing asked for
     * @param idleInTransaction in a transaction, and nothing asked for
     * @param statement from a request to the end of its answer
     */
    public record Times(Duration idle, Duration idleInTransaction, Duration statement) {
        /** As long as it likes. */
        public static final Times UNLIMITED = new Times(Duration.ZERO, Duration.ZERO, Duration.ZERO);
    }

    /**
     * Which connections to servers are kept between sessions.
     *
     * @param connections how many wait for a session at a time, at least 0; 0 keeps none
     * @param idle how long one waits, more than 0
     * @param life how old one may be to be kept, more than 0
     */
    public record Pool(int connections, Duration idle, Duration life) {
        /** None. */
        public static final Pool NONE = new Pool(0, Duration.ofMinutes(5), Duration.ofHours(1));

        public Pool {
            require(connections >= 0, "the number of connections that are kept must not be negative");
            require(isPositive(idle) && isPositive(life), "the times of connections that are kept must be more than 0");
        }

        private static boolean isPositive(Duration duration) {
            return !duration.isNegative() && !duration.isZero();
        }
    }

    public Limits {
        require(sessions >= 1, "the greatest number of sessions must be at least 1");
        require(connections >= sessions, "there cannot be fewer connections than sessions");
        require(connectionsPerAddress >= 0, "the connections of an address must not be negative");
        require(!queue.isNegative(), "the time in the queue must not be negative");
        require(!drain.isNegative(), "the time to drain must not be negative");
        require(keptStatements >= 0, "the number of statements that are kept must not be negative");
        require(isTimeout(login), "the login time-out must be more than 0 and at most 1 hour");
        require(isTimeout(connect), "the connect time-out must be more than 0 and at most 1 hour");
    }

    /** With other numbers of sessions and connections. */
    public Limits withCounts(int otherSessions, int otherConnections) {
        return new Limits(
                otherSessions,
                otherConnections,
                connectionsPerAddress,
                queue,
                login,
                connect,
                drain,
                times,
                pool,
                keptStatements);
    }

    /** With another number of connections from one address. */
    public Limits withConnectionsPerAddress(int other) {
        return new Limits(sessions, connections, other, queue, login, connect, drain, times, pool, keptStatements);
    }

    /** With another time in the queue. */
    public Limits withQueue(Duration other) {
        return new Limits(
                sessions,
                connections,
                connectionsPerAddress,
                other,
                login,
                connect,
                drain,
                times,
                pool,
                keptStatements);
    }

    /** With other time-outs of what comes before a session. */
    public Limits withTimeouts(Duration otherLogin, Duration otherConnect) {
        return new Limits(
                sessions,
                connections,
                connectionsPerAddress,
                queue,
                otherLogin,
                otherConnect,
                drain,
                times,
                pool,
                keptStatements);
    }

    /** With other time-outs of sessions. */
    public Limits withTimes(Times other) {
        return new Limits(
                sessions,
                connections,
                connectionsPerAddress,
                queue,
                login,
                connect,
                drain,
                other,
                pool,
                keptStatements);
    }

    /** With other connections that are kept. */
    public Limits withPool(Pool other) {
        return new Limits(
                sessions,
                connections,
                connectionsPerAddress,
                queue,
                login,
                connect,
                drain,
                times,
                other,
                keptStatements);
    }

    /** With another number of statements that are kept. */
    public Limits withKeptStatements(int other) {
        return new Limits(
                sessions, connections, connectionsPerAddress, queue, login, connect, drain, times, pool, other);
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
