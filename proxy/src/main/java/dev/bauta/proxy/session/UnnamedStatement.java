package dev.bauta.proxy.session;

import dev.bauta.proxy.wire.Parse;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the client's unnamed prepared statement is where the server was not sent it, since a kept statement stands in for it. A Parse is held
 * back until it is known what comes behind it. Event loop only.
 *
 * <pre>
 *   client   Parse ""      Bind ""       Bind ""       Query
 *            held back     replaced      replaced      dropped
 *   server                 Bind k        Bind k        Query
 * </pre>
 */
final class UnnamedStatement {
    private boolean prepared;
    private @Nullable Parse parse;
    private @Nullable KeptStatement standIn;
    private boolean heldBack;

    /** The client prepares it. */
    void prepared() {
        prepared = true;
        drop();
    }

    /** True once the client has prepared it. */
    boolean wasPrepared() {
        return prepared;
    }

    /** Nothing stands in for it any more. */
    void drop() {
        parse = null;
        standIn = null;
        heldBack = false;
    }

    /** The server is not sent this yet. */
    void holdBack(Parse unsent, KeptStatement known) {
        parse = unsent;
        standIn = known;
        heldBack = true;
    }

    /** The server is sent another statement in its stead. */
    void standIn(Parse unsent, KeptStatement sent) {
        parse = unsent;
        standIn = sent;
        heldBack = false;
    }

    /** The server has not done what was to prepare it: nothing has come in the place of what it holds. */
    @SuppressWarnings("ReferenceEquality") // The same can have been asked for once more.
    void notPrepared(Parse unsent) {
        if (parse == unsent) {
            drop();
        }
    }

    /** The same of what was sent in its stead, null for nothing. */
    void notPrepared(@Nullable KeptStatement sent) {
        if (sent != null && standIn == sent) {
            drop();
        }
    }

    boolean isHeldBack() {
        return heldBack;
    }

    /** True when the server holds another statement in its stead. */
    boolean isReplaced() {
        return standIn != null;
    }

    /** What stands in for it, null when nothing does that the server still holds. */
    @Nullable
    KeptStatement standIn() {
        return standIn == null || standIn.isGone() ? null : standIn;
    }

    /** The Parse that was held back and is to be sent now, once; null when there is none. */
    @Nullable
    Parse takeHeldBack() {
        if (!heldBack) {
            return null;
        }
        Parse unsent = parse;
        drop();
        return unsent;
    }

    /** The Bind that it was held back for has come: the Parse, whose answer is not the server's to give. */
    Parse answered() {
        heldBack = false;
        return Objects.requireNonNull(parse, "a Parse was held back");
    }

    /** The Parse in whose stead another statement stands, once; null when there is none. */
    @Nullable
    Parse takeReplaced() {
        Parse replaced = parse;
        drop();
        return replaced;
    }
}
