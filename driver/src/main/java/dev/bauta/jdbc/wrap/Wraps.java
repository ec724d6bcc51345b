package dev.bauta.jdbc.wrap;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.NClob;
import java.sql.ParameterMetaData;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.SQLXML;
import java.sql.Savepoint;
import java.sql.Statement;
import java.sql.Struct;
import java.util.Arrays;
import java.util.Date;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.ByteStreamWriter;
import org.postgresql.util.GT;
import org.postgresql.util.PGobject;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;

/** Puts wrappers around what comes out of the PostgreSQL driver and takes them off what goes in; one per connection. */
final class Wraps {
    private final SessionLink link;
    private @Nullable Connection connection;

    Wraps(SessionLink link) {
        this.link = link;
    }

    SessionLink link() {
        return link;
    }

    void setConnection(Connection connection) {
        this.connection = connection;
    }

    Connection connection() {
        return Objects.requireNonNull(connection);
    }

    SQLException translate(SQLException e) {
        return link.translate(e);
    }

    /**
     * Wraps a raw object; plain values (numbers, strings, {@code PGobject} and its kin) come back as they are.
     *
     * @param owner the wrapper whose raw object gave the value
     */
    @SuppressWarnings("unchecked")
    <T> @Nullable T wrap(@Nullable T value, Object owner) throws SQLException {
        return (T) wrapped(value, owner);
    }

    /** What nearly every value is, or is wrapped already. */
    private static boolean isPlain(Object value) {
        return value instanceof String
                || value instanceof Number
                || value instanceof Date
                || value instanceof Boolean
                || value instanceof Wrapped;
    }

    private @Nullable Object wrapped(@Nullable Object value, Object owner) throws SQLException {
        if (value == null || isPlain(value)) {
            return value;
        }
        if (value instanceof Object[] elements) {
            return wrapElements(elements, owner);
        }
        if (value instanceof Connection) {
            return connection();
        }
        if (value instanceof Statement statement) {
            return wrapStatement(statement);
        }
        if (value instanceof ResultSet results) {
            return wrapResults(results, owner);
        }
        if (value instanceof SQLWarning warning) {
            return link.translateWarnings(warning);
        }
        return wrapSmall(value);
    }

    private Object wrapResults(ResultSet results, Object owner) throws SQLException {
        if (owner instanceof BautaCallableStatement || owner instanceof BautaResultSet) {
            link.requireCurrentCursors(); // The value was the name of a cursor.
        }
        if (owner instanceof BautaStatement<?> statement) {
            return statement.results(results);
        }
        ResultSet shown = owner instanceof BautaDatabaseMetaData ? link.metadata(results) : link.guarded(results);
        return new BautaResultSet(shown, this, null, SentText.NOTHING);
    }

    /** Escapes are translated before a text is decided, and not once more behind it. */
    private Object wrapStatement(Statement statement) throws SQLException {
        if (!link.isRaw()) {
            statement.setEscapeProcessing(false);
        }
        return new BautaStatement<>(statement, this);
    }

    private @Nullable Object wrapSmall(Object value) throws SQLException {
        if (value instanceof DatabaseMetaData metaData) {
            return new BautaDatabaseMetaData(metaData, this);
        } else if (value instanceof ResultSetMetaData metaData) {
            return new ForwardingResultSetMetaData(metaData, this);
        } else if (value instanceof ParameterMetaData metaData) {
            return new ForwardingParameterMetaData(metaData, this);
        } else if (value instanceof Array array) {
            return new BautaArray(array, this);
        } else if (value instanceof SQLXML xml) {
            return new ForwardingSQLXML(xml, this);
        } else if (value instanceof Savepoint savepoint) {
            return new ForwardingSavepoint(savepoint, this);
        } else if (value instanceof RowId rowId) {
            return new ForwardingRowId(rowId, this);
        } else if (value instanceof Struct struct) {
            return new ForwardingStruct(struct, this);
        } else if (value instanceof Ref ref) {
            return new ForwardingRef(ref, this);
        }
        return value instanceof Blob || value instanceof Clob ? wrapLargeObject(value) : value;
    }

