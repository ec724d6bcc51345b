package dev.bauta.proxy.session;

import dev.bauta.engine.Session;
import dev.bauta.proxy.wire.BackendType;
import dev.bauta.proxy.wire.CancelKey;
import dev.bauta.proxy.wire.ErrorResponse;
import dev.bauta.proxy.wire.ParameterStatus;
import dev.bauta.proxy.wire.ReadyForQuery;
import io.netty.buffer.ByteBuf;

/** The server's messages from AuthenticationOk to the first ReadyForQuery: its settings and the cancel key. */
final class SettingsRelay implements ServerPhase {
    private final Conversation conversation;
    private final Session session;
    private final SessionMessages messages;

    SettingsRelay(Conversation conversation, Session session) {
        this.conversation = conversation;
        this.session = session;
        this.messages = new SessionMessages(conversation, session);
    }

    @Override
    public Handling onFrame(byte type, int length) {
        ServerMessages.requireCollectable(length);
        return Handling.COLLECT;
    }

    @Override
    public void onForward(ByteBuf bytes) {
        conversation.toClient(bytes);
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
            case PARAMETER_STATUS -> {
                conversation.requireRightServer(ParameterStatus.decode(frame.duplicate()));
                messages.onParameterStatus(frame);
            }
            case BACKEND_KEY_DATA -> onBackendKeyData(frame);
            case NOTICE_RESPONSE -> messages.send(ErrorResponse.decode(frame), type);
            case ERROR_RESPONSE -> onError(ErrorResponse.decode(frame));
            case READY_FOR_QUERY -> onReady(frame);
            default -> throw ServerMessages.unexpected();
        }
    }

    private void onError(ErrorResponse error) {
        conversation.attempted().turnAway(error.sqlState());
        messages.send(error, BackendType.ERROR_RESPONSE);
    }

    private void onBackendKeyData(ByteBuf frame) {
        CancelKey key = conversation.registerCancelKey(CancelKey.decodeBackendKeyData(frame));
        conversation.toClient(key.encodeBackendKeyData(conversation.client().alloc()));
    }

    private void onReady(ByteBuf frame) {
        ReadyForQuery ready = ReadyForQuery.decode(frame);
        conversation.begun(session);
        if (session.isRaw()) {
            conversation.toClient(frame.retain());
            PendingRequests pending = new PendingRequests();
            conversation.follow(pending);
            conversation.enter(new RawResponses(conversation, session, pending));
            conversation.enter(new RawRequests(conversation, session, pending));
            conversation.onReady(ready);
        } else {
            SearchPathQuery query = new SearchPathQuery(conversation, session, messages, ready, this::beginMasked);
            conversation.enter(query);
            query.send();
        }
    }

    private void beginMasked() {
        PendingRequests pending = new PendingRequests();
        conversation.follow(pending);
        ErrorPositions positions = new ErrorPositions();
        KeptStatements kept = new KeptStatements(conversation.keptStatements());
        conversation.enter(new MaskedResponses(conversation, session, messages, pending, positions, kept));
        conversation.enter(new MaskedRequests(conversation, session, pending, positions, kept));
    }

    @Override
    public boolean hasAnnouncedEnd() {
        return messages.hasAnnouncedEnd();
    }
}
