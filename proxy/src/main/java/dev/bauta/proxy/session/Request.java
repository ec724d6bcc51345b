package dev.bauta.proxy.session;

import dev.bauta.proxy.wire.ErrorResponse;
import dev.bauta.rewrite.PositionMap;
import org.jspecify.annotations.Nullable;

/**
 * A message of the client that the server has yet to answer. Immutable.
 *
 * @param kind which message
 * @param positions leads error positions back, where the text was rewritten
 * @param refusal what the client receives for the server's error, where the text was refused
 */
record Request(Kind kind, @Nullable PositionMap positions, @Nullable ErrorResponse refusal) {
    /** The messages whose answers are told apart. */
    enum Kind {
        /** Query or FunctionCall: any number of results or an error, then ReadyForQuery. */
        QUERY,
        PARSE,
        BIND,
        DESCRIBE,
        /** A Describe of our own after each Parse, so that the result guard sees what a client does not ask for. */
        GUARD,
        EXECUTE,
        CLOSE,
        /** Answered by ReadyForQuery, after an error even when the server skipped all before it. */
        SYNC,
        /** CopyDone or CopyFail: ends a COPY FROM STDIN, and is ignored where there is none. */
        COPY_END
    }

    static final Request QUERY = new Request(Kind.QUERY, null, null);
    static final Request PARSE = new Request(Kind.PARSE, null, null);
    static final Request BIND = new Request(Kind.BIND, null, null);
    static final Request DESCRIBE = new Request(Kind.DESCRIBE, null, null);
    static final Request GUARD = new Request(Kind.GUARD, null, null);
    static final Request EXECUTE = new Request(Kind.EXECUTE, null, null);
    static final Request CLOSE = new Request(Kind.CLOSE, null, null);
    static final Request SYNC = new Request(Kind.SYNC, null, null);
    static final Request COPY_END = new Request(Kind.COPY_END, null, null);

    static Request refused(Kind kind, ErrorResponse refusal) {
        return new Request(kind, null, refusal);
    }

    static Request rewritten(Kind kind, PositionMap positions) {
        return new Request(kind, positions, null);
    }
}
