package dev.bauta.catalog;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.List;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

/**
 * One repeatable-read, read-only transaction over the catalogs, in which no object or setting of the session can change
 * what a query means. Closing it rolls back, which also undoes the settings, and leaves the connection as it was. Not
 * thread-safe.
 */
final class CatalogTransaction implements AutoCloseable {
    /** pg_temp is named last, since it would be searched first if it were not named. */
    private static final String SETTINGS =
            """
            SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY;
            SET LOCAL search_path = pg_catalog, pg_temp;
            SET LOCAL quote_all_identifiers = off;
            SET LOCAL jit = off
            """;

    private final Connection connection;
    private final boolean autoCommit;

    private CatalogTransaction(Connection connection) throws SQLException {
        this.connection = connection;
        this.autoCommit = connection.getAutoCommit();
    }

    /** Receives the rows of a result one by one. */
    interface RowReader {
        void read(ResultSet row) throws SQLException;
    }

    /**
     * Starts the transaction.
     *
     * @throws SQLException with SQLSTATE 25001 when the connection is already in a transaction
     */
    static CatalogTransaction begin(Connection connection) throws SQLException {
        CatalogTransaction transaction = of(connection);
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute(SETTINGS);
            return transaction;
        } catch (SQLException e) {
            try {
                transaction.close();
            } catch (SQLException suppressed) {
                e.addSuppressed(suppressed);
            }
            throw e;
        }
    }

    private static CatalogTransaction of(Connection connection) throws SQLException {
        if (isInTransaction(connection)) {
            throw new SQLException("the catalogs cannot be read inside another transaction", "25001");
        }
        return new CatalogTransaction(connection);
    }

    private static boolean isInTransaction(Connection connection) throws SQLException {
        return connection.unwrap(BaseConnection.class).getTransactionState() != TransactionState.IDLE;
    }

    /**
     * Runs queries without parameters, each in such a transaction of its own, all in one round trip.
     *
     * @throws SQLException with SQLSTATE 25001 when the connection is already in a transaction
     */
    static void queryEach(Connection connection, List<String> queries, RowReader reader) throws SQLException {
        StringBuilder text = new StringBuilder();
        for (String query : queries) {
            text.append("BEGIN;\n").append(SETTINGS).append(";\n").append(query).append(";\nROLLBACK;\n");
        }
        try (CatalogTransaction transactions = of(connection)) {
            transactions.queryEach(text.toString(), reader);
        }
    }

    private void queryEach(String text, RowReader reader) throws SQLException {
        connection.setAutoCommit(true);
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            boolean rows = statement.execute(text);
            while (rows || statement.getUpdateCount() >= 0) {
                if (rows) {
                    read(statement.getResultSet(), reader);
                }
                rows = statement.getMoreResults();
            }
        }
    }

    private static void read(ResultSet rows, RowReader reader) throws SQLException {
        while (rows.next()) {
            reader.read(rows);
        }
    }

    /** Runs a query, whose parameters are all strings. */
    void query(String sql, RowReader reader, String... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                read(rows, reader);
            }
        }
    }

    /** Runs a command, after whose failure the transaction can go on. */
    void attempt(String sql) throws SQLException {
        Savepoint before = connection.setSavepoint();
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(sql);
        } catch (SQLException e) {
            connection.rollback(before);
            throw e;
        }
        connection.releaseSavepoint(before);
    }

    @Override
    public void close() throws SQLException {
        if (!connection.getAutoCommit()) {
            connection.rollback();
        } else if (isInTransaction(connection)) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("ROLLBACK");
            }
        }
        connection.setAutoCommit(autoCommit);
    }

    /** An oid as the driver's field descriptions give it: the unsigned number in the bits of an int. */
    static int oid(ResultSet row, int column) throws SQLException {
        return (int) row.getLong(column);
    }
}
