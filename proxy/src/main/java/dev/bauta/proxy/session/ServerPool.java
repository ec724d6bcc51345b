package dev.bauta.proxy.session;

import dev.bauta.proxy.wire.StartupMessage;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Connections to the server that a masked session has left, for the next one of the same user with the same startup message. Between
 * the two the server forgets the first by {@code DISCARD ALL}; a connection of which that cannot be told for certain is closed.
 * Sessions that the server itself authenticates have none: it must see each of them. Thread-safe.
 */
public final class ServerPool {
    private final LiveOptions options;
    private final Map<Key, Deque<ServerLease>> idle = new ConcurrentHashMap<>();
    private final AtomicInteger kept = new AtomicInteger();
    private volatile boolean closed;

    /** @param options say how many connections are kept, and for how long */
    public ServerPool(LiveOptions options) {
        this.options = options;
    }

    /**
     * Whose a connection can be. Immutable.
     *
     * @param loop on which it lives
     * @param user who has been authenticated
     * @param startup all that the server was told, keys of masks included
     */
    record Key(EventLoop loop, String user, StartupMessage startup) {
        /** No parameter. */
        @Override
        public String toString() {
            return "Key[" + user + "]";
        }
    }

    /** How many connections wait, or are being cleaned. */
    public int size() {
        return kept.get();
    }

    /** True when connections are kept at all. */
    boolean isOpen() {
        return !closed && options.limits().pool().connections() > 0;
    }

    /** Keeps no connection from now on; those that wait learn from the event that the proxy stops. */
    public void close() {
        closed = true;
    }

    /** A connection that waits for such a session, which is the caller's from now on; null when there is none. Runs on the key's event loop. */
    @Nullable
    ServerLease take(Key key) {
        Deque<ServerLease> waiting = idle.get(key);
        ServerLease lease = waiting == null ? null : waiting.peekLast();
        if (lease != null) {
            onTaken(lease);
        }
        return lease;
    }

    /** Closes a connection that was taken and is not wanted. */
    static void discard(ServerLease lease) {
        lease.link().channel().pipeline().remove(ServerCleaning.class);
        Closing.afterFlush(lease.link().channel());
    }

    /** Takes a connection back that no session has any more. Runs on its event loop. */
    void giveBack(ServerLease lease) {
        Limits.Pool limits = options.limits().pool();
        if (kept.incrementAndGet() > limits.connections()
                || closed
                || lease.age().compareTo(limits.life()) > 0) {
            kept.decrementAndGet();
            Closing.afterFlush(lease.link().channel());
            return;
        }
        Channel channel = lease.link().channel();
        channel.pipeline().replace(ServerHandler.class, null, new ServerCleaning(this, lease));
        channel.config().setAutoRead(true);
    }

    /** The server has forgotten the session. */
    void onClean(ServerLease lease) {
        idle.computeIfAbsent(lease.key(), key -> new ArrayDeque<>()).addLast(lease);
    }

    /** The connection waits no more: a session has it, or it is closed. */
    void onTaken(ServerLease lease) {
        idle.computeIfPresent(lease.key(), (key, waiting) -> {
            waiting.remove(lease);
            return waiting.isEmpty() ? null : waiting;
        });
        kept.decrementAndGet();
    }

    /** How long a connection may wait for a session from now on. */
    Duration patience(ServerLease lease) {
        Limits.Pool limits = options.limits().pool();
        Duration left = limits.life().minus(lease.age());
        return left.compareTo(limits.idle()) < 0 ? left : limits.idle();
    }
}
