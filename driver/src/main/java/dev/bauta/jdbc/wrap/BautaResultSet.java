package dev.bauta.jdbc.wrap;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.Field;
import org.postgresql.core.Oid;

/** A result that the guard has let pass. */
final class BautaResultSet extends ForwardingResultSet<ResultSet> {
    /** Rows after which the rule file is looked at, while nothing else asks for it. */
    private static final int ROWS_TO_LOOK = 256;

    private final @Nullable BautaStatement<?> statement;
    private final SentText sent;
    private @Nullable UpdatableRows updatable;
    private int rows;
    /** Null until a value is asked for as an object: whether any column is a {@code refcursor}. */
    private @Nullable Boolean cursors;

    /**
     * @param statement whose result it is, null for a result of the PostgreSQL driver's own
     * @param sent what the rows come from
     */
    BautaResultSet(ResultSet raw, Wraps wraps, @Nullable BautaStatement<?> statement, SentText sent) {
        super(raw, wraps);
        this.statement = statement;
        this.sent = sent;
    }

    /** For a row that changes, the PostgreSQL driver sends statements of its own. */
    @Override
    void requireUpdatable(String method) throws SQLException {
        SessionLink link = wraps().link();
        if (link.isRaw()) {
            link.requireCurrent(sent.held(), true);
            return;
        } else if (raw().getConcurrency() == CONCUR_READ_ONLY) {
            return;
        }
        if (updatable == null) {
            updatable = new UpdatableRows(raw(), link, sent);
        }
        updatable.require(method);
    }

    /** Read-only where it cannot be updated because it shows masks. */
    @Override
    public int getConcurrency() throws SQLException {
        return sent.positions() == null ? super.getConcurrency() : CONCUR_READ_ONLY;
    }

    /** Can bring further rows from the server, which were selected under the rules of the statement's start. */
    @Override
    public boolean next() throws SQLException {
        requireFetchable();
        wraps().link().requireCurrent(sent.held(), ++rows % ROWS_TO_LOOK == 0);
        return super.next();
    }

    @Override
    public boolean previous() throws SQLException {
        requireCurrent();
        return super.previous();
    }

    @Override
    public boolean first() throws SQLException {
        requireCurrent();
        return super.first();
    }

    @Override
    public boolean last() throws SQLException {
        requireCurrent();
        return super.last();
    }

    @Override
    public boolean absolute(int row) throws SQLException {
        requireCurrent();
        return super.absolute(row);
    }

    @Override
    public boolean relative(int rows) throws SQLException {
        requireCurrent();
        return super.relative(rows);
    }

    /** Can bring further rows from the server, as {@link #next} can. */
    @Override
    public boolean isLast() throws SQLException {
        requireCurrent();
        return super.isLast();
    }

    /** The next rows can be at the server still. */
    private void requireFetchable() throws SQLException {
        SessionLink link = wraps().link();
        if (link.isSending() && raw().getFetchSize() > 0) {
            link.requireNotSending();
        }
    }

    private void requireCurrent() throws SQLException {
        requireFetchable();
        wraps().link().requireCurrent(sent.held(), false);
    }

    @Override
    public Statement getStatement() throws SQLException {
        Statement wrapped = super.getStatement();
        return statement == null ? wrapped : statement;
    }

    /** For a {@code refcursor} the PostgreSQL driver fetches the cursor's rows by a statement of its own. */
    private void requireFetch(int column) throws SQLException {
        if (hasCursors() && isCursor(column)) {
            String name = getString(column);
            if (name != null) {
                wraps().link().decideDriversOwn(JdbcText.own("FETCH ALL IN " + '"' + name.replace("\"", "\"\"") + '"'));
            }
        }
    }

    private boolean hasCursors() throws SQLException {
        if (cursors == null) {
            cursors = Arrays.stream(ResultFields.of(raw())).anyMatch(field -> field.getOID() == Oid.REF_CURSOR);
        }
        return cursors;
    }

    private boolean isCursor(int column) throws SQLException {
        Field[] fields = ResultFields.of(raw());
        return column >= 1 && column <= fields.length && fields[column - 1].getOID() == Oid.REF_CURSOR;
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
