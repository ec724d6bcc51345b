package dev.bauta.proxy.session;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts connections and sessions against their limits, and has those wait who come too many. Thread-safe. */
public final class ConnectionLimits {
    private static final int IPV6_NETWORK_BYTES = 8;

    private final LiveOptions options;
    private final Map<ByteBuffer, Integer> byAddress = new HashMap<>();
    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
    private int sessions;
    private int connections;

    /** @param options where the limits are, which can change */
    public ConnectionLimits(LiveOptions options) {
        this.options = options;
    }

    /**
     * Counts a connection in, if there is room for it.
     *
     * @param address the client's; null for a Unix-domain socket, of which no address is counted
     */
    synchronized boolean tryOpenConnection(@Nullable InetAddress address) {
        if (connections >= options.limits().connections() || isFull(address)) {
            return false;
        }
        connections++;
        if (address != null) {
            byAddress.merge(counted(address), 1, Integer::sum);
        }
        return true;
    }

    private boolean isFull(@Nullable InetAddress address) {
        int limit = options.limits().connectionsPerAddress();
        return address != null && limit > 0 && byAddress.getOrDefault(counted(address), 0) >= limit;
    }

    /** What counts as one address: of IPv6 the network's part, since a machine takes as many addresses in it as it likes. */
    private static ByteBuffer counted(InetAddress address) {
        byte[] bytes = address.getAddress();
        return ByteBuffer.wrap(bytes, 0, address instanceof Inet6Address ? IPV6_NETWORK_BYTES : bytes.length);
    }

    /** A connection that was counted in has ended. */
    synchronized void closeConnection(@Nullable InetAddress address) {
        connections--;
        if (address != null) {
            byAddress.computeIfPresent(counted(address), (counted, n) -> n == 1 ? null : n - 1);
        }
    }

    /** Counts a session in, if there is room for it and nobody else waits. */
    synchronized boolean tryOpenSession() {
        if (sessions >= options.limits().sessions() || !waiting.isEmpty()) {
            return false;
        }
        sessions++;
        return true;
    }

    /**
     * Waits for a session to end.
     *
     * @param turn run once a session is counted in, on whatever thread ended one; must not block
     */
    void await(Runnable turn) {
        if (!waitUnlessFree(turn)) {
            turn.run();
        }
    }

    /** One may have ended since it was asked. */
    private synchronized boolean waitUnlessFree(Runnable turn) {
        return !tryOpenSession() && waiting.add(turn);
    }

    /** Waits no longer. @return false when its turn has come already */
    synchronized boolean giveUp(Runnable turn) {
        return waiting.remove(turn);
    }

    /** A session that was counted in has ended: its place goes to whoever has waited longest. */
    void closeSession() {
        synchronized (this) {
            sessions--;
        }
        admitWaiting();
    }

    /** Lets those in who wait and for whom there is room by now. */
    public void admitWaiting() {
        for (Runnable next = takeTurn(); next != null; next = takeTurn()) {
            next.run();
        }
    }

    private synchronized @Nullable Runnable takeTurn() {
        Runnable next = sessions < options.limits().sessions() ? waiting.poll() : null;
        if (next != null) {
            sessions++;
        }
        return next;
    }

    /** How many clients have sent a startup message and are still here, those that wait apart. */
    public synchronized int openSessions() {
        return sessions;
    }

    /** How many wait for their turn. */
    public synchronized int waiting() {
        return waiting.size();
    }

    /** How many connections of clients there are, whatever they are for. */
    public synchronized int openConnections() {
        return connections;
    }
}
