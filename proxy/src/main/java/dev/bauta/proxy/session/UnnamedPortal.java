package dev.bauta.proxy.session;

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
    /** True when the client has sent a Bind of it since, and what is sent now is skipped if that fails. */
    private boolean asked;

    /** The client sends a Query. */
    void onQuery() {
        queries++;
        asked = false;
    }

    /**
     * The client sends a Bind of it.
     *
     * @return to be told by {@link #onOpened} when the server has answered that, other than by an error
     */
    int onBind() {
        asked = true;
        return queries;
    }

    /** The server has opened it for the client, by the Bind of which {@link #onBind} gave this. */
    void onOpened(int before) {
        opened = before;
    }

    /** The client sends a Sync, up to which the server skips what follows an error. */
    void onSync() {
        asked = false;
    }

    /** True when it can be what a Query has left behind. */
    boolean isDoubtful() {
        return queries != opened && !asked;
    }
}
