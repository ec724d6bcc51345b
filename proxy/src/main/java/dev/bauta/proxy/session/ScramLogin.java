package dev.bauta.proxy.session;

import dev.bauta.proxy.authentication.Credential;
import dev.bauta.proxy.authentication.Nonces;
import dev.bauta.proxy.authentication.ScramException;
import dev.bauta.proxy.authentication.ScramKeys;
import dev.bauta.proxy.authentication.ScramServer;
import dev.bauta.proxy.tls.ClientTls;
import dev.bauta.proxy.wire.AuthenticationRequest;
import dev.bauta.proxy.wire.ErrorResponse;
import dev.bauta.proxy.wire.FrontendType;
import dev.bauta.proxy.wire.NegotiateProtocolVersion;
import dev.bauta.proxy.wire.ProtocolViolation;
import dev.bauta.proxy.wire.SaslInitialResponse;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The client's messages while the proxy itself authenticates it by SCRAM. There is no connection to the server before the client
 * is known. Where the client's connection is encrypted, it can bind its login to it.
 */
final class ScramLogin implements ClientPhase {
    private final Conversation conversation;
    private final String user;
    private final Consumer<ScramKeys> then;
    private final ScramServer exchange;
    private final boolean bindable;
    private boolean begun;

    /**
     * @param credential by what its login is checked
     * @param user who the client says it is
     * @param then what is done when it has proved that
     */
    ScramLogin(Conversation conversation, Credential credential, String user, Consumer<ScramKeys> then) {
        ClientTls tls = conversation.link().tls();
        byte[] endPoint = tls == null ? null : tls.endPoint().orElse(null);
        this.conversation = conversation;
        this.user = user;
        this.then = then;
        this.bindable = endPoint != null;
        this.exchange = new ScramServer(credential, endPoint, Nonces.next());
    }

    /** Asks the client. */
    void begin(@Nullable NegotiateProtocolVersion negotiation) {
        if (negotiation != null) {
            conversation.toClient(negotiation.encode(allocator()));
        }
        List<String> mechanisms = bindable ? List.of(ScramServer.PLUS, ScramServer.PLAIN) : List.of(ScramServer.PLAIN);
        conversation.toClient(AuthenticationRequest.encodeSasl(allocator(), mechanisms));
        conversation.authenticate(this);
        conversation.releaseClient();
    }

    @Override
    public Handling onFrame(byte type, int length) {
        FrontendType known = FrontendType.find(type);
        if (known != FrontendType.PASSWORD && known != FrontendType.TERMINATE) {
            throw new ProtocolViolation("expected SASL response, got message type " + (type & 0xFF));
        }
        if (length > known.maxLength()) {
            throw new ProtocolViolation("invalid message length");
        }
        return Handling.COLLECT;
    }

    @Override
    public void onForward(ByteBuf bytes) {
        bytes.release();
        throw new IllegalStateException("a login is not forwarded");
    }

    @Override
    public void onCollected(byte type, ByteBuf frame) {
        try {
            if (type == FrontendType.TERMINATE.code()) {
                conversation.end();
            } else if (begun) {
                onFinal(AuthenticationRequest.saslResponse(frame));
            } else {
                begun = true;
                onFirst(SaslInitialResponse.decode(frame));
            }
        } catch (ScramException e) {
            conversation.fail(ErrorResponse.fatal(e.sqlState(), e.getMessage()));
        } finally {
            frame.release();
        }
    }

    private void onFirst(SaslInitialResponse response) throws ScramException {
        String answer = exchange.onFirst(response.mechanism(), response.data());
        conversation.toClient(AuthenticationRequest.SASL_CONTINUE.encode(allocator(), answer));
    }

    private void onFinal(String message) throws ScramException {
        conversation.holdClient();
        ScramKeys keys = exchange.onFinal(message);
        if (keys == null) {
            conversation.fail(ErrorResponse.fatal("28P01", "password authentication failed for user \"" + user + "\""));
        } else {
            conversation.toClient(AuthenticationRequest.SASL_FINAL.encode(allocator(), exchange.finalMessage()));
            then.accept(keys);
        }
    }

    private ByteBufAllocator allocator() {
        return conversation.client().alloc();
    }
}
