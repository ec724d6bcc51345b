package dev.bauta.proxy.session;

import dev.bauta.proxy.wire.ErrorResponse;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Ends a conversation whose client does not log in in time. */
final class LoginTimer {
    private final Conversation conversation;
    private @Nullable Future<?> timeout;

    LoginTimer(Conversation conversation) {
        this.conversation = conversation;
    }

    void start(Duration limit) {
        timeout = conversation.client().eventLoop().schedule(this::onTimeout, limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The client has logged in, or is gone. */
    void stop() {
        if (timeout != null) {
            timeout.cancel(false);
            timeout = null;
        }
    }

    private void onTimeout() {
        conversation.fail(ErrorResponse.fatal("57014", "canceling authentication due to timeout"));
    }
}
