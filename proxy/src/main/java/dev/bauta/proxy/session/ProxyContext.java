package dev.bauta.proxy.session;

import dev.bauta.proxy.trail.SessionEvents;

/**
 * What all conversations of a proxy share. Thread-safe.
 *
 * @param sessions the engine
 * @param refresh refreshes its catalog snapshot
 * @param server where the PostgreSQL server is
 * @param pool connections to it that wait for a session
 * @param cancels the cancel keys of all sessions
 * @param options what can change while the proxy runs
 * @param counts how much of that there is
 * @param open the sessions that have begun
 * @param events who listens to what sessions tell
 */
public record ProxyContext(
        SessionFactory sessions,
        CatalogRefresh refresh,
        ServerConnector server,
        ServerPool pool,
        CancelRegistry cancels,
        LiveOptions options,
        ConnectionLimits counts,
        OpenSessions open,
        SessionEvents events) {
    /** What the proxy bears now. */
    Limits limits() {
        return options.limits();
    }

    /** How clients may come in now. */
    ClientAccess access() {
        return options.access();
    }
}
