package dev.bauta.proxy.session;

import dev.bauta.proxy.session.ServerConnector.Location;
import dev.bauta.proxy.wire.CancelKey;

/**
 * What the requests to cancel a session's statements are sent to, and how many are on their way: one that comes late would hit whatever the
 * server's connection is used for by then. Thread-safe.
 */
final class CancelTarget {
    private final CancelKey key;
    private final Location server;
    private int underWay;
    private boolean ended;

    /**
     * @param key as the server has given it
     * @param server which gave it
     */
    CancelTarget(CancelKey key, Location server) {
        this.key = key;
        this.server = server;
    }

    CancelKey key() {
        return key;
    }

    Location server() {
        return server;
    }

    /** A request is about to be sent. @return false when the session has ended, and none must be */
    synchronized boolean tryBegin() {
        if (!ended) {
            underWay++;
        }
        return !ended;
    }

    /** The server has dealt with a request, or was not sent it. */
    synchronized void dealtWith() {
        underWay--;
    }

    /** The session ends. @return true when no request can hit what the connection is used for from now on */
    synchronized boolean end() {
        ended = true;
        return underWay == 0;
    }
}
