package dev.bauta.jdbc.wrap;

import dev.bauta.engine.Session;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.PooledConnection;
import javax.sql.XAConnection;
import org.postgresql.core.BaseConnection;

/** Makes wrapped connections. */
public final class Connections {
    private Connections() {}

    /**
     * Wraps a connection that has just been opened.
     *
     * @param raw the connection; the caller gives it up
     * @param session the engine's session for it
     * @param catalog keeps the engine's catalogs fresh
     * @throws SQLException when the session cannot start; the caller then closes {@code raw}
     */
    public static Connection wrap(BaseConnection raw, Session session, CatalogWatch catalog) throws SQLException {
        SessionLink link = started(raw, session, catalog);
        Wraps wraps = new Wraps(link);
        BautaConnection connection = new BautaConnection(raw, wraps);
        wraps.setConnection(connection);
        return connection;
    }

    /** As {@link #wrap}, for a pool. */
    public static PooledConnection wrapPooled(BaseConnection raw, Session session, CatalogWatch catalog)
            throws SQLException {
        return new BautaPooledConnection(raw, started(raw, session, catalog));
    }

    /** As {@link #wrap}, for a transaction manager. */
    public static XAConnection wrapXa(BaseConnection raw, Session session, CatalogWatch catalog) throws SQLException {
        return new BautaXAConnection(raw, started(raw, session, catalog));
    }

    private static SessionLink started(BaseConnection raw, Session session, CatalogWatch catalog) throws SQLException {
        SessionLink link = new SessionLink(raw, session, catalog);
        link.start();
        return link;
    }
}
