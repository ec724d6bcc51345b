package dev.bauta.proxy.session;

import dev.bauta.proxy.wire.FrontendType;
import dev.bauta.proxy.wire.ProtocolViolation;
import io.netty.buffer.ByteBuf;

/**
 * The client's messages while it logs in: one password message for each request of the server, and nothing else. Until the
 * server asks, the client is held.
 */
final class PasswordRelay implements ClientPhase {
    private final Conversation conversation;

    PasswordRelay(Conversation conversation) {
        this.conversation = conversation;
    }

    @Override
    public Handling onFrame(byte type, int length) {
        FrontendType known = FrontendType.find(type);
        if (known != FrontendType.PASSWORD && known != FrontendType.TERMINATE) {
            throw new ProtocolViolation("expected password response, got message type " + (type & 0xFF));
        }
        if (length > known.maxLength()) {
            throw new ProtocolViolation("invalid message length");
        }
        return Handling.COLLECT;
    }

    @Override
    public void onForward(ByteBuf bytes) {
        conversation.toServer(bytes);
    }

    @Override
    public void onCollected(byte type, ByteBuf frame) {
        conversation.toServer(frame);
        conversation.holdClient();
        if (type == FrontendType.TERMINATE.code()) {
            conversation.terminating();
        }
    }
}
