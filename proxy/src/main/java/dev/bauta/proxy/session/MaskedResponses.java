package dev.bauta.proxy.session;

import dev.bauta.engine.Session;
import dev.bauta.proxy.session.Request.Kind;
import dev.bauta.proxy.trail.StatementTrail;
import dev.bauta.proxy.trail.Watched;
import dev.bauta.proxy.wire.BackendType;
import dev.bauta.proxy.wire.CopyOutResponse;
import dev.bauta.proxy.wire.ErrorResponse;
import dev.bauta.proxy.wire.ReadyForQuery;
import dev.bauta.proxy.wire.RowDescription;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The server's messages in a masked session. Rows and most other messages go to the client as they come; the result guard
 * looks at each RowDescription, and errors lead back to the text that the client sent.
 */
final class MaskedResponses implements ServerPhase {
    /** How the server answers when it cannot use a prepared statement that it was told of: its tables have changed, or it is gone. */
    private static final Set<String> UNUSABLE = Set.of("0A000", "26000");

    private final Conversation conversation;
    private final Session session;
    private final SessionMessages messages;
    private final PendingRequests pending;
    private final ErrorPositions positions;
    private final KeptStatements kept;
    private final ResultGuard guard;
    private final @Nullable StatementTrail trail;
    /** True when the RowDescription that is being collected answers a message of our own. */
    private boolean guarding;
    /** What the client asked for is asked for again, when the server is ready; null when it is not. */
    private @Nullable Runnable again;
    /** What keeps it from the client, null when nothing does. */
    private ResultGuard.@Nullable Finding finding;

    MaskedResponses(
            Conversation conversation,
            Session session,
            SessionMessages messages,
            PendingRequests pending,
            ErrorPositions positions,
            KeptStatements kept) {
        this.conversation = conversation;
        this.session = session;
        this.messages = messages;
        this.pending = pending;
        this.positions = positions;
        this.kept = kept;
        this.guard = new ResultGuard(conversation, session);
        this.trail = conversation.trail();
    }

    /** The result guard goes by what the catalogs say now. */
    @Override
    public void onNext(byte type) {
        if (type == BackendType.ROW_DESCRIPTION.code() && conversation.catalog().isUnfit()) {
            conversation.catalog().holdServer(() -> {});
        }
    }

    @Override
    public Handling onFrame(byte type, int length) {
        BackendType known = ServerMessages.requireKnown(type);
        return switch (known) {
            case DATA_ROW, COPY_DATA -> {
                if (trail != null) {
                    trail.onRow(length + 1);
                }
                yield Handling.FORWARD;
            }
            case COPY_OUT_RESPONSE -> trail == null ? Handling.FORWARD : collect(length);
            case COPY_DONE, NOTIFICATION_RESPONSE -> Handling.FORWARD;
            case BIND_COMPLETE -> {
                if (pending.isKnownParse()) {
                    pending.answerKnownParse();
                    answer(known);
                    yield collect(length);
                }
                yield answerHidden(known);
            }
            case CLOSE_COMPLETE,
                    COMMAND_COMPLETE,
                    COPY_IN_RESPONSE,
                    EMPTY_QUERY_RESPONSE,
                    NO_DATA,
                    PARSE_COMPLETE,
                    PORTAL_SUSPENDED -> answerHidden(known);
            case PARAMETER_DESCRIPTION -> pending.isOwn() ? Handling.DROP : Handling.FORWARD;
            case READY_FOR_QUERY -> {
                answer(known);
                yield collect(length);
            }
            case ROW_DESCRIPTION -> {
                guarding = pending.isOwn();
                boolean moot = pending.giveUpMoot();
                answer(known);
                yield moot ? Handling.DROP : collect(length);
            }
            case ERROR_RESPONSE, NOTICE_RESPONSE, PARAMETER_STATUS -> collect(length);
            case AUTHENTICATION,
                    BACKEND_KEY_DATA,
                    COPY_BOTH_RESPONSE,
                    FUNCTION_CALL_RESPONSE,
                    NEGOTIATE_PROTOCOL_VERSION -> throw ServerMessages.unexpected();
        };
    }

    private Handling answerHidden(BackendType type) {
        Handling handling = pending.hides(type) ? Handling.DROP : Handling.FORWARD;
        answer(type);
        return handling;
    }

    private void answer(BackendType type) {
        if (trail != null) {
            trail.onResponse(type, pending.currentWatched());
        }
        pending.onResponse(type);
    }

    private static Handling collect(int length) {
        ServerMessages.requireCollectable(length);
        return Handling.COLLECT;
    }

    @Override
    public void onForward(ByteBuf bytes) {
        conversation.toClient(bytes);
    }

    @Override
    public boolean passes(byte type, ByteBuf frame) {
        if (type == BackendType.READY_FOR_QUERY.code()) {
            return passes(ReadyForQuery.decode(frame));
        }
        return type == BackendType.ROW_DESCRIPTION.code() && passesGuard(frame);
    }

