package dev.bauta.proxy.session;

import dev.bauta.engine.Session;
import dev.bauta.proxy.authentication.Nonces;
import dev.bauta.proxy.authentication.ScramClient;
import dev.bauta.proxy.authentication.ScramException;
import dev.bauta.proxy.authentication.ScramKeys;
import dev.bauta.proxy.authentication.ScramServer;
import dev.bauta.proxy.wire.AuthenticationRequest;
import dev.bauta.proxy.wire.BackendType;
import dev.bauta.proxy.wire.ErrorResponse;
import dev.bauta.proxy.wire.SaslInitialResponse;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/**
 * The server's messages while the proxy logs in to it as the user whom it has authenticated itself, with the keys that the user's
 * login has shown. The client, which waits for AuthenticationOk, is sent nothing else.
 */
final class ServerLogin implements ServerPhase {
    private final Conversation conversation;
    private final Session session;
    private final ScramKeys keys;
    private @Nullable ScramClient exchange;
    private boolean proven = true;
    private boolean failed;

    ServerLogin(Conversation conversation, Session session, ScramKeys keys) {
        this.conversation = conversation;
        this.session = session;
        this.keys = keys;
    }

    @Override
    public Handling onFrame(byte type, int length) {
        BackendType known = BackendType.find(type);
        if (known == BackendType.ERROR_RESPONSE || known == BackendType.NOTICE_RESPONSE) {
            failed |= known == BackendType.ERROR_RESPONSE;
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
            onRequest(AuthenticationRequest.findKind(frame), frame);
        } catch (ScramException e) {
            conversation.fail(ErrorResponse.fatal(e.sqlState(), e.getMessage()));
        } finally {
            frame.release();
        }
    }

    private void onRequest(@Nullable AuthenticationRequest kind, ByteBuf frame) throws ScramException {
        if (kind == AuthenticationRequest.OK && proven) {
            conversation.toClient(frame.retain());
            conversation.enter(new SettingsRelay(conversation, session));
        } else if (kind == AuthenticationRequest.SASL && exchange == null) {
            begin(frame);
        } else if (kind == AuthenticationRequest.SASL_CONTINUE && exchange != null) {
            String answer = exchange.onFirst(AuthenticationRequest.saslData(frame));
            conversation.toServer(AuthenticationRequest.encodeSaslResponse(allocator(), answer));
        } else if (kind == AuthenticationRequest.SASL_FINAL && exchange != null) {
            exchange.onFinal(AuthenticationRequest.saslData(frame));
            proven = true;
        } else if (exchange != null || kind == AuthenticationRequest.SASL_CONTINUE) {
            throw ServerMessages.unexpected();
        } else {
            refuse();
        }
    }

    /** Without channel binding, which the client's side of the proxy does not speak: the server takes that for what it is. */
    private void begin(ByteBuf frame) {
        if (AuthenticationRequest.mechanisms(frame).contains(ScramServer.PLAIN)) {
            ScramClient begun = new ScramClient(keys, Nonces.next());
            exchange = begun;
            proven = false;
            conversation.toServer(new SaslInitialResponse(ScramServer.PLAIN, begun.firstMessage()).encode(allocator()));
        } else {
            refuse();
        }
    }

    private void refuse() {
        conversation.fail(ErrorResponse.fatal(
                        "0A000", "the server asks for another authentication method than Bauta has keys for")
                .withHint("Set the method for Bauta's address to scram-sha-256 in the server's pg_hba.conf."));
    }

    private ByteBufAllocator allocator() {
        return conversation.client().alloc();
    }

    @Override
    public boolean hasAnnouncedEnd() {
        return failed;
    }
}
