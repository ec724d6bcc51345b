package dev.bauta.proxy.session;

import java.time.Duration;

/**
 * What a session must not exceed; 0 is for no limit. Immutable.
 *
 * @param idle how long it may wait for its client outside a transaction
 * @param idleInTransaction how long inside one
 * @param statement how long the server may take from a request to ReadyForQuery
 */
public record SessionTimeouts(Duration idle, Duration idleInTransaction, Duration statement) {
    /** No limits. */
    public static final SessionTimeouts NONE = new SessionTimeouts(Duration.ZERO, Duration.ZERO, Duration.ZERO);

    boolean isNone() {
        return equals(NONE);
    }
}
