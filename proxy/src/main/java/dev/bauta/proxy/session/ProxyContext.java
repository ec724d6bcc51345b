package dev.bauta.proxy.session;

import dev.bauta.proxy.trail.SessionEvents;

/**
 * What all conversations of a proxy share. Thread-safe.
 *
 * @param sessions the engine
 * @param refresh refreshes its catalog snapshot
 * @param server where the PostgreSQL server is
 * @param cancels the cancel keys of all sessions
 * @param limits what the proxy bears
 * @param counts how much of that there is
 * @param access how clients may come in
 * @param open the sessions that have begun
 * @param events who listens to what sessions tell
 */
public record ProxyContext(
        SessionFactory sessions,
        CatalogRefresh refresh,
        ServerConnector server,
        CancelRegistry cancels,
        Limits limits,
        ConnectionLimits counts,
        ClientAccess access,
        OpenSessions open,
        SessionEvents events) {}
