package dev.bauta.proxy.session;

import dev.bauta.proxy.session.Activity.State;
import dev.bauta.proxy.session.Limits.Times;
import dev.bauta.proxy.wire.ErrorResponse;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Ends a session that idles for too long, and cancels a statement that takes too long. It looks from time to time, so that messages
 * cost nothing: a time-out comes up to a tenth late. Event loop only.
 */
final class SessionTimer {
    private static final int LOOKS_PER_TIMEOUT = 10;
    private static final long MAX_PERIOD_MILLIS = 1_000;

    private final Conversation conversation;
    private final Activity activity;
    private final Times times;
    private State state = State.IDLE;
    private int mark;
    private long since;

    private SessionTimer(Conversation conversation, Activity activity, Times times) {
        this.conversation = conversation;
        this.activity = activity;
        this.times = times;
    }

    /** Starts looking until the conversation ends, if anything is limited. */
    static void start(Conversation conversation, Activity activity, Times times) {
        Stream.of(times.idle(), times.idleInTransaction(), times.statement())
                .filter(limit -> !limit.isZero())
                .min(Duration::compareTo)
                .ifPresent(shortest -> new SessionTimer(conversation, activity, times).start(shortest));
    }

    private void start(Duration shortest) {
        long period = Math.max(1, Math.min(MAX_PERIOD_MILLIS, shortest.toMillis() / LOOKS_PER_TIMEOUT));
        since = System.nanoTime();
        Future<?> looks = conversation
                .client()
                .eventLoop()
                .scheduleWithFixedDelay(() -> conversation.guarded(this::look), period, period, TimeUnit.MILLISECONDS);
        conversation.atEnd(() -> looks.cancel(false));
    }

    private void look() {
        long now = System.nanoTime();
        if (activity.state() != state || activity.mark() != mark) {
            state = activity.state();
            mark = activity.mark();
            since = now;
            return;
        }
        Duration limit = limit();
        if (!limit.isZero() && now - since >= limit.toNanos()) {
            since = now;
            onTimeout();
        }
    }

    private Duration limit() {
        return switch (state) {
            case BUSY -> times.statement();
            case IDLE -> times.idle();
            case IN_TRANSACTION -> times.idleInTransaction();
        };
    }

    private void onTimeout() {
        switch (state) {
            case BUSY -> conversation.cancelStatement();
            case IDLE -> end("57P05", "terminating connection due to idle-session timeout");
            case IN_TRANSACTION -> end("25P03", "terminating connection due to idle-in-transaction timeout");
        }
    }

    private void end(String sqlState, String message) {
        conversation.fail(ErrorResponse.fatal(sqlState, message));
    }
}
