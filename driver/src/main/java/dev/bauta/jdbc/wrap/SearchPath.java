package dev.bauta.jdbc.wrap;

import dev.bauta.engine.Session;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Tells the engine how the server resolves unqualified names: at the start, and before the next decision whenever a text may
 * have changed it. What such a text has done cannot be known from the text: it can fail, be rolled back, or be prepared and
 * never be executed.
 */
final class SearchPath {
    private static final Pattern CHANGES =
            Pattern.compile("search_path|set_config|discard|reset|schema\\b|u&", Pattern.CASE_INSENSITIVE);
    private static final Pattern ROLLBACK = Pattern.compile("rollback|abort", Pattern.CASE_INSENSITIVE);

    private final Session session;
    private final PgSide pg;
    private boolean stale = true;
    /** The end of the transaction, or of a subtransaction, can bring an earlier search_path back. */
    private boolean changedInTransaction;

    SearchPath(Session session, PgSide pg) {
        this.session = session;
        this.pg = pg;
    }

    /** Notes that a text was decided, whatever becomes of it. */
    void onDecided(String text) {
        if (CHANGES.matcher(text).find()) {
            stale = true;
            changedInTransaction = true;
        } else if (changedInTransaction && ROLLBACK.matcher(text).find()) {
            stale = true;
        }
    }

    /** Notes that a text was sent, successfully or not. */
    void onSent() {
        if (changedInTransaction && !pg.inTransaction()) {
            stale = true;
            changedInTransaction = false;
        }
    }

    /** Notes that something ran that was not decided. */
    void onForeign() {
        stale = true;
    }

    /** Asks the server again if need be; in a failed transaction nothing can be asked, nor done. */
    void refreshWhenStale() throws SQLException {
        if (stale && !pg.isFailed()) {
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
