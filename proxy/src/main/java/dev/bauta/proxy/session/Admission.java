package dev.bauta.proxy.session;

import dev.bauta.proxy.wire.ErrorResponse;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Lets a client in when there is room for a session, and has it wait for its turn where that is allowed. Event loop only. */
final class Admission {
    private final Conversation conversation;
    private final ConnectionLimits counts;
    private final Duration queue;

    Admission(Conversation conversation, ProxyContext context) {
        this.conversation = conversation;
        this.counts = context.counts();
        this.queue = context.limits().queue();
    }

    /** @param then what is done once the client is in */
    void request(Runnable then) {
        if (counts.tryOpenSession()) {
            admit(then);
        } else if (queue.isZero()) {
            refuse();
        } else {
            queue(then);
        }
    }

    private void admit(Runnable then) {
        conversation.atEnd(counts::closeSession);
        then.run();
    }

    private void refuse() {
        conversation.fail(ErrorResponse.fatal("53300", "sorry, too many clients already"));
    }

    /** The time to log in is the client's own: it does not run while the client waits. */
    private void queue(Runnable then) {
        conversation.stopLoginTimer();
        Runnable turn = () -> conversation.client().eventLoop().execute(() -> onTurn(then));
        var timeout = conversation
                .client()
                .eventLoop()
                .schedule(() -> onTimeout(turn), queue.toMillis(), TimeUnit.MILLISECONDS);
        conversation.atEnd(() -> {
            timeout.cancel(false);
            counts.giveUp(turn);
        });
        counts.await(turn);
    }

    private void onTurn(Runnable then) {
        if (conversation.isEnded()) {
            counts.closeSession();
        } else {
            conversation.startLoginTimer();
            conversation.guarded(() -> admit(then));
        }
    }

    private void onTimeout(Runnable turn) {
        if (counts.giveUp(turn)) {
            conversation.guarded(this::refuse);
        }
    }
}
