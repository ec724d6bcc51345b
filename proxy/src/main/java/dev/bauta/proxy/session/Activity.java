package dev.bauta.proxy.session;

/**
 * What a session is at, as far as time-outs and an orderly shutdown need to know. It counts messages and follows nothing, so that
 * it costs next to nothing: of a pipeline in which a COPY fails it can be wrong until the next ReadyForQuery. Event loop only.
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

    private static final byte FAILED_STATUS = 'E';

    private byte status = IDLE_STATUS;
    private int awaited;
    private boolean sent;
    /** True when the last message that counts was a Sync. */
    private boolean ignorable;

    private int reads;
    private int answers;

    /** The client has sent something. */
    void onSent() {
        sent = true;
        reads++;
    }

    /** True when a transaction was open, or had failed, at the last ReadyForQuery. */
    boolean isInTransaction() {
        return status != IDLE_STATUS;
    }

    /** True when a transaction had failed at the last ReadyForQuery, or may have by the next. */
    boolean mayBeInFailedTransaction() {
        return status == FAILED_STATUS || awaited > 0;
    }

    /** The client has sent a Query or FunctionCall, which is answered by ReadyForQuery at last. */
    void onRequest() {
        awaited++;
        ignorable = false;
    }

    /** The client has sent a Sync, which is answered by ReadyForQuery too, unless it stands before the data of a COPY. */
    void onSync() {
        awaited++;
        ignorable = true;
    }

    /** The client has sent the end of a COPY: the server has ignored a Sync that came before the data. */
    void onCopyEnd() {
        if (ignorable && awaited > 0) {
            awaited--;
        }
        ignorable = false;
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
        return isInTransaction() ? State.IN_TRANSACTION : State.IDLE;
    }

    /** Changes when the state begins anew: with each answer, and outside of requests with whatever the client sends. */
    int mark() {
        return state() == State.BUSY ? answers : reads;
    }
}
