package dev.bauta.proxy.session;

import dev.bauta.engine.Session;
import dev.bauta.proxy.wire.BackendType;
import dev.bauta.proxy.wire.ErrorResponse;
import dev.bauta.proxy.wire.ParameterStatus;
import dev.bauta.refusal.Refusal;
import io.netty.buffer.ByteBuf;
import java.util.Locale;

/** The messages that a server may send at any time in a masked session: settings, notices, errors by themselves. */
final class SessionMessages {
    /** Settings of this prefix hold keys. */
    private static final String SECRET_PREFIX = "bauta.";

    private final Conversation conversation;
    private final Session session;
    private boolean fatal;

    SessionMessages(Conversation conversation, Session session) {
        this.conversation = conversation;
        this.session = session;
    }

    /** Tells the session of a setting, and the client unless it is a secret one. */
    void onParameterStatus(ByteBuf frame) {
        ParameterStatus status = ParameterStatus.decode(frame);
        conversation.onServerSetting(status);
        Refusal refusal = session.onParameterStatus(status.name(), status.value());
        if (refusal != null) {
            conversation.fail(Refusals.toFatal(refusal));
        } else if (!status.name().toLowerCase(Locale.ROOT).startsWith(SECRET_PREFIX)) {
            conversation.toClient(frame.retain());
        }
    }

    /** Sends an error or notice on, without what can hold values of rows. */
    void send(ErrorResponse error, BackendType type) {
        fatal |= type == BackendType.ERROR_RESPONSE && error.isFatal();
        conversation.toClient(error.withoutValues(session.errorDisclosure()), type);
    }

    /** True when the client was sent a fatal error. */
    boolean hasAnnouncedEnd() {
        return fatal;
    }
}