    /** A LOB of PostgreSQL's driver reads a large object by fast-path calls, which the engine never sees. */
    private Object wrapLargeObject(Object value) throws SQLException {
        link.requireFeature("large object access");
        if (value instanceof NClob clob) {
            return new ForwardingNClob(clob, this);
        } else if (value instanceof Clob clob) {
            return new ForwardingClob(clob, this);
        }
        return new ForwardingBlob((Blob) value, this);
    }

    /** In place: the array was made for this call. */
    private Object[] wrapElements(@Nullable Object[] elements, Object owner) throws SQLException {
        for (int i = 0; i < elements.length; i++) {
            Object element = elements[i];
            Object wrapped = wrapped(element, owner);
            if (wrapped != element) {
                elements[i] = wrapped;
            }
        }
        return elements;
    }

    /** The raw object behind one of ours; anything else comes back as it is. Refuses values of types that call unsafe functions. */
    @SuppressWarnings("unchecked")
    <T> @Nullable T unwrap(@Nullable T value) throws SQLException {
        if (value instanceof Wrapped<?> wrapped) {
            return (T) (link.isRaw() ? wrapped.raw() : checked(wrapped));
        }
        if (value instanceof Object[] elements) {
            return (T) unwrapElements(elements);
        }
        if (link.isRaw()) {
            return value;
        }
        if (value instanceof ByteStreamWriter writer) {
            return (T) written(writer);
        }
        if (value instanceof Map) {
            link.requireSafeType("hstore"); // The PostgreSQL driver sends it as what is found by that name.
        }
        if (value instanceof Savepoint) {
            // The PostgreSQL driver's class for them can be extended by one that tells more than a name.
            link.requireFeature("a savepoint that the connection has not set");
        }
        return value instanceof PGobject || value instanceof Array ? (T) checked(value) : value;
    }

    /** An array has come from the server under another search_path, or from another one, by which its type's name meant something else. */
    private Object checked(Wrapped<?> wrapped) throws SQLException {
        if (wrapped.raw() instanceof Array array) {
            requireSafeArray(array.getBaseTypeName());
        }
        return wrapped.raw();
    }

    private void requireSafeArray(String elementType) throws SQLException {
        if (!link.requireSafeArray(elementType)) {
            throw unknown(elementType);
        }
    }

    /** What the PostgreSQL driver says, which must not look again, when it could find the type. */
    private static SQLException unknown(String type) {
        return new PSQLException(GT.tr("Unknown type {0}.", type), PSQLState.INVALID_PARAMETER_TYPE);
    }

    /** With the type that was found to be safe, whatever the application makes of its own object meanwhile. */
    private Object checked(Object value) throws SQLException {
        if (value instanceof Array foreign) {
            String type = foreign.getBaseTypeName();
            requireSafeArray(type);
            return new TypedArray(foreign, this, type);
        }
        PGobject typed = (PGobject) value;
        String type = typed.getType();
        if (type != null && !link.requireSafeType(type)) {
            throw unknown(type);
        }
        PGobject copy = new PGobject();
        copy.setType(type);
        copy.setValue(typed.getValue());
        return copy;
    }

    /** What it writes; the PostgreSQL driver would have it write while it sends, with whatever it does with the connection then. */
    private Object written(ByteStreamWriter writer) throws SQLException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            writer.writeTo(() -> bytes);
        } catch (IOException e) {
            throw unreadable(e);
        }
        return ByteStreamWriter.of(ByteBuffer.wrap(bytes.toByteArray()));
    }

    /** What the PostgreSQL driver says where a value cannot be read. */
    SQLException unreadable(IOException e) {
        return translate(new PSQLException(
                GT.tr("Unable to bind parameter values for statement."), PSQLState.INVALID_PARAMETER_VALUE, e));
    }

    private Object[] unwrapElements(@Nullable Object[] elements) throws SQLException {
        if (Arrays.stream(elements).noneMatch(e -> e instanceof Wrapped || e instanceof Object[])) {
            return elements;
        }
        @Nullable Object[] copy = Arrays.copyOf(elements, elements.length);
        for (int i = 0; i < copy.length; i++) {
            copy[i] = unwrap(copy[i]);
        }
        return copy;
    }
}
