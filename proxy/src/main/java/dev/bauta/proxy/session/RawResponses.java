package dev.bauta.proxy.session;

import dev.bauta.engine.Session;
import dev.bauta.proxy.trail.StatementTrail;
import dev.bauta.proxy.wire.BackendType;
import dev.bauta.proxy.wire.CommandComplete;
import dev.bauta.proxy.wire.CopyOutResponse;
import dev.bauta.proxy.wire.ErrorResponse;
import dev.bauta.proxy.wire.ParameterStatus;
import dev.bauta.proxy.wire.ReadyForQuery;
import dev.bauta.proxy.wire.RowDescription;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * The server's messages in a raw session: all go to the client. Where a command has changed the schema, the catalog snapshot is
 * stale before the client learns that it is committed, so that whatever the client does next, masked sessions know. Where it can have
 * changed who has which role, which raw sessions go by as well, the catalogs are read anew by then.
 */
final class RawResponses implements ServerPhase {
    private final Conversation conversation;
    private final Session session;
    private final PendingRequests pending;
    private final @Nullable StatementTrail trail;
    private byte last;
    /** True when the command that is being answered has described or sent rows. */
    private boolean rows;

    private boolean changedCatalog;
    private boolean changedRoles;

    /** @param pending follows the requests where somebody watches */
    RawResponses(Conversation conversation, Session session, PendingRequests pending) {
        this.conversation = conversation;
        this.session = session;
        this.pending = pending;
        this.trail = conversation.trail();
    }

    @Override
    public Handling onFrame(byte type, int length) {
        last = type;
        BackendType known = BackendType.find(type);
        if (known == BackendType.ROW_DESCRIPTION || known == BackendType.DATA_ROW) {
            rows = true;
        } else if (known == BackendType.READY_FOR_QUERY) {
            conversation.activity().onAnswer();
        }
        if (known == BackendType.COMMAND_COMPLETE || known == BackendType.READY_FOR_QUERY && changedCatalog) {
            ServerMessages.requireCollectable(length);
            if (trail != null) {
                watch(known, length, trail);
            }
            return Handling.COLLECT;
        }
        return trail == null || known == null ? Handling.FORWARD : watch(known, length, trail);
    }

    private Handling watch(BackendType type, int length, StatementTrail watching) {
        switch (type) {
            case DATA_ROW, COPY_DATA -> {
                watching.onRow(length + 1);
                return Handling.FORWARD;
            }
            case ROW_DESCRIPTION -> {
                answer(type, watching);
                return collectIfPossible(length);
            }
            case ERROR_RESPONSE, PARAMETER_STATUS, COPY_OUT_RESPONSE -> {
                return collectIfPossible(length);
            }
            // What a function call gives ends it, as the end of a command does.
            case FUNCTION_CALL_RESPONSE -> answer(BackendType.COMMAND_COMPLETE, watching);
            case PARSE_COMPLETE,
                    BIND_COMPLETE,
                    CLOSE_COMPLETE,
                    NO_DATA,
                    COMMAND_COMPLETE,
                    EMPTY_QUERY_RESPONSE,
                    PORTAL_SUSPENDED,
                    COPY_IN_RESPONSE,
                    READY_FOR_QUERY -> answer(type, watching);
            default -> {}
        }
        return Handling.FORWARD;
    }

    private static Handling collectIfPossible(int length) {
        ServerMessages.requireCollectable(length);
        return Handling.COLLECT;
    }

    private void answer(BackendType type, StatementTrail watching) {
        watching.onResponse(type, pending.currentWatched());
        pending.onResponse(type);
    }

    @Override
    public void onForward(ByteBuf bytes) {
        if (last == BackendType.READY_FOR_QUERY.code() && !conversation.isInsideResponse()) {
            byte status = bytes.getByte(bytes.writerIndex() - 1);
            conversation.toClient(bytes);
            conversation.onStatus(status);
        } else {
            conversation.toClient(bytes);
        }
    }

    /** All but a ReadyForQuery, or a COMMIT, that must wait for the catalogs. */
    @Override
    public boolean passes(byte type, ByteBuf frame) {
        if (type == BackendType.COMMAND_COMPLETE.code()) {
            CommandComplete complete = CommandComplete.decode(frame);
            changedCatalog |= complete.mayChangeCatalog(rows);
            changedRoles |= complete.mayChangeRoles();
            rows = false;
            return passes(complete);
        } else if (type == BackendType.READY_FOR_QUERY.code()) {
            return passes(ReadyForQuery.decode(frame));
        } else if (trail != null) {
            read(ServerMessages.requireKnown(type), frame, trail);
        }
        return true;
    }

    /** By Execute and Flush it is answered long before the ReadyForQuery. What a procedure has changed since its last COMMIT is not committed. */
    private boolean passes(CommandComplete complete) {
        if (!changedCatalog || !complete.mayCommit()) {
            return true;
        }
        return complete.commits() ? postpones() : conversation.catalog().tryPostpone(false);
    }

    private boolean passes(ReadyForQuery ready) {
        return !ready.isIdle() || postpones();
    }

    /** What was changed is committed. @return false when the catalogs must be read before the client knows */
    private boolean postpones() {
        boolean postponed = conversation.catalog().tryPostpone(changedRoles);
        changedCatalog = false;
        changedRoles = false;
        return postponed;
    }

    @Override
    public void onCollected(byte type, ByteBuf frame) {
        try {
            if (type == BackendType.COMMAND_COMPLETE.code()) {
                ByteBuf held = Unpooled.copiedBuffer(frame);
                conversation.catalog().holdServer(() -> conversation.toClient(held));
            } else {
                ReadyForQuery ready = ReadyForQuery.decode(frame);
                conversation.catalog().holdServer(() -> send(ready));
            }
        } finally {
            frame.release();
        }
    }

    private void read(BackendType type, ByteBuf frame, StatementTrail watching) {
        switch (type) {
            case ROW_DESCRIPTION -> watching.onFields(RowDescription.decodeFields(frame));
            case COPY_OUT_RESPONSE ->
                watching.onCopyOut(CopyOutResponse.decode(frame).columns(), pending.currentWatched());
            case ERROR_RESPONSE -> {
                watching.onError(
                        pending.currentWatched(), ErrorResponse.decode(frame).sqlState());
                pending.onError();
            }
            case PARAMETER_STATUS -> {
                ParameterStatus status = ParameterStatus.decode(frame);
                session.onParameterStatus(status.name(), status.value());
            }
            default -> throw ServerMessages.unexpected();
        }
    }

    private void send(ReadyForQuery ready) {
        conversation.toClient(ready.encode(conversation.client().alloc()));
        conversation.onStatus((byte) ready.status());
    }

    /** After an ordinary error comes ReadyForQuery or nothing, but never the end of the connection. */
    @Override
    public boolean hasAnnouncedEnd() {
        return last == BackendType.ERROR_RESPONSE.code();
    }
}
