package dev.bauta.proxy.session;

import dev.bauta.proxy.wire.BackendType;
import dev.bauta.proxy.wire.CommandComplete;
import dev.bauta.proxy.wire.ErrorResponse;
import dev.bauta.proxy.wire.ReadyForQuery;
import io.netty.buffer.ByteBuf;

/**
 * The server's messages in a raw session: all go to the client. Where a command has changed the schema, the catalogs are read
 * anew before the client learns that it is committed, so that whatever the client does next, masked sessions know.
 */
final class RawResponses implements ServerPhase {
    private final Conversation conversation;
    private byte last;
    /** True when the command that is being answered has described or sent rows. */
    private boolean rows;

    private boolean changedCatalog;

    RawResponses(Conversation conversation) {
        this.conversation = conversation;
    }

    @Override
    public Handling onFrame(byte type, int length) {
        last = type;
        BackendType known = BackendType.find(type);
        if (known == BackendType.ROW_DESCRIPTION || known == BackendType.DATA_ROW) {
            rows = true;
        } else if (known == BackendType.COMMAND_COMPLETE || known == BackendType.READY_FOR_QUERY && changedCatalog) {
            ServerMessages.requireCollectable(length);
            return Handling.COLLECT;
        }
        return Handling.FORWARD;
    }

    @Override
    public void onForward(ByteBuf bytes) {
        conversation.toClient(bytes);
    }

    @Override
    public void onCollected(byte type, ByteBuf frame) {
        try {
            if (type == BackendType.COMMAND_COMPLETE.code()) {
                changedCatalog |= CommandComplete.decode(frame).mayChangeCatalog(rows);
                rows = false;
                conversation.toClient(frame.retain());
            } else {
                onReady(ReadyForQuery.decode(frame));
            }
        } finally {
            frame.release();
        }
    }

    private void onReady(ReadyForQuery ready) {
        if (!ready.isIdle()) {
            send(ready);
            return;
        }
        changedCatalog = false;
        conversation.holdServerForRefresh(failure -> {
            if (failure == null) {
                send(ready);
            } else {
                conversation.fail(ErrorResponse.fatal("XX000", "Bauta cannot read the catalogs"));
            }
        });
    }

    private void send(ReadyForQuery ready) {
        conversation.toClient(ready.encode(conversation.client().alloc()));
    }

    /** After an ordinary error comes ReadyForQuery or nothing, but never the end of the connection. */
    @Override
    public boolean hasAnnouncedEnd() {
        return last == BackendType.ERROR_RESPONSE.code();
    }
}
