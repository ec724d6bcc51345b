package dev.bauta.proxy.session;

import org.jspecify.annotations.Nullable;

/**
 * Whether the unnamed portal is one that the client has opened. A Query runs in it as well, and where one fails within a transaction block,
 * PostgreSQL leaves it there to the end of the transaction without its statements, whose memory is used for something else. An Execute of it
 * reads them all the same, which can end the server process, and with it all sessions of the server. Event loop only.
 *
 * <pre>
 *   client   Bind ""   Execute ""   Query      Execute ""   Bind ""   Sync   Execute ""
 *                      safe         (fails)    doubtful                      doubtful until the Bind is answered
 * </pre>
 */
final class UnnamedPortal {
    private int queries;
    /** How many queries there had been when the server last opened it for the client. */
    private int opened;
    /** What the client has asked for since, where what is sent now is skipped if the server does not open it. */
    private @Nullable OpenPortal asked;

    /** The client sends a Query. */
    void onQuery() {
        queries++;
        asked = null;
    }

    /**
     * The client sends a Bind of it.
     *
     * @return to be told by {@link #onOpened} when the server has answered that, other than by an error
     */
    int onBind(OpenPortal portal) {
        asked = portal;
        return queries;
    }

    /** The server has opened it for the client, by the Bind of which {@link #onBind} gave this. */
    void onOpened(int before) {
        opened = before;
    }

    /** The client sends a Sync, up to which the server skips what follows an error. */
    void onSync() {
        asked = null;
    }

    /** What it is if the server does anything that is sent now; null where that is not known. */
    @Nullable
    OpenPortal asked() {
        return asked;
    }

    /** True when it can be what a Query has left behind. */
    boolean isDoubtful() {
        return queries != opened && asked == null;
    }
}
