package dev.bauta.proxy.session;

import dev.bauta.engine.KeyLookup;

/** One look-up by key that a session has run, which the server holds as a prepared statement once it is worth it. Event loop only. */
final class KeptStatement {
    /** So often a text is run as it comes: most are run once. */
    private static final int USES_BEFORE = 2;

    private final Object key;
    private final KeyLookup.Ground ground;
    private final String name;
    private State state = State.SEEN;
    private int uses;

    private enum State {
        /** The server was not asked to prepare it. */
        SEEN,
        /** The server has not answered. */
        ASKED,
        PREPARED,
        /** The server does not hold it, or is not to use it any more. */
        GONE
    }

    /**
     * @param key what it was found by
     * @param ground what the decision on it stands on
     * @param name of the prepared statement
     */
    KeptStatement(Object key, KeyLookup.Ground ground, String name) {
        this.key = key;
        this.ground = ground;
        this.name = name;
    }

    Object key() {
        return key;
    }

    KeyLookup.Ground ground() {
        return ground;
    }

    String name() {
        return name;
    }

    /** It comes once more: true when the server holds it or should now be asked to prepare it. */
    boolean use() {
        uses++;
        return state == State.PREPARED || state == State.SEEN && uses > USES_BEFORE;
    }

    boolean isPrepared() {
        return state == State.PREPARED;
    }

    /** True when the server holds it or will. */
    boolean isSent() {
        return state == State.ASKED || state == State.PREPARED;
    }

    boolean isGone() {
        return state == State.GONE;
    }

    void asked() {
        state = State.ASKED;
    }

    void prepared() {
        if (state == State.ASKED) {
            state = State.PREPARED;
        }
    }

    void gone() {
        state = State.GONE;
    }

    /** Not the text. */
    @Override
    public String toString() {
        return "KeptStatement[" + state + "]";
    }
}
