package dev.bauta.proxy.session;

import dev.bauta.proxy.wire.Parse;
import org.jspecify.annotations.Nullable;

/**
 * What the client's unnamed prepared statement is, also where the server was not sent it, since a kept statement stands in for it. A Parse
 * is held back until it is known what comes behind it. A message that the server skips leaves what was there before. Event loop only.
 *
 * <pre>
 *   client   Parse ""      Bind ""       Bind ""       Query
 *            held back     replaced      replaced      the server's
 *   server                 Bind k        Bind k        Query
 * </pre>
 */
final class UnnamedStatement {
    private boolean prepared;
    /** If the server does what it was asked last. */
    private State current = new State(null, null, false);
    /** As far as the server has answered. */
    private State confirmed = current;

    /** True when the client has sent no Sync since it asked for the current one: what is skipped takes all with it that comes behind. */
    private boolean certain = true;

    private boolean heldBack;

    /** True once another statement was used in its stead. */
    private boolean replacing;
    /** What the server was sent last and can still hold. */
    private @Nullable PreparedText sent;
    /** True when the client has sent no Sync since. */
    private boolean certainlySent;

    /** What it can be. Each is another, whatever it holds. */
    static final class State {
        private final @Nullable Parse parse;
        private final @Nullable KeptStatement standIn;
        private final boolean gone;

        private State(@Nullable Parse parse, @Nullable KeptStatement standIn, boolean gone) {
            this.parse = parse;
            this.standIn = standIn;
            this.gone = gone;
        }
    }

    /** The client prepares it. */
    void prepared() {
        prepared = true;
    }

    /** True once the client has prepared it. */
    boolean wasPrepared() {
        return prepared;
    }

    // ---- what it becomes

    /** None: the server is sent what drops it. */
    State drop() {
        return become(new State(null, null, true));
    }

    /** What the server has: it is sent this. */
    State send(PreparedText text) {
        sent = text;
        certainlySent = true;
        return become(new State(null, null, false));
    }

    /** The server is not sent this yet. */
    void holdBack(Parse unsent, KeptStatement known) {
        replace(unsent, known);
        heldBack = true;
    }

    /** The server is sent another statement in its stead. */
    void standIn(Parse unsent, KeptStatement other) {
        replace(unsent, other);
    }

    private void replace(Parse unsent, KeptStatement by) {
        replacing = true;
        become(new State(unsent, by, false));
    }

    private State become(State next) {
        current = next;
        certain = true;
        heldBack = false;
        return next;
    }

    State current() {
        return current;
    }

    /** The server has done it. */
    void answered(State done) {
        confirmed = done;
    }

    /** The server could not do it: nothing is there, unless that failed before the server had dropped what was. */
    void failed(State undone) {
        confirmed = new State(null, null, true);
        skipped(undone);
    }

    /** The server has not done it. */
    void skipped(State undone) {
        if (current == undone) {
            become(confirmed);
        }
    }

    /** The client sends a Sync, up to which the server skips what follows an error. */
    void onSync() {
        certain = false;
        certainlySent = false;
    }

    /** True when the server has yet to tell what is there for the client. */
    boolean isUncertain() {
        return !certain && current != confirmed;
    }

    /** True when nothing is there for the client, though the server can still hold what was. */
    boolean isGone() {
        return current.gone;
    }

    // ---- what the server holds

    /** What the server was sent last, null when it holds nothing any more. */
    @Nullable
    PreparedText sent() {
        return sent;
    }

    /** What the server holds if it does anything that is sent now; null where that is not known. */
    @Nullable
    PreparedText asked() {
        return certainlySent ? sent : null;
    }

    /** The server has closed what it was sent, or what came before. */
    @SuppressWarnings("ReferenceEquality") // The same can have been sent once more.
    void closed(@Nullable PreparedText gone) {
        if (sent == gone) {
            sent = null;
        }
    }

    // ---- what stands in for it

    boolean isHeldBack() {
        return heldBack;
    }

    /** True when the server holds another statement in its stead. */
    boolean isReplaced() {
        return current.parse != null;
    }

    /** The same where it is not known. */
    boolean mayBeReplaced() {
        return isReplaced() || replacing && isUncertain();
    }

    /** What stands in for it, null when nothing does that the server still holds. */
    @Nullable
    KeptStatement standIn() {
        KeptStatement other = current.standIn;
        return other == null || other.isGone() ? null : other;
    }

    /** The Parse that was held back and is to be sent now, once; null when there is none. */
    @Nullable
    Parse takeHeldBack() {
        if (!heldBack) {
            return null;
        }
        heldBack = false;
        return current.parse;
    }

    /** The Bind that it was held back for has come. */
    void takenUp() {
        heldBack = false;
    }

    /** The Parse in whose stead another statement stands; null when there is none. */
    @Nullable
    Parse replaced() {
        return current.parse;
    }
}
