package dev.bauta.proxy.session;

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
 * The client's first messages: requests for encryption, which are declined, then a startup message or a cancel request. Never
 * keeps more than the greatest startup message and one read.
 */
final class Greeting {
    private final Conversation conversation;
    private final ProxyContext context;
    private final Set<EncryptionRequest> declined = EnumSet.noneOf(EncryptionRequest.class);
    private @Nullable ByteBuf received;
    private boolean over;

    Greeting(Conversation conversation, ProxyContext context) {
        this.conversation = conversation;
        this.context = context;
    }

    void receive(ByteBuf in) {
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
            onMessage(message.get());
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

    private void onMessage(InitialMessage message) {
        if (message instanceof EncryptionRequest request) {
            decline(request);
        } else if (message instanceof CancelRequest request) {
            over = true;
            conversation.greeted();
            new CancelForwarding(conversation, context).begin(request);
        } else if (message instanceof StartupMessage startup) {
            over = true;
            conversation.greeted();
            new Login(conversation, context).begin(startup);
        }
    }

    /** A client asks for each kind of encryption at most once, as with the server. */
    private void decline(EncryptionRequest request) {
        if (!declined.add(request)) {
            throw new ProtocolViolation("encryption was declined already");
        }
        conversation.toClient(conversation.client().alloc().buffer(1).writeByte('N'));
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
