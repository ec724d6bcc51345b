package dev.bauta.proxy.trail;

/** Who listens to what sessions tell. Called on event loops: nothing here blocks. Thread-safe. */
public interface SessionEvents {
    /** Nobody. */
    SessionEvents NONE = new SessionEvents() {};

    /** A session has begun. */
    default void opened(SessionIdentity session) {}

    /** It has ended. */
    default void closed(SessionIdentity session) {}

    /**
     * Somebody asked for a session and was turned away.
     *
     * @param sqlState by which error
     */
    default void refused(LoginAttempt attempt, String sqlState) {}

    /** A statement was run or refused. */
    default void executed(SessionIdentity session, Execution execution) {}

    /**
     * A text was decided.
     *
     * @param nanos how long it took
     */
    default void decided(long nanos) {}

    /** Bytes have come from a client. */
    default void receivedFromClient(int bytes) {}

    /** Bytes have come from the server. */
    default void receivedFromServer(int bytes) {}

    /** What may be done now. */
    default Admission admission() {
        return Admission.OPEN;
    }

    /** Has something done, on any thread, when {@link #admission} is {@link Admission#OPEN} again. */
    default void whenOpen(Runnable action) {
        action.run();
    }

    /** Whether further statements may be run, which depends on whether they can be recorded. */
    enum Admission {
        /** They may. */
        OPEN,
        /** They must wait. */
        WAIT,
        /** They may not, and the session ends. */
        REFUSE
    }
}
