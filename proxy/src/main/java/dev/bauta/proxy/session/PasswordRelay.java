package dev.bauta.proxy.session;

import dev.bauta.proxy.wire.ErrorResponse;
import dev.bauta.proxy.wire.FrontendType;
import dev.bauta.proxy.wire.ProtocolViolation;
import dev.bauta.proxy.wire.SaslInitialResponse;
import io.netty.buffer.ByteBuf;

/**
 * The client's messages while it logs in: one password message for each request of the server, and nothing else. Until the
 * server asks, the client is held.
 */
final class PasswordRelay implements ClientPhase {
    /** Begins the first message of a client that could bind the channel and was not offered to (RFC 5802, section 6). */
    private static final String COULD_BIND = "y,";

    private final Conversation conversation;
    private boolean withheld;

    /**
     * @param withheld true when channel binding was taken off the server's list of mechanisms
     */
    PasswordRelay(Conversation conversation, boolean withheld) {
        this.conversation = conversation;
        this.withheld = withheld;
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
        conversation.forwardToServer(bytes);
    }

    @Override
    public void onCollected(byte type, ByteBuf frame) {
        if (withheld && type == FrontendType.PASSWORD.code() && couldBind(frame)) {
            return;
        }
        withheld = false;
        conversation.toServer(frame);
        conversation.holdClient();
        if (type == FrontendType.TERMINATE.code()) {
            conversation.terminating();
        }
    }

    /** The server would take what the client says for an attack, since it did offer; and what it says cannot be changed. */
    private boolean couldBind(ByteBuf frame) {
        if (!SaslInitialResponse.decode(frame).data().startsWith(COULD_BIND)) {
            return false;
        }
        frame.release();
        conversation.fail(ErrorResponse.fatal("28000", "channel binding cannot be relayed between two TLS connections")
                .withHint("Set channel_binding to disable in the client,"
                        + " or let the proxy authenticate clients by its own SCRAM."));
        return true;
    }
}
