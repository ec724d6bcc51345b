package dev.bauta.proxy.session;

import dev.bauta.proxy.wire.FrontendType;

/**
 * What a session is at, as far as time-outs and an orderly shutdown need to know. It counts messages and follows nothing, so that
 * it costs next to nothing: of a pipeline in which a COPY fails it can be wrong until the next ReadyForQuery. Event loop only.
 */
final class Activity {
    /** What a session can be at. */
    enum State {
        /** The server works, or the client has sent messages that are not behind a Sync. */
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
    /** True when the client has sent messages behind the last that is answered by ReadyForQuery. */
    private boolean part;

    /** True when the last message that counts was a Sync. */
    private boolean ignorable;

    private int reads;
    private int answers;

    /** The client has sent something. */
    void onSent() {
        reads++;
    }

    /** A message of the client begins. */
    void onMessage(FrontendType type) {
        switch (type) {
            case QUERY, FUNCTION_CALL -> onRequest();
            case SYNC -> onSync();
            case COPY_DONE, COPY_FAIL -> onCopyEnd();
            case PARSE, BIND, DESCRIBE, EXECUTE, CLOSE, COPY_DATA -> part = true;
            case FLUSH, PASSWORD, TERMINATE -> {}
        }
    }

    /** True when a transaction was open, or had failed, at the last ReadyForQuery. */
    boolean isInTransaction() {
        return status != IDLE_STATUS;
    }

    /** True when a transaction had failed at the last ReadyForQuery, or may have by the next. */
    boolean mayBeInFailedTransaction() {
        return status == FAILED_STATUS || awaited > 0;
    }

    /** A Query or FunctionCall is answered by ReadyForQuery at last. */
    private void onRequest() {
        awaited++;
        part = false;
        ignorable = false;
    }

    /** A Sync is answered by ReadyForQuery too, unless it stands before the data of a COPY. */
    private void onSync() {
        awaited++;
        part = false;
        ignorable = true;
    }

    /** At the end of a COPY the server has ignored a Sync that came before the data. */
    private void onCopyEnd() {
        if (ignorable && awaited > 0) {
            awaited--;
        }
        part = false;
        ignorable = false;
    }

    /** A ReadyForQuery begins. */
    void onAnswer() {
        answers++;
        if (awaited > 0) {
            awaited--;
        }
    }

    /** The server has answered everything: what it has skipped is not waited for. */
    void onSettled() {
        awaited = 0;
    }

    /** The status in the last ReadyForQuery. */
    void onStatus(byte last) {
        status = last;
    }

    State state() {
        if (awaited > 0 || part) {
            return State.BUSY;
        }
        return isInTransaction() ? State.IN_TRANSACTION : State.IDLE;
    }

    /** Changes when the state begins anew: with each answer, and outside of requests with whatever the client sends. */
    int mark() {
        return state() == State.BUSY ? answers : reads;
    }
}
