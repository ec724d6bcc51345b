package dev.bauta.jdbc.wrap;

import dev.bauta.engine.Session;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;

/**
 * Tells the engine how the server resolves unqualified names: at the start, and before the next decision whenever the engine is in
 * doubt, or something was sent that the engine has not seen.
 */
final class SearchPath {
    private final Session session;
    private final PgSide pg;
    private boolean stale = true;

    SearchPath(Session session, PgSide pg) {
        this.session = session;
        this.pg = pg;
    }

    /** Notes that something ran that was not decided. */
    void onForeign() {
        stale = true;
    }

    /** True when the engine may not know how the server resolves names by now. */
    boolean isStale() {
        return stale || session.doubtsSearchPath();
    }

    /** Asks the server again if need be; in a failed transaction nothing can be asked, nor done. */
    void refreshWhenStale() throws SQLException {
        if (isStale() && !pg.isFailed()) {
            pg.requireInStep();
            load();
        }
    }

    /** Asks the server. */
    void load() throws SQLException {
        Connection raw = pg.raw();
        boolean autoCommit = raw.getAutoCommit();
        boolean alone = !pg.inTransaction();
        if (alone) {
            raw.setAutoCommit(true);
        }
        try (Statement statement = raw.createStatement();
                ResultSet result = statement.executeQuery("SELECT pg_catalog.current_schemas(true)")) {
            result.next();
            session.setSearchPath(names((Object[]) result.getArray(1).getArray()));
            stale = false;
        } finally {
            if (alone) {
                raw.setAutoCommit(autoCommit);
            }
        }
    }

    private static List<String> names(Object[] schemas) {
        return Arrays.stream(schemas).map(String::valueOf).toList();
    }
}
