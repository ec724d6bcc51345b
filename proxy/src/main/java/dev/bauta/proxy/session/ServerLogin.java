package dev.bauta.proxy.session;

import dev.bauta.engine.Session;
import dev.bauta.proxy.authentication.Nonces;
import dev.bauta.proxy.authentication.ScramClient;
import dev.bauta.proxy.authentication.ScramException;
import dev.bauta.proxy.authentication.ScramSecret;
import dev.bauta.proxy.authentication.ScramServer;
import dev.bauta.proxy.authentication.ServicePassword;
import dev.bauta.proxy.wire.AuthenticationRequest;
import dev.bauta.proxy.wire.BackendType;
import dev.bauta.proxy.wire.ErrorResponse;
import dev.bauta.proxy.wire.SaslInitialResponse;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server's messages while the proxy logs in to it: as the user whom it has authenticated itself, with the keys that the user's
 * login has shown if there are any, or as an account of its own. The client, which waits for AuthenticationOk, is sent nothing else.
 */
final class ServerLogin implements ServerPhase {
    private static final Logger LOG = LoggerFactory.getLogger(ServerLogin.class);

    private final Conversation conversation;
    private final Session session;
    private final @Nullable ScramSecret secret;
    private @Nullable ScramClient exchange;
    private boolean proven = true;
    private boolean failed;

    /** @param secret null where there is none, so that the server must let the user in without */
    ServerLogin(Conversation conversation, Session session, @Nullable ScramSecret secret) {
        this.conversation = conversation;
        this.session = session;
        this.secret = secret;
    }

    @Override
    public Handling onFrame(byte type, int length) {
        BackendType known = BackendType.find(type);
        if (known == BackendType.NOTICE_RESPONSE && !isAccount()) {
            return Handling.FORWARD;
        }
        if (known != BackendType.ERROR_RESPONSE
                && known != BackendType.NOTICE_RESPONSE
                && known != BackendType.AUTHENTICATION) {
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
            if (type == BackendType.AUTHENTICATION.code()) {
                onRequest(AuthenticationRequest.findKind(frame), frame);
            } else if (type == BackendType.ERROR_RESPONSE.code()) {
                onRefused(ErrorResponse.decode(frame), frame);
            }
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
        if (AuthenticationRequest.mechanisms(frame).contains(ScramServer.PLAIN) && secret != null) {
            ScramClient begun = new ScramClient(secret, Nonces.next());
            exchange = begun;
            proven = false;
            conversation.toServer(new SaslInitialResponse(ScramServer.PLAIN, begun.firstMessage()).encode(allocator()));
        } else {
            refuse();
        }
    }

    /** True where the proxy has an account of its own at the server. */
    private boolean isAccount() {
        return secret instanceof ServicePassword;
    }

    private void onRefused(ErrorResponse error, ByteBuf frame) {
        if (isAccount()) {
            onAccountRefused(error);
        } else {
            failed = true;
            conversation.attempted().turnAway(error.sqlState());
            conversation.toClient(frame.retain());
        }
    }

    /** The account is the proxy's own affair, and so is what the server says of it, notices included. */
    private void onAccountRefused(ErrorResponse error) {
        LOG.atError().addKeyValue("sqlstate", error.sqlState()).log("the server does not let Bauta's account in");
        conversation.fail(ErrorResponse.fatal(error.sqlState(), "the server does not let Bauta's account in"));
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
