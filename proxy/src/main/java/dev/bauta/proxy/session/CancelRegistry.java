package dev.bauta.proxy.session;

import dev.bauta.proxy.wire.CancelKey;
import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The cancel keys of the sessions that go through this proxy. Each session has one of its own, since the server's is that of a connection,
 * which another session can have afterwards; a cancel request with any other key goes nowhere. Thread-safe.
 */
public final class CancelRegistry {
    private final SecureRandom random = new SecureRandom();
    private final Map<CancelKey, CancelTarget> targets = new ConcurrentHashMap<>();

    /** @return the key of a session that has begun: the server's process, and a secret as long as the server's */
    CancelKey add(CancelTarget target) {
        CancelKey key;
        do {
            key = target.key().withSecret(random);
        } while (targets.putIfAbsent(key, target) != null);
        return key;
    }

    /** The session has ended. */
    void remove(CancelKey key) {
        targets.remove(key);
    }

    /** Where requests with the key go; null when no session of now has it. */
    @Nullable
    CancelTarget find(CancelKey key) {
        return targets.get(key);
    }
}
