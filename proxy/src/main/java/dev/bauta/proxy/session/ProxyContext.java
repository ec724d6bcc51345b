package dev.bauta.proxy.session;

import dev.bauta.proxy.trail.SessionEvents;
import java.time.Duration;

/**
 * What all conversations of a proxy share. Thread-safe.
 *
 * @param sessions the engine
 * @param refresh refreshes its catalog snapshot
 * @param server where the PostgreSQL server is
 * @param cancels the cancel keys of all sessions
 * @param limits how many connections there may be
 * @param access how clients may come in
 * @param open the sessions that have begun
 * @param events who listens to what sessions tell
 * @param loginTimeout how long a client may take until it is logged in
 */
public record ProxyContext(
        SessionFactory sessions,
        CatalogRefresh refresh,
        ServerConnector server,
        CancelRegistry cancels,
        ConnectionLimits limits,
        ClientAccess access,
        OpenSessions open,
        SessionEvents events,
        Duration loginTimeout) {}
