package dev.bauta.proxy.session;

import dev.bauta.proxy.session.Request.Kind;
import dev.bauta.proxy.trail.Watched;
import dev.bauta.proxy.wire.BackendType;
import dev.bauta.proxy.wire.ProtocolViolation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The client's messages that the server has yet to answer, in order, so that each error is known to belong to one of them.
 * It follows the server's own rules (manual, "Message Flow"): after an error in the extended protocol everything is
 * skipped until Sync; within COPY FROM STDIN a Sync is ignored. Event loop only.
 *
 * <pre>
 *   client   Parse  Bind  Execute  Sync  Query
 *   server   1      E     (skipped)Z     T D D C Z
 * </pre>
 */
final class PendingRequests {
    private final ArrayDeque<Request> requests = new ArrayDeque<>();
    private boolean skippingToSync;
    private boolean copyingIn;
    /** True when what was sent last waits for a Sync, before which the server commits nothing. */
    private boolean unsynced;

    /** What waits until the server has answered all that was sent up to the last Sync or Query. */
    private @Nullable Runnable waiting;

    /** True when the Query at the head has had a result or an error: only then ReadyForQuery is its answer. */
    private boolean queryAnswered;

    /** The client sends a message. */
    void add(Request request) {
        unsynced = request.kind() != Kind.SYNC && request.kind() != Kind.QUERY;
        if (skippingToSync && request.kind() != Kind.SYNC) {
            skip(request);
            return;
        }
        skippingToSync = false;
        if (copyingIn) {
            requireTakenByCopy(request);
            return;
        }
        requests.add(request);
        dropIgnored();
    }

    /** True when the server works on a message of our own, whose answer the client must not see. */
    boolean isOwn() {
        Request head = requests.peek();
        return head != null && head.own();
    }

    /** True when the client must not see this answer to what the server works on. */
    boolean hides(BackendType answer) {
        Request head = requests.peek();
        return head != null && head.hides(answer);
    }

    /** True when a Parse is to be answered that the server was not sent, before what the server answers now. */
    boolean isKnownParse() {
        return isHead(Kind.KNOWN_PARSE);
    }

    /** The client is answered such a Parse. */
    void answerKnownParse() {
        answer(Kind.KNOWN_PARSE);
    }

    /**
     * Gives up a Describe of our own that the server answers for a statement that would be decided otherwise by now, and that nothing the
     * client has sent takes up: whatever it has as result will not be sent, since the statement is prepared anew before its next use,
     * even if by then it would be decided as it was.
     *
     * @return false when the answer must be looked at
     */
    boolean giveUpMoot() {
        Request head = requests.peek();
        boolean moot = head != null
                && head.own()
                && head.isOutdated()
                && requests.stream().noneMatch(PendingRequests::bindsOutdated);
        if (moot) {
            head.whenSkipped().run();
        }
        return moot;
    }

    private static boolean bindsOutdated(Request request) {
        return request.kind() == Kind.BIND && request.isOutdated();
    }

    /** The client sends data of a COPY, of which the server may have part. */
    void onCopyData() {
        unsynced = true;
    }

    /** True when the server has answered everything, and holds nothing that it would do or leave at a later message. */
    boolean isSettled() {
        return requests.isEmpty() && !unsynced && !skippingToSync && !copyingIn;
    }

    /** True when the server does nothing that it is sent before a Sync. */
    boolean isSkippingToSync() {
        return skippingToSync;
    }

    /** True when the server was sent nothing that waits for a Sync. */
    boolean isSynced() {
        return !unsynced && !skippingToSync && !copyingIn;
    }

    /** True when the server has been asked for nothing but what it works on, and has given no result of it. */
    boolean isLastWithoutResult() {
        return requests.size() == 1 && !queryAnswered;
    }

    /** How many messages the server has yet to answer. */
    int size() {
        return requests.size();
    }

    /** True when the server has answered everything. */
    boolean isEmpty() {
        return requests.isEmpty();
    }

    /** The message that the server works on, or null when it has answered all. */
    @Nullable
    Request current() {
        return requests.peek();
    }

    /** What the trail must know of the message that the server works on, null where it need not know anything. */
    @Nullable
    Watched currentWatched() {
        Request head = requests.peek();
        return head == null ? null : head.watched();
    }

    /** What the trail must know of the messages that the server has yet to answer, in order. */
    List<Watched> unanswered() {
        List<Watched> unanswered = new ArrayList<>();
        for (Request request : requests) {
            Watched watched = request.watched();
            if (watched != null) {
                unanswered.add(watched);
            }
        }
        return unanswered;
    }

