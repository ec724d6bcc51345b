package dev.bauta.proxy.session;

import dev.bauta.engine.Session;
import dev.bauta.proxy.wire.AuthenticationRequest;
import dev.bauta.proxy.wire.BackendType;
import dev.bauta.proxy.wire.ErrorResponse;
import dev.bauta.proxy.wire.NegotiateProtocolVersion;
import io.netty.buffer.ByteBuf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The server's messages until AuthenticationOk. Requests and answers are relayed; channel binding is taken off the list of
 * SASL mechanisms, since client and server do not share one TLS connection.
 */
final class AuthenticationRelay implements ServerPhase {
    private final Conversation conversation;
    private final Session session;
    private @Nullable NegotiateProtocolVersion negotiation;
    private boolean failed;

    /**
     * @param session begins when the server has authenticated its principal
     * @param negotiation what the client must be told before anything else; null for nothing
     */
    AuthenticationRelay(Conversation conversation, Session session, @Nullable NegotiateProtocolVersion negotiation) {
        this.conversation = conversation;
        this.session = session;
        this.negotiation = negotiation;
    }

    @Override
    public Handling onFrame(byte type, int length) {
        BackendType known = BackendType.find(type);
        if (known == BackendType.NOTICE_RESPONSE) {
            return Handling.FORWARD;
        }
        if (known != BackendType.AUTHENTICATION
                && known != BackendType.NEGOTIATE_PROTOCOL_VERSION
                && known != BackendType.ERROR_RESPONSE) {
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
            if (type == BackendType.ERROR_RESPONSE.code()) {
                failed = true;
                conversation.attempted().turnAway(ErrorResponse.decode(frame).sqlState());
                conversation.toClient(frame.retain());
            } else if (type == BackendType.NEGOTIATE_PROTOCOL_VERSION.code()) {
                onNegotiation(NegotiateProtocolVersion.decode(frame));
            } else {
                tellNegotiation();
                relay(AuthenticationRequest.findKind(frame), frame);
            }
        } finally {
            frame.release();
        }
    }

    /** The server was not sent the client's options, so that it cannot name them. */
    private void onNegotiation(NegotiateProtocolVersion theirs) {
        List<String> unknown = negotiation == null ? List.of() : negotiation.unknownOptions();
        negotiation = new NegotiateProtocolVersion(theirs.version(), unknown);
        tellNegotiation();
    }

    private void tellNegotiation() {
        if (negotiation != null) {
            conversation.toClient(negotiation.encode(conversation.client().alloc()));
            negotiation = null;
        }
    }

    private void relay(@Nullable AuthenticationRequest kind, ByteBuf frame) {
        if (kind == null) {
            refuse("the server asks for an authentication method that Bauta cannot relay");
        } else if (kind == AuthenticationRequest.SASL) {
            relayMechanisms(AuthenticationRequest.mechanisms(frame));
        } else {
            conversation.toClient(frame.retain());
            follow(kind);
        }
    }

    private void relayMechanisms(List<String> offered) {
        List<String> mechanisms = offered.stream()
                .filter(mechanism -> !AuthenticationRequest.bindsChannel(mechanism))
                .toList();
        if (mechanisms.size() < offered.size()) {
            conversation.authenticate(new PasswordRelay(conversation, true));
        }
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
