package dev.bauta.proxy.session;

import dev.bauta.proxy.tls.ClientTls;
import dev.bauta.proxy.wire.CancelRequest;
import dev.bauta.proxy.wire.EncryptionRequest;
import dev.bauta.proxy.wire.InitialMessage;
import dev.bauta.proxy.wire.ProtocolViolation;
import dev.bauta.proxy.wire.StartupMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The client's first messages: requests for encryption, then a startup message or a cancel request. Never keeps more than the
 * greatest startup message and one read.
 *
 * <pre>
 *   ──→ SSLRequest ──→ 'S' ──→ TLS handshake ─┐
 *   ──→ SSLRequest ──→ 'N' ───────────────────┼──→ StartupMessage, CancelRequest
 *   ──→ TLS handshake (with ALPN) ────────────┘
 * </pre>
 */
final class Greeting {
    /** The first byte of a TLS handshake, which is no length of a startup message. */
    private static final int TLS_HANDSHAKE = 0x16;

    private final Conversation conversation;
    private final ProxyContext context;
    private final Set<EncryptionRequest> asked = EnumSet.noneOf(EncryptionRequest.class);
    private @Nullable ByteBuf received;
    private boolean over;
    /** TLS began without being asked for, so that only ALPN says what it is for. */
    private boolean direct;

    Greeting(Conversation conversation, ProxyContext context) {
        this.conversation = conversation;
        this.context = context;
    }

    void receive(ByteBuf in) {
        ClientTls offered = offeredTls();
        if (offered != null && isFirst() && in.isReadable() && in.getByte(in.readerIndex()) == TLS_HANDSHAKE) {
            direct = true;
            conversation.link().startTls(offered);
            conversation.client().pipeline().fireChannelRead(in);
        } else {
            receiveMessages(in);
        }
    }

    private boolean isFirst() {
        return received == null && asked.isEmpty() && !conversation.link().isEncrypted() && !over;
    }

    /** Null when there is none to be had on this connection. */
    private @Nullable ClientTls offeredTls() {
        return conversation.link().isTcp() ? context.access().encryption().current() : null;
    }

    /** The TLS handshake has succeeded. */
    void encrypted() {
        if (direct && !conversation.link().hasAgreedOnProtocol()) {
            throw new ProtocolViolation("direct TLS connection without the ALPN protocol postgresql");
        }
    }

    private void receiveMessages(ByteBuf in) {
        ByteBuf all = received == null ? in : append(received, in);
        received = null;
        try {
            readMessages(all);
            keepOrPassOn(all);
        } finally {
            all.release();
        }
    }

    private static ByteBuf append(ByteBuf received, ByteBuf in) {
        return Unpooled.wrappedBuffer(received, in);
    }

    private void readMessages(ByteBuf all) {
        while (!over) {
            Optional<InitialMessage> message = InitialMessage.decode(all);
            if (message.isEmpty()) {
                return;
            }
            onMessage(message.get(), all.isReadable());
        }
    }

    private void keepOrPassOn(ByteBuf all) {
        if (!all.isReadable() || conversation.isEnded()) {
            return;
        }
        if (over) {
            conversation.onClientBytes(all.retainedSlice());
        } else {
            ByteBuf kept = all.alloc().buffer(all.readableBytes()).writeBytes(all);
            received = kept;
        }
    }

    private void onMessage(InitialMessage message, boolean moreHasCome) {
        if (message instanceof EncryptionRequest request) {
            onEncryptionRequest(request, moreHasCome);
        } else if (message instanceof CancelRequest request) {
            over = true;
            conversation.greeted();
            cancel(request);
        } else if (message instanceof StartupMessage startup) {
            over = true;
            conversation.greeted();
            new Login(conversation, context).begin(startup);
        }
    }

    private void cancel(CancelRequest request) {
        if (context.access().allows(conversation.link().address())) {
            new CancelForwarding(conversation, context).begin(request);
        } else {
            conversation.end();
        }
    }

    /** A client asks for each kind of encryption at most once, and for none inside TLS, as with the server. */
    private void onEncryptionRequest(EncryptionRequest request, boolean moreHasCome) {
        if (conversation.link().isEncrypted() || !asked.add(request)) {
            throw new ProtocolViolation("encryption was asked for again");
        }
        ClientTls offered = request == EncryptionRequest.SSL ? offeredTls() : null;
        if (offered == null) {
            answer('N');
        } else if (moreHasCome) {
            // It would be taken for part of what the client sends inside TLS, but anybody can have put it there.
            throw new ProtocolViolation("received unencrypted data after SSL request");
        } else {
            answer('S');
            conversation.flush();
            conversation.link().startTls(offered);
        }
    }

    private void answer(char answer) {
        conversation.toClient(conversation.client().alloc().buffer(1).writeByte(answer));
    }

    /** Releases what is kept. */
    void close() {
        over = true;
        if (received != null) {
            received.release();
            received = null;
        }
    }
}
