package dev.bauta.proxy.session;

import dev.bauta.proxy.session.ServerConnector.Location;
import dev.bauta.proxy.wire.CancelKey;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The cancel keys of the sessions that go through this proxy. A key is the server's own, handed to the client as it is;
 * a cancel request with any other key goes nowhere. Thread-safe.
 */
public final class CancelRegistry {
    private final Map<CancelKey, Location> keys = new ConcurrentHashMap<>();

    /** A session has received its key from a server. */
    void add(CancelKey key, Location server) {
        keys.put(key, server);
    }

    /** The session has ended. */
    void remove(CancelKey key, Location server) {
        keys.remove(key, server);
    }

    /** The server of the session that the key belongs to; null when no session of now has it. */
    @Nullable
    Location find(CancelKey key) {
        return keys.get(key);
    }
}
