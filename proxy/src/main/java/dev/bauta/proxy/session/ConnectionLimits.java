package dev.bauta.proxy.session;

import java.util.concurrent.atomic.AtomicInteger;

/** Counts connections against their limits. Thread-safe. */
public final class ConnectionLimits {
    private final int maxSessions;
    private final int maxConnections;
    private final AtomicInteger sessions = new AtomicInteger();
    private final AtomicInteger connections = new AtomicInteger();

    /**
     * @param maxSessions how many clients may have sent a startup message
     * @param maxConnections how many connections there may be, those included that have not said yet what they are
     */
    public ConnectionLimits(int maxSessions, int maxConnections) {
        this.maxSessions = maxSessions;
        this.maxConnections = maxConnections;
    }

    boolean tryOpenConnection() {
        return tryIncrement(connections, maxConnections);
    }

    void closeConnection() {
        connections.decrementAndGet();
    }

    boolean tryOpenSession() {
        return tryIncrement(sessions, maxSessions);
    }

    void closeSession() {
        sessions.decrementAndGet();
    }

    /** How many clients have sent a startup message and are still here. */
    public int openSessions() {
        return sessions.get();
    }

    /** How many connections of clients there are, whatever they are for. */
    public int openConnections() {
        return connections.get();
    }

    private static boolean tryIncrement(AtomicInteger counter, int max) {
        return counter.getAndUpdate(n -> n < max ? n + 1 : n) < max;
    }
}
