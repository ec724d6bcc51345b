package dev.bauta.jdbc.wrap;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.Field;
import org.postgresql.core.Oid;

/** A result that the guard has let pass. */
final class BautaResultSet extends ForwardingResultSet<ResultSet> {
    private final @Nullable BautaStatement<?> statement;
    /** Null until a value is asked for as an object: whether any column is a {@code refcursor}. */
    private @Nullable Boolean cursors;

    BautaResultSet(ResultSet raw, Wraps wraps, @Nullable BautaStatement<?> statement) {
        super(raw, wraps);
        this.statement = statement;
    }

    @Override
    public Statement getStatement() throws SQLException {
        Statement wrapped = super.getStatement();
        return statement == null ? wrapped : statement;
    }

    /** For a {@code refcursor} the PostgreSQL driver fetches the cursor's rows by a statement of its own. */
    private void requireFetch(int column) throws SQLException {
        SessionLink link = wraps().link();
        if (!link.isRaw() && hasCursors() && isCursor(column)) {
            String name = getString(column);
            if (name != null) {
                link.decideDriversOwn("FETCH ALL IN " + '"' + name.replace("\"", "\"\"") + '"');
            }
        }
    }

    private boolean hasCursors() throws SQLException {
        if (cursors == null) {
            cursors = ResultFields.of(raw()).stream().anyMatch(field -> field.getOID() == Oid.REF_CURSOR);
        }
        return cursors;
    }

    private boolean isCursor(int column) throws SQLException {
        List<Field> fields = ResultFields.of(raw());
        return column >= 1 && column <= fields.size() && fields.get(column - 1).getOID() == Oid.REF_CURSOR;
    }

    @Override
    public @Nullable Object getObject(int column) throws SQLException {
        requireFetch(column);
        return super.getObject(column);
    }

    @Override
    public @Nullable Object getObject(String column) throws SQLException {
        return getObject(findColumn(column));
    }

    @Override
    public @Nullable Object getObject(int column, Map<String, Class<?>> types) throws SQLException {
        requireFetch(column);
        return super.getObject(column, types);
    }

    @Override
    public @Nullable Object getObject(String column, Map<String, Class<?>> types) throws SQLException {
        return getObject(findColumn(column), types);
    }

    @Override
    public <T> @Nullable T getObject(int column, Class<T> type) throws SQLException {
        requireFetch(column);
        return super.getObject(column, type);
    }

    @Override
    public <T> @Nullable T getObject(String column, Class<T> type) throws SQLException {
        return getObject(findColumn(column), type);
    }
}
