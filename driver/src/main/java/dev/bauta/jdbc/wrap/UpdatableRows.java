package dev.bauta.jdbc.wrap;

import dev.bauta.jdbc.BautaSQLException;
import dev.bauta.refusal.RefusalCode;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGResultSetMetaData;
import org.postgresql.jdbc.PgResultSet;

/**
 * Decides the statements by which the PostgreSQL driver changes the current row of an updatable result set, or reads it again.
 * It writes them itself, with a table name that it takes from the text of the query (from a constant in it, too) and with
 * column names that it does not always quote. So both have to be plain names, and a statement of the same kind on the same
 * table and columns has to pass as it is.
 */
final class UpdatableRows {
    private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern PLAIN_TABLE =
            Pattern.compile("(\"?)[A-Za-z_][A-Za-z0-9_]*\\1(\\.(\"?)[A-Za-z_][A-Za-z0-9_]*\\3)?");

    private static final MethodHandle IS_UPDATABLE;
    private static final MethodHandle TABLE;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(PgResultSet.class, MethodHandles.lookup());
            IS_UPDATABLE = lookup.findVirtual(PgResultSet.class, "isUpdateable", MethodType.methodType(boolean.class));
            TABLE = lookup.findGetter(PgResultSet.class, "tableName", String.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final ResultSet raw;
    private final SessionLink link;
    private final SentText sent;

    /**
     * @param raw the result set, which is not read-only
     * @param sent what its rows come from
     */
    UpdatableRows(ResultSet raw, SessionLink link, SentText sent) {
        this.raw = raw;
        this.link = link;
        this.sent = sent;
    }

    /** Refuses a method of {@code ResultSet} whose statement would not pass. */
    void require(String method) throws SQLException {
        if (sent.positions() != null) {
            throw refused("the result set shows masks in the place of protected columns");
        }
        String table = table();
        if (table == null) {
            return; // The PostgreSQL driver is going to say why it cannot be updated.
        }
        if (!PLAIN_TABLE.matcher(table).matches()) {
            throw refused("the name of the result set's table is not a plain one");
        }
        List<String> columns = columns();
        decide("SELECT " + String.join(", ", columns) + " FROM " + table);
        switch (method) {
            case "updateRow" -> decide("UPDATE " + table + " SET " + String.join(" = NULL, ", columns) + " = NULL");
            case "insertRow" ->
                decide("INSERT INTO " + table + " (" + String.join(", ", columns) + ") SELECT NULL"
                        + ", NULL".repeat(columns.size() - 1));
            case "deleteRow" -> decide("DELETE FROM " + table);
            default -> {}
        }
    }

    private void decide(String sql) throws SQLException {
        SentText own = link.decide(new JdbcText(sql, false, false, List.of()));
        if (own.positions() != null) {
            throw refused("the table that the result set names has protected columns");
        }
    }

    private SQLException refused(String why) {
        return link.fail(BautaSQLException.of(
                RefusalCode.PROTOCOL_FEATURE,
                why + ", so it cannot be updated",
                "Write an UPDATE, INSERT or DELETE statement."));
    }

    /** The table as the PostgreSQL driver writes it; null when it takes the result set for one that cannot be updated. */
    private @Nullable String table() throws SQLException {
        if (!(raw instanceof PgResultSet results)) {
            throw refused("the result set is not the PostgreSQL driver's");
        }
        try {
            return (boolean) IS_UPDATABLE.invokeExact(results) ? (String) TABLE.invokeExact(results) : null;
        } catch (SQLException | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** The columns' names in the table, without computed columns; labels have to be plain, too, since key columns are found by them. */
    private List<String> columns() throws SQLException {
        ResultSetMetaData columns = raw.getMetaData();
        List<String> names = new ArrayList<>();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            String label = columns.getColumnLabel(i);
            String name = ((PGResultSetMetaData) columns).getBaseColumnName(i);
            if (!PLAIN_NAME.matcher(label).matches()
                    || !PLAIN_NAME.matcher(name.isEmpty() ? label : name).matches()) {
                throw refused("a column of the result set has no plain name");
            }
            if (!name.isEmpty()) {
                names.add('"' + name + '"');
            }
        }
        if (names.isEmpty()) {
            throw refused("no column of the result set is a table's");
        }
        return names;
    }
}