    /** Passes what is clear and not the answer to a message of our own. */
    private boolean passesGuard(ByteBuf frame) {
        finding = guard.find(frame);
        if (trail != null) {
            trail.onFields(RowDescription.decodeFields(frame));
        }
        return finding == null && !guarding;
    }

    private boolean passes(ReadyForQuery ready) {
        if (isLast(ready)) {
            session.endTransaction();
        }
        if (again != null || mustAskSearchPath(ready) || conversation.isDraining()) {
            return false;
        }
        conversation.onReady(ready);
        return true;
    }

    /** True when nothing is asked for any more, and no transaction is open. */
    private boolean isLast(ReadyForQuery ready) {
        return ready.isIdle() && pending.isEmpty();
    }

    /** A search_path that is in doubt is asked for while nothing else goes on, data that the server ignores included. */
    private boolean mustAskSearchPath(ReadyForQuery ready) {
        return session.doubtsSearchPath() && isLast(ready) && !conversation.isInsideRequest();
    }

    @Override
    public void onCollected(byte type, ByteBuf frame) {
        try {
            onMessage(ServerMessages.requireKnown(type), frame);
        } finally {
            frame.release();
        }
    }

    private void onMessage(BackendType type, ByteBuf frame) {
        switch (type) {
            case BIND_COMPLETE -> {
                sendParseComplete();
                conversation.toClient(frame.retain());
            }
            case ROW_DESCRIPTION -> onRowDescription(frame);
            case COPY_OUT_RESPONSE -> onCopyOut(frame);
            case ERROR_RESPONSE -> onError(ErrorResponse.decode(frame));
            case NOTICE_RESPONSE -> onNotice(ErrorResponse.decode(frame));
            case PARAMETER_STATUS -> messages.onParameterStatus(frame);
            case READY_FOR_QUERY -> onReady(ReadyForQuery.decode(frame));
            default -> throw ServerMessages.unexpected();
        }
    }

    private void onRowDescription(ByteBuf frame) {
        if (finding != null) {
            guard.stop(finding, RowDescription.decode(frame), guarding ? Unpooled.EMPTY_BUFFER : frame);
        }
    }

    private void onCopyOut(ByteBuf frame) {
        if (trail != null) {
            trail.onCopyOut(CopyOutResponse.decode(frame).columns(), pending.currentWatched());
        }
        conversation.toClient(frame.retain());
    }

    private void sendParseComplete() {
        conversation.toClient(
                BackendType.PARSE_COMPLETE.encodeEmpty(conversation.client().alloc()));
    }

    private void onError(ErrorResponse error) {
        if (pending.isKnownParse()) {
            pending.answerKnownParse();
            sendParseComplete();
        }
        Watched watched = pending.currentWatched();
        boolean alone = pending.isLastWithoutResult()
                && !conversation.activity().isInTransaction()
                && !conversation.isInsideRequest();
        Request failed = pending.onError();
        KeptStatement unusable = failed == null ? null : failed.kept();
        if (failed != null && unusable != null) {
            kept.forget(unusable);
            if (alone && failed.kind() == Kind.QUERY && UNUSABLE.contains(error.sqlState())) {
                conversation.holdClient();
                again = failed.whenSkipped();
                return;
            }
        }
        ErrorResponse refusal = failed == null ? null : failed.refusal();
        boolean refused = refusal != null && error.sqlState().equals(Refusals.POISON_SQLSTATE);
        ErrorResponse told = unusable == null ? error : error.withoutName(unusable.name());
        ErrorResponse sent = refusal != null && refused ? refusal : positions.toClient(failed, told);
        if (trail != null) {
            trail.onError(watched, sent.sqlState());
        }
        messages.send(sent, BackendType.ERROR_RESPONSE);
    }

    private void onNotice(ErrorResponse notice) {
        messages.send(positions.toClient(pending.current(), notice), BackendType.NOTICE_RESPONSE);
    }

    private void onReady(ReadyForQuery ready) {
        if (again != null) {
            askAgain(again);
            again = null;
        } else {
            passOn(ready);
        }
    }

    /** Tables have changed, most likely: what is decided anew is by what the catalogs say now. */
    private void askAgain(Runnable asking) {
        conversation.catalog().holdServer(() -> {
            asking.run();
            conversation.releaseClient();
        });
    }

    private void passOn(ReadyForQuery ready) {
        if (mustAskSearchPath(ready)) {
            conversation.holdClient();
            SearchPathQuery query = new SearchPathQuery(conversation, session, messages, ready, this::goOn);
            conversation.enter(query);
            query.send();
        } else {
            conversation.toClient(ready.encode(conversation.client().alloc()));
            conversation.onReady(ready);
        }
    }

    private void goOn() {
        conversation.enter(this);
        conversation.releaseClient();
    }

    @Override
    public boolean hasAnnouncedEnd() {
        return messages.hasAnnouncedEnd();
    }

    @Override
    public boolean isSettled() {
        return pending.isSettled();
    }
}
