package dev.bauta.proxy.session;

import dev.bauta.proxy.wire.FrameWalker;
import io.netty.channel.Channel;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which side of a conversation is read: either one only while the other takes what is read, and the client while there is nothing to
 * wait for. Runs on the event loop of both.
 */
final class BackPressure {
    /** What the client's next message waits for. */
    enum Wait {
        /** The answer to what the client has sent. */
        TURN,
        /** The audit log has room. */
        ADMISSION,
        /** The catalogs are read. */
        CATALOG,
        /** The server has answered most of what it was asked. */
        ANSWERS,
        /** The server has dealt with a cancel request of the proxy's own, which could hit the next statement. */
        CANCEL
    }

    /** So many answers the server may owe before no more is taken in. */
    private static final int MOST_UNANSWERED = 1024;

    /** With so many left to come more is taken in. */
    private static final int FEW_UNANSWERED = MOST_UNANSWERED / 2;

    private final Channel client;
    private final FrameWalker requests;
    private final FrameWalker responses;
    private final Set<Wait> waits = EnumSet.noneOf(Wait.class);
    private @Nullable Channel server;
    private @Nullable PendingRequests pending;
    /** The server does not keep answers back any more, which it may until a Sync. */
    private boolean answersAskedFor;

    private boolean closed;

    BackPressure(Channel client, FrameWalker requests, FrameWalker responses) {
        this.client = client;
        this.requests = requests;
        this.responses = responses;
    }

    /** The server is connected. */
    void connected(Channel connection) {
        server = connection;
    }

    /** What the server has not answered is bounded. */
    void follow(PendingRequests followed) {
        pending = followed;
    }

    /** Nothing is read any more, or not for this conversation. */
    void close() {
        closed = true;
    }

    boolean isWaiting(Wait wait) {
        return waits.contains(wait);
    }

    /** The client is not listened to, from its next message on, before that is released. */
    void hold(Wait wait) {
        waits.add(wait);
        requests.pause();
        update();
    }

    /** Listens to the client again, to what has come of it first, if there is nothing else to wait for. */
    void release(Wait wait) {
        waits.remove(wait);
        if (waits.isEmpty()) {
            requests.resume();
        }
        update();
    }

    /** The server is not listened to, from its next message on. */
    void holdServer() {
        responses.pause();
        update();
    }

    /** Listens to the server again, to what has come of it first. */
    void releaseServer() {
        responses.resume();
        update();
    }

    /** Before a message of the client: it is not taken in while the server owes very many answers. */
    void limitUnanswered() {
        if (pending != null && pending.size() >= MOST_UNANSWERED && !isWaiting(Wait.ANSWERS)) {
            answersAskedFor = false;
            hold(Wait.ANSWERS);
        }
    }

    /** The server may have answered. */
    void releaseIfAnswered() {
        if (pending != null && pending.size() <= FEW_UNANSWERED && isWaiting(Wait.ANSWERS)) {
            release(Wait.ANSWERS);
        }
    }

    /** True, once for each time that answers are waited for, when the server has to be asked for those it keeps back. */
    boolean asksForAnswers() {
        boolean asks = isWaiting(Wait.ANSWERS) && !answersAskedFor;
        answersAskedFor |= asks;
        return asks;
    }

    /** What either side takes, or is held by, has changed. */
    void update() {
        if (closed) {
            return;
        }
        boolean serverTakes = server == null || server.isWritable();
        client.config().setAutoRead(serverTakes && waits.isEmpty());
        if (server != null) {
            server.config().setAutoRead(client.isWritable() && !responses.isPaused());
        }
    }
}
