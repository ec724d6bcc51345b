package dev.bauta.proxy.session;

import dev.bauta.engine.Session;
import dev.bauta.proxy.wire.AuthenticationRequest;
import dev.bauta.proxy.wire.BackendType;
import dev.bauta.proxy.wire.ErrorResponse;
import io.netty.buffer.ByteBuf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The server's messages until AuthenticationOk. Requests and answers are relayed; channel binding is taken off the list of
 * SASL mechanisms, since client and server do not share one TLS connection.
 */
final class AuthenticationRelay implements ServerPhase {
    private final Conversation conversation;
    private @Nullable Session session;
    private boolean failed;

    AuthenticationRelay(Conversation conversation) {
        this.conversation = conversation;
    }

    /** The session that begins when the server has authenticated its principal. */
    void setSession(Session opened) {
        session = opened;
    }

    @Override
    public Handling onFrame(byte type, int length) {
        BackendType known = BackendType.find(type);
        if (known == BackendType.ERROR_RESPONSE) {
            failed = true;
            return Handling.FORWARD;
        }
        if (known == BackendType.NEGOTIATE_PROTOCOL_VERSION || known == BackendType.NOTICE_RESPONSE) {
            return Handling.FORWARD;
        }
        if (known != BackendType.AUTHENTICATION) {
            throw ServerMessages.unexpected();
        }
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
            relay(AuthenticationRequest.findKind(frame), frame);
        } finally {
            frame.release();
        }
    }

    private void relay(@Nullable AuthenticationRequest kind, ByteBuf frame) {
        if (kind == null) {
            refuse("the server asks for an authentication method that Bauta cannot relay");
        } else if (kind == AuthenticationRequest.SASL) {
            relayMechanisms(AuthenticationRequest.relayableMechanisms(frame));
        } else {
            conversation.toClient(frame.retain());
            follow(kind);
        }
    }

    private void relayMechanisms(List<String> mechanisms) {
        if (mechanisms.isEmpty()) {
            refuse("the server asks for channel binding, which Bauta cannot relay");
        } else {
            conversation.toClient(
                    AuthenticationRequest.encodeSasl(conversation.client().alloc(), mechanisms));
            follow(AuthenticationRequest.SASL);
        }
    }

    private void follow(AuthenticationRequest kind) {
        if (kind.isAnswered()) {
            conversation.releaseClient();
        } else if (kind == AuthenticationRequest.OK) {
            if (session == null) {
                throw new IllegalStateException("authenticated before a session was opened");
            }
            conversation.enter(new SettingsRelay(conversation, session));
        }
    }

    private void refuse(String message) {
        conversation.fail(ErrorResponse.fatal("0A000", message));
    }

    @Override
    public boolean hasAnnouncedEnd() {
        return failed;
    }
}
