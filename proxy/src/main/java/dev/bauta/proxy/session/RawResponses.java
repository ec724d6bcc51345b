package dev.bauta.proxy.session;

import dev.bauta.proxy.wire.BackendType;
import io.netty.buffer.ByteBuf;

/** The server's messages in a raw session: all go to the client. */
final class RawResponses implements ServerPhase {
    private final Conversation conversation;
    private byte last;

    RawResponses(Conversation conversation) {
        this.conversation = conversation;
    }

    @Override
    public Handling onFrame(byte type, int length) {
        last = type;
        return Handling.FORWARD;
    }

    @Override
    public void onForward(ByteBuf bytes) {
        conversation.toClient(bytes);
    }

    @Override
    public void onCollected(byte type, ByteBuf frame) {
        conversation.toClient(frame);
    }

    /** After an ordinary error comes ReadyForQuery or nothing, but never the end of the connection. */
    @Override
    public boolean hasAnnouncedEnd() {
        return last == BackendType.ERROR_RESPONSE.code();
    }
}