    /**
     * The server answers with something other than an error.
     *
     * @throws ProtocolViolation when that cannot be an answer to the message it works on
     */
    void onResponse(BackendType type) {
        switch (type) {
            case PARSE_COMPLETE -> {
                confirmKept();
                answerUnlessKeptQuery(Kind.PARSE);
            }
            case BIND_COMPLETE -> answerUnlessKeptQuery(Kind.BIND);
            case CLOSE_COMPLETE -> answerUnlessKeptQuery(Kind.CLOSE);
            case NO_DATA -> answer(Kind.DESCRIBE);
            case ROW_DESCRIPTION -> answerPartly(Kind.DESCRIBE);
            case COMMAND_COMPLETE, EMPTY_QUERY_RESPONSE, PORTAL_SUSPENDED -> answerPartly(Kind.EXECUTE);
            case COPY_IN_RESPONSE -> beginCopyIn();
            case READY_FOR_QUERY -> onReady();
            default -> {}
        }
    }

    /**
     * The server answers with an error.
     *
     * @return the message at fault, or null when the error comes by itself
     */
    @Nullable
    Request onError() {
        Request failed = requests.peek();
        copyingIn = false;
        if (failed == null) {
            return null;
        }
        switch (failed.kind()) {
            case QUERY -> {
                queryAnswered = true;
                requests.addFirst(requests.remove().then(failed.whenFailed()));
            }
            case SYNC -> {}
            default -> {
                failed.whenFailed().run();
                skipToSync();
            }
        }
        return failed;
    }

    private void skipToSync() {
        while (!isHead(Kind.SYNC)) {
            Request skipped = requests.poll();
            if (skipped == null) {
                skippingToSync = true;
                return;
            }
            skip(skipped);
        }
    }

    private static void skip(Request request) {
        KeptStatement kept = request.kept();
        if (kept != null && request.kind() == Kind.PARSE) {
            kept.gone();
        }
        request.whenSkipped().run();
    }

    private void confirmKept() {
        Request head = requests.peek();
        KeptStatement kept = head == null ? null : head.kept();
        if (kept != null) {
            kept.prepared();
        }
    }

    /** In the stead of a Query several messages can have been sent. */
    private void answerUnlessKeptQuery(Kind kind) {
        Request head = requests.peek();
        if (head == null || head.kind() != Kind.QUERY || head.kept() == null) {
            answer(kind);
        }
    }

    private void answer(Kind kind) {
        require(isHead(kind));
        pop();
    }

    /** A result of the message at the head, which is its last unless that is a Query. */
    private void answerPartly(Kind kind) {
        if (isHead(Kind.QUERY)) {
            requireNotRefused();
            queryAnswered = true;
        } else {
            answer(kind);
        }
    }

    /**
     * A Sync that came between the data of a failed COPY may or may not have been ignored; if not, its ReadyForQuery is one
     * more than expected. It cannot be taken for the answer to a Query that has had no result yet.
     */
    private void onReady() {
        skippingToSync = false;
        if (isHead(Kind.SYNC) || isHead(Kind.QUERY) && queryAnswered) {
            pop();
        }
        stopWaiting();
    }

    /** Has this done when the server has answered all that was sent up to the last Sync or Query; nothing may be sent before. */
    void await(Runnable action) {
        waiting = action;
        stopWaiting();
    }

    private void stopWaiting() {
        Runnable action = waiting;
        if (action != null && requests.stream().noneMatch(PendingRequests::endsByReady)) {
            waiting = null;
            action.run();
        }
    }

    private static boolean endsByReady(Request request) {
        return request.kind() == Kind.SYNC || request.kind() == Kind.QUERY;
    }

    private void beginCopyIn() {
        require(isHead(Kind.QUERY) || isHead(Kind.EXECUTE));
        requireNotRefused();
        copyingIn = true;
        Request copy = requests.remove();
        while (copyingIn && !requests.isEmpty()) {
            requireTakenByCopy(requests.remove());
        }
        requests.addFirst(copy);
        stopWaiting();
    }

    /** Anything else would be lost if the data are right, and answered if they are not; the server ends such a session as well. */
    private void requireTakenByCopy(Request request) {
        if (request.kind() == Kind.COPY_END) {
            copyingIn = false;
        } else if (request.kind() != Kind.SYNC) {
            throw new ProtocolViolation("unexpected message during COPY from stdin");
        }
    }

    /** True while the server takes data, and nothing else. */
    boolean isCopyingIn() {
        return copyingIn;
    }

    private void pop() {
        requireNotRefused();
        Request answered = requests.remove();
        queryAnswered = false;
        dropIgnored();
        answered.whenAnswered().run();
    }

    private void dropIgnored() {
        while (isHead(Kind.COPY_END)) {
            requests.remove();
        }
    }

    private boolean isHead(Kind kind) {
        Request head = requests.peek();
        return head != null && head.kind() == kind;
    }

    /** A refused statement that the server takes is a defect that could let data out. */
    private void requireNotRefused() {
        Request head = requests.peek();
        require(head == null || head.refusal() == null || head.kind() == Kind.QUERY && queryAnswered);
    }

    private static void require(boolean expected) {
        if (!expected) {
            throw new ProtocolViolation("unexpected message from server");
        }
    }
}
