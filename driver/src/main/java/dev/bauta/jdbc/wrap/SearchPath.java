package dev.bauta.jdbc.wrap;

import dev.bauta.engine.Session;
import java.sql.ResultSet;
import java.sql.SQLException;
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
        session.setSearchPath(pg.ask("SELECT pg_catalog.current_schemas(true)", SearchPath::schemas));
        stale = false;
    }

    private static List<String> schemas(ResultSet rows) throws SQLException {
        rows.next();
        Object[] names = (Object[]) rows.getArray(1).getArray();
        return Arrays.stream(names).map(String::valueOf).toList();
    }
}
