package dev.bauta.proxy.verify.connect;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;

/** One way of seeing the database: past Bauta, or through it. Its transactions are read-only. Not thread-safe. */
public final class Side implements AutoCloseable {
    /** How many rows are fetched at a time, so that no table is ever held in memory. */
    private static final int FETCH = 1_000;

    private final Connection connection;
    private final Reading reading;

    /** Decides what becomes of a text on its way to the server. */
    public interface Reading {
        /**
         * The text that goes to the server.
         *
         * @throws SQLException with the refusal's SQLSTATE and message when none may go
         */
        String toServer(String sql) throws SQLException;
    }

    /** What is done with a result. */
    public interface ResultReader<T> {
        /** Reads it from its first row on. */
        T read(ResultSet result) throws SQLException;
    }

    /** @param connection closed with this side */
    public Side(Connection connection, Reading reading) throws SQLException {
        this.connection = connection;
        this.reading = reading;
        connection.setAutoCommit(false);
    }

    /** Starts a transaction of its own snapshot. @return the snapshot's name, for another side to share */
    public String begin() throws SQLException {
        beginTransaction();
        return query("SELECT pg_catalog.pg_export_snapshot()", result -> {
            result.next();
            return result.getString(1);
        });
    }

    /** Starts a transaction that sees what another one sees, which must still be open. */
    public void beginLike(String snapshot) throws SQLException {
        beginTransaction();
        execute("SET TRANSACTION SNAPSHOT '" + snapshot + "'");
    }

    private void beginTransaction() throws SQLException {
        connection.rollback();
        execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
    }

    /** Runs a query. */
    public <T> T query(String sql, ResultReader<T> reader) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setFetchSize(FETCH);
            try (ResultSet result = statement.executeQuery(reading.toServer(sql))) {
                return reader.read(result);
            }
        }
    }

    /** The whole number that a query answers with. */
    public long number(String sql) throws SQLException {
        return query(sql, result -> {
            result.next();
            return result.getLong(1);
        });
    }

    /** The texts in the first column of a query's answer. */
    public Set<String> texts(String sql) throws SQLException {
        return query(sql, result -> {
            Set<String> texts = new java.util.LinkedHashSet<>();
            while (result.next()) {
                texts.add(result.getString(1));
            }
            return texts;
        });
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(reading.toServer(sql));
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
