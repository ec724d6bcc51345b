package dev.bauta.proxy.session;

import dev.bauta.proxy.wire.CancelKey;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The cancel keys of the sessions that go through this proxy. A key is the server's own, handed to the client as it is;
 * a cancel request with any other key goes nowhere. Thread-safe.
 */
public final class CancelRegistry {
    private final Set<CancelKey> keys = ConcurrentHashMap.newKeySet();

    /** A session has received its key. */
    void add(CancelKey key) {
        keys.add(key);
    }

    /** The session has ended. */
    void remove(CancelKey key) {
        keys.remove(key);
    }

    /** True when the key belongs to a session that goes through this proxy now. */
    boolean holds(CancelKey key) {
        return keys.contains(key);
    }
}
