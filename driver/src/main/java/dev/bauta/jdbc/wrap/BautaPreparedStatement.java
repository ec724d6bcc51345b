package dev.bauta.jdbc.wrap;

import dev.bauta.jdbc.BautaSQLException;
import dev.bauta.jdbc.ErrorObjects;
import dev.bauta.refusal.RefusalCode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.NClob;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.Types;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A prepared statement. Its text is decided when it is prepared and again at each execution, since the search_path, the
 * rules or the catalogs can have changed; where that leads to another text, the statement has to be prepared again.
 *
 * @param <R> the raw statement
 */
class BautaPreparedStatement<R extends PreparedStatement> extends ForwardingPreparedStatement<R> {
    private final Prepared prepared;

    /**
     * A text as it was decided when it was prepared, and how to decide it again.
     *
     * @param sent what the raw statement was prepared with
     * @param again decides the same text
     */
    record Prepared(SentText sent, SqlAction<SentText> again) {
        /** The text to send; refuses when it would now be another one. */
        SentText current() throws SQLException {
            SentText now = again.run();
            if (now.sql().equals(sent.sql())) {
                return now;
            }
            throw BautaSQLException.of(
                    RefusalCode.NOT_ANALYSABLE,
                    "the prepared statement was decided under other rules, tables or search_path",
                    "Prepare it again.");
        }
    }

    BautaPreparedStatement(R raw, Wraps wraps, Prepared prepared) {
        super(raw, wraps);
        this.prepared = prepared;
    }

    private <T> T send(SqlAction<T> action) throws SQLException {
        return link().exclusively(() -> run(decided(prepared::current), text -> action.run()));
    }

    /** A prepared statement takes no text: those methods are a way around the one it was prepared with. */
    @Override
    final JdbcText text(String sql, List<String> returning) throws SQLException {
        throw new BautaSQLException(
                "Can't use query methods that take a query string on a PreparedStatement.",
                "42809",
                null,
                0,
                ErrorObjects.NONE);
    }

    @Override
    public ResultSet executeQuery() throws SQLException {
        return send(() -> results(raw().executeQuery()));
    }

    @Override
    public boolean execute() throws SQLException {
        return send(raw()::execute);
    }

    @Override
    public int executeUpdate() throws SQLException {
        return send(raw()::executeUpdate);
    }

    @Override
    public long executeLargeUpdate() throws SQLException {
        return send(raw()::executeLargeUpdate);
    }

    @Override
    public int[] executeBatch() throws SQLException {
        return sendBatch(raw()::executeBatch);
    }

    @Override
    public long[] executeLargeBatch() throws SQLException {
        return sendBatch(raw()::executeLargeBatch);
    }

    private <T> T sendBatch(SqlAction<T> action) throws SQLException {
        link().requireStatement(prepared.sent().sql(), link().pg().writesParametersIntoTexts());
        return send(action);
    }

    // ---- metadata: where all goes by Query messages, the PostgreSQL driver runs the statement to find it out

    @Override
    public ResultSetMetaData getMetaData() throws SQLException {
        link().requireNotSending();
        return runsToDescribe() ? send(super::getMetaData) : super.getMetaData();
    }

    @Override
    public ParameterMetaData getParameterMetaData() throws SQLException {
        link().requireNotSending();
        return runsToDescribe() ? send(super::getParameterMetaData) : super.getParameterMetaData();
    }

    private boolean runsToDescribe() {
        return link().pg().writesParametersIntoTexts();
    }

    // ---- streams: the PostgreSQL driver would read these while it sends, and whatever they did with the connection
    // then would go into the value

    @Override
    public void setBinaryStream(int index, @Nullable InputStream value, int length) throws SQLException {
        super.setBinaryStream(index, read(value, length), length);
    }

    @Override
    public void setBinaryStream(int index, @Nullable InputStream value, long length) throws SQLException {
        super.setBinaryStream(index, read(value, length), length);
    }

    private @Nullable InputStream read(@Nullable InputStream value, long length) throws SQLException {
        if (link().isRaw() || value == null || length < 0 || length > Integer.MAX_VALUE) {
            return value;
        }
        try {
            return new ByteArrayInputStream(value.readNBytes((int) length));
        } catch (IOException e) {
            throw wraps().unreadable(e);
        }
    }

    // ---- large objects: the PostgreSQL driver writes these by fast-path calls

    private void requireLargeObjects() throws SQLException {
        link().requireFeature("large object access");
    }

    private void requireStorable(@Nullable Object value, int type) throws SQLException {
        boolean large = type == Types.BLOB || type == Types.CLOB || type == Types.NCLOB;
        if (large || value instanceof Blob || value instanceof Clob) {
            requireLargeObjects();
        }
    }

    private static int number(SQLType type) {
        return Objects.requireNonNullElse(type.getVendorTypeNumber(), Types.OTHER);
    }

    @Override
    public void setObject(int index, @Nullable Object value) throws SQLException {
        requireStorable(value, Types.OTHER);
        super.setObject(index, value);
    }

    @Override
    public void setObject(int index, @Nullable Object value, int type) throws SQLException {
        requireStorable(value, type);
        super.setObject(index, value, type);
    }

    @Override
    public void setObject(int index, @Nullable Object value, int type, int scaleOrLength) throws SQLException {
        requireStorable(value, type);
        super.setObject(index, value, type, scaleOrLength);
    }

    @Override
    public void setObject(int index, @Nullable Object value, SQLType type) throws SQLException {
        requireStorable(value, number(type));
        super.setObject(index, value, type);
    }

    @Override
    public void setObject(int index, @Nullable Object value, SQLType type, int scaleOrLength) throws SQLException {
        requireStorable(value, number(type));
        super.setObject(index, value, type, scaleOrLength);
    }

    @Override
    public void setNull(int index, int type, @Nullable String name) throws SQLException {
        if (name != null) {
            link().requireSafeType(name);
        }
        super.setNull(index, type, name);
    }

    @Override
    public void setBlob(int index, Blob value) throws SQLException {
        requireLargeObjects();
        super.setBlob(index, value);
    }

    @Override
    public void setBlob(int index, InputStream value) throws SQLException {
        requireLargeObjects();
        super.setBlob(index, value);
    }

    @Override
    public void setBlob(int index, InputStream value, long length) throws SQLException {
        requireLargeObjects();
        super.setBlob(index, value, length);
    }

    @Override
    public void setClob(int index, Clob value) throws SQLException {
        requireLargeObjects();
        super.setClob(index, value);
    }

    @Override
    public void setClob(int index, Reader value) throws SQLException {
        requireLargeObjects();
        super.setClob(index, value);
    }

    @Override
    public void setClob(int index, Reader value, long length) throws SQLException {
        requireLargeObjects();
        super.setClob(index, value, length);
    }

    @Override
    public void setNClob(int index, NClob value) throws SQLException {
        requireLargeObjects();
        super.setNClob(index, value);
    }

    @Override
    public void setNClob(int index, Reader value) throws SQLException {
        requireLargeObjects();
        super.setNClob(index, value);
    }

    @Override
    public void setNClob(int index, Reader value, long length) throws SQLException {
        requireLargeObjects();
        super.setNClob(index, value, length);
    }
}
