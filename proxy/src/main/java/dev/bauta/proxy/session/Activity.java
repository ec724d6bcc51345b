package dev.bauta.proxy.session;

/**
 * What a session is at, as far as time-outs and an orderly shutdown need to know. Where a client sends Sync while it copies in, which
 * the server ignores, the session counts as busy for longer than it is. Event loop only.
 */
final class Activity {
    /** What a session can be at. */
    enum State {
        /** The server works, or the client has sent part of what it wants. */
        BUSY,
        /** Nothing is asked for, and there is no transaction. */
        IDLE,
        /** Nothing is asked for, and a transaction is open or has failed. */
        IN_TRANSACTION
    }

    private static final byte IDLE_STATUS = 'I';

    private byte status = IDLE_STATUS;
    private int awaited;
    private boolean sent;
    private int reads;
    private int answers;

    /** The client has sent something. */
    void onSent() {
        sent = true;
        reads++;
    }

    /** The client has sent a message that is answered by ReadyForQuery at last. */
    void onRequest() {
        awaited++;
    }

    /** A ReadyForQuery begins. */
    void onAnswer() {
        answers++;
        if (awaited > 0) {
            awaited--;
        }
        sent &= awaited > 0;
    }

    /** The status in the last ReadyForQuery. */
    void onStatus(byte last) {
        status = last;
    }

    State state() {
        if (awaited > 0 || sent) {
            return State.BUSY;
        }
        return status == IDLE_STATUS ? State.IDLE : State.IN_TRANSACTION;
    }

    /** Changes when the state begins anew: with each answer, and outside of requests with whatever the client sends. */
    int mark() {
        return state() == State.BUSY ? answers : reads;
    }
}
