package dev.bauta.proxy.postgres;

import java.time.Duration;
import java.util.List;

/** Chooses the server of each new session. Thread-safe; does not block. */
public interface ServerChoice extends AutoCloseable {
    /** The servers that a session can go to, best first; empty when there is none now. */
    List<Endpoint> candidates();

    /**
     * True when what a server says of itself as a session begins shows that it is not one to go to.
     *
     * @param parameter the name in a ParameterStatus
     * @param value its value
     */
    boolean isContradictedBy(String parameter, String value);

    /** A server could not be reached, or is not what it was taken for: it is looked at soon. */
    void onDoubt();

    /** Returns when what was doubted before the call has been looked at. Blocks, for as long as a server takes to answer. */
    void settle();

    /** Asks no server any more. */
    @Override
    void close();

    /** One server, whatever it is. */
    static ServerChoice of(Endpoint host) {
        return new OneServer(host);
    }

    /**
     * Asks servers what they are where there is a choice. The first time is over when this returns.
     *
     * @param account as whom they are asked
     * @param connect how long opening a connection to one of them may take
     * @param interval how often they are asked
     */
    static ServerChoice of(
            PostgresServers servers, WatchedServers.Account account, Duration connect, Duration interval) {
        boolean one = servers.hosts().size() == 1 && servers.target() == SessionTarget.ANY;
        return one ? new OneServer(servers.hosts().get(0)) : WatchedServers.start(servers, account, connect, interval);
    }

    /**
     * One server.
     *
     * @param host where it is
     */
    record OneServer(Endpoint host) implements ServerChoice {
        @Override
        public List<Endpoint> candidates() {
            return List.of(host);
        }

        @Override
        public boolean isContradictedBy(String parameter, String value) {
            return false;
        }

        @Override
        public void onDoubt() {
            // There is no other.
        }

        @Override
        public void settle() {
            // Nothing is looked at.
        }

        @Override
        public void close() {
            // It is not asked.
        }

        @Override
        public String toString() {
            return host.toString();
        }
    }
}
