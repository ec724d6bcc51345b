package dev.bauta.proxy.session;

import dev.bauta.engine.Held;
import dev.bauta.proxy.trail.Watched;
import dev.bauta.proxy.wire.BackendType;
import dev.bauta.proxy.wire.ErrorResponse;
import dev.bauta.rewrite.PositionMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A message that the server has yet to answer: the client's, or one of our own. Immutable.
 *
 * @param kind which message
 * @param positions leads error positions back, where the text was rewritten
 * @param refusal what the client receives for the server's error, where the text was refused
 * @param own true for a message of our own, whose answer the client must not see
 * @param whenAnswered what is to be done when the server has answered, other than by an error
 * @param whenFailed what is to be done when it is this message that the server has answered by an error: first of all, or for a Query once
 *     the server is ready
 * @param whenSkipped what is to be done when the server has answered by an error, or has skipped the message; for a Query only the latter
 * @param kept which kept statement it prepares, opens or runs, null for none
 * @param about what of the server's holdings it is about, null where nobody has to know
 * @param watched what the trail must know of it when it is answered, null where nobody watches
 */
record Request(
        Kind kind,
        @Nullable Supplier<PositionMap> positions,
        @Nullable ErrorResponse refusal,
        boolean own,
        Runnable whenAnswered,
        Runnable whenFailed,
        Runnable whenSkipped,
        @Nullable KeptStatement kept,
        @Nullable Held about,
        @Nullable Watched watched) {

    /** The messages whose answers are told apart. */
    enum Kind {
        /** Query or FunctionCall: any number of results or an error, then ReadyForQuery. */
        QUERY,
        PARSE,
        /** A Parse that the server is not sent, since it holds the statement by another name; before the Bind that takes it up. */
        KNOWN_PARSE,
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

    static final Request KNOWN_PARSE = of(Kind.KNOWN_PARSE);

    private Request(
            Kind kind,
            @Nullable Supplier<PositionMap> positions,
            @Nullable ErrorResponse refusal,
            @Nullable KeptStatement kept) {
        this(
                kind,
                positions,
                refusal,
                false,
                Request::doNothing,
                Request::doNothing,
                Request::doNothing,
                kept,
                null,
                null);
    }

    private static Request of(Kind kind) {
        return new Request(kind, null, null, null);
    }

    static Request refused(Kind kind, ErrorResponse refusal) {
        return new Request(kind, null, refusal, null);
    }

    static Request rewritten(Kind kind, Supplier<PositionMap> positions) {
        return new Request(kind, positions, null, null);
    }

    /** A Query in whose stead the server is sent a Bind and what belongs to it, and before it a Parse where that is new. */
    static Request keptQuery(KeptStatement kept, Supplier<PositionMap> positions) {
        return new Request(Kind.QUERY, positions, null, kept);
    }

    /**
     * A Bind, made at once, since a client sends one with every statement that it runs.
     *
     * @param portal what it opens
     */
    static Request bind(Held portal, Runnable whenAnswered, @Nullable KeptStatement kept, @Nullable Watched watched) {
        return new Request(
                Kind.BIND,
                null,
                null,
                false,
                whenAnswered,
                Request::doNothing,
                Request::doNothing,
                kept,
                portal,
                watched);
    }

    private static void doNothing() {
        // The answer tells nothing that would have to be kept.
    }

    /** The same as a message of our own. */
    Request asOwn() {
        return new Request(kind, positions, refusal, true, whenAnswered, whenFailed, whenSkipped, kept, about, watched);
    }

    /** The same with something to be done when the server has answered, other than by an error. */
    Request then(Runnable action) {
        return new Request(kind, positions, refusal, own, action, whenFailed, whenSkipped, kept, about, watched);
    }

    /** The same with something to be done when the server has not done it. */
    Request otherwise(Runnable action) {
        return new Request(kind, positions, refusal, own, whenAnswered, whenFailed, action, kept, about, watched);
    }

    /** The same with something to be done when the server has answered this very message by an error. */
    Request onFailure(Runnable action) {
        return new Request(kind, positions, refusal, own, whenAnswered, action, whenSkipped, kept, about, watched);
    }

    /** The same with more to be done in each case. */
    Request also(Runnable answered, Runnable failed, Runnable skipped) {
        return new Request(
                kind,
                positions,
                refusal,
                own,
                both(whenAnswered, answered),
                both(whenFailed, failed),
                both(whenSkipped, skipped),
                kept,
                about,
                watched);
    }

    private static Runnable both(Runnable first, Runnable second) {
        return () -> {
            first.run();
            second.run();
        };
    }

    /** The same of a kept statement, null for none. */
    Request of(@Nullable KeptStatement statement) {
        return statement == null
                ? this
                : new Request(
                        kind,
                        positions,
                        refusal,
                        own,
                        whenAnswered,
                        whenFailed,
                        whenSkipped,
                        statement,
                        about,
                        watched);
    }

    /** The same about something that the server holds. */
    Request about(Held held) {
        return new Request(kind, positions, refusal, own, whenAnswered, whenFailed, whenSkipped, kept, held, watched);
    }

    /** True when the client is not to see this answer to it. */
    boolean hides(BackendType answer) {
        return own
                || kept != null
                        && kind == Kind.QUERY
                        && (answer == BackendType.PARSE_COMPLETE
                                || answer == BackendType.BIND_COMPLETE
                                || answer == BackendType.CLOSE_COMPLETE);
    }

    /** True when it takes up what would be decided otherwise by now, as far as is known. */
    boolean isOutdated() {
        return about == null ? kind == Kind.BIND : !about.isCurrent();
    }

    /** The same with what the trail must know of it. */
    Request watched(@Nullable Watched by) {
        return by == null
                ? this
                : new Request(kind, positions, refusal, own, whenAnswered, whenFailed, whenSkipped, kept, about, by);
    }
}
