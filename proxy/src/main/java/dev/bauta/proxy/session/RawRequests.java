package dev.bauta.proxy.session;

import dev.bauta.proxy.wire.FrontendType;
import io.netty.buffer.ByteBuf;

/** The client's messages in a raw session: all go to the server, which judges them itself. */
final class RawRequests implements ClientPhase {
    private final Conversation conversation;

    RawRequests(Conversation conversation) {
        this.conversation = conversation;
    }

    @Override
    public Handling onFrame(byte type, int length) {
        conversation.reviewRole();
        if (type == FrontendType.TERMINATE.code()) {
            conversation.terminating();
        }
        return Handling.FORWARD;
    }

    @Override
    public void onForward(ByteBuf bytes) {
        conversation.toServer(bytes);
    }

    @Override
    public void onCollected(byte type, ByteBuf frame) {
        conversation.toServer(frame);
    }
}
