package dev.bauta.proxy.session;

import dev.bauta.engine.Held;
import dev.bauta.proxy.trail.Watched;
import dev.bauta.proxy.wire.ErrorResponse;
import dev.bauta.rewrite.PositionMap;
import org.jspecify.annotations.Nullable;

/**
 * A message that the server has yet to answer: the client's, or one of our own. Immutable.
 *
 * @param kind which message
 * @param positions leads error positions back, where the text was rewritten
 * @param refusal what the client receives for the server's error, where the text was refused
 * @param own true for a message of our own, whose answer the client must not see
 * @param whenAnswered what is to be done when the server has answered, other than by an error
 * @param whenSkipped what is to be done when the server has answered by an error, or has skipped the message
 * @param about what of the server's holdings it is about, null where nobody has to know
 * @param watched what the trail must know of it when it is answered, null where nobody watches
 */
record Request(
        Kind kind,
        @Nullable PositionMap positions,
        @Nullable ErrorResponse refusal,
        boolean own,
        Runnable whenAnswered,
        Runnable whenSkipped,
        @Nullable Held about,
        @Nullable Watched watched) {

    /** The messages whose answers are told apart. */
    enum Kind {
        /** Query or FunctionCall: any number of results or an error, then ReadyForQuery. */
        QUERY,
        PARSE,
        BIND,
        DESCRIBE,
        EXECUTE,
        CLOSE,
        /** Answered by ReadyForQuery, after an error even when the server skipped all before it. */
        SYNC,
        /** CopyDone or CopyFail: ends a COPY FROM STDIN, and is ignored where there is none. */
        COPY_END
    }

    static final Request QUERY = of(Kind.QUERY);
    static final Request PARSE = of(Kind.PARSE);
    static final Request BIND = of(Kind.BIND);
    static final Request DESCRIBE = of(Kind.DESCRIBE);
    static final Request EXECUTE = of(Kind.EXECUTE);
    static final Request CLOSE = of(Kind.CLOSE);
    static final Request SYNC = of(Kind.SYNC);
    static final Request COPY_END = of(Kind.COPY_END);

    private static Request of(Kind kind) {
        return new Request(kind, null, null, false, Request::doNothing, Request::doNothing, null, null);
    }

    static Request refused(Kind kind, ErrorResponse refusal) {
        return new Request(kind, null, refusal, false, Request::doNothing, Request::doNothing, null, null);
    }

    static Request rewritten(Kind kind, PositionMap positions) {
        return new Request(kind, positions, null, false, Request::doNothing, Request::doNothing, null, null);
    }

    private static void doNothing() {
        // The answer tells nothing that would have to be kept.
    }

    /** The same as a message of our own. */
    Request asOwn() {
        return new Request(kind, positions, refusal, true, whenAnswered, whenSkipped, about, watched);
    }

    /** The same with something to be done when the server has answered, other than by an error. */
    Request then(Runnable action) {
        return new Request(kind, positions, refusal, own, action, whenSkipped, about, watched);
    }

    /** The same with something to be done when the server has not done it. */
    Request otherwise(Runnable action) {
        return new Request(kind, positions, refusal, own, whenAnswered, action, about, watched);
    }

    /** The same about something that the server holds. */
    Request about(Held held) {
        return new Request(kind, positions, refusal, own, whenAnswered, whenSkipped, held, watched);
    }

    /** True when it takes up what would be decided otherwise by now, as far as is known. */
    boolean isOutdated() {
        return about == null ? kind == Kind.BIND : !about.isCurrent();
    }

    /** The same with what the trail must know of it. */
    Request watched(@Nullable Watched by) {
        return by == null ? this : new Request(kind, positions, refusal, own, whenAnswered, whenSkipped, about, by);
    }
}
