package dev.bauta.proxy.discovery;

import dev.bauta.catalog.QualifiedName;
import dev.bauta.catalog.SqlNames;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Reads a few rows of a table: of a large one from pages picked at random, so that no table is read as a whole. The session reads
 * only, waits for no lock for long, and gives up on a table after a while. Not thread-safe.
 */
final class Sampler {
    /** Tables with more rows than so many times the sample are sampled by page. */
    private static final int LARGE = 20;
    /** Pages for more rows than are needed, as rows lie close on some pages and apart on others. */
    private static final int SPARE = 5;

    private final Connection connection;
    private final int rows;

    /** Receives the values that are not NULL. */
    interface ValueReader {
        void read(int column, String value);
    }

    /**
     * Prepares the session.
     *
     * @param connection a connection of its own, in autocommit mode
     * @param rows how many rows to read of a table
     * @param patience how long one table may take
     */
    Sampler(Connection connection, int rows, Duration patience) throws SQLException {
        this.connection = connection;
        this.rows = rows;
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    """
                    SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY;
                    SET statement_timeout = %d;
                    SET lock_timeout = '1s';
                    SET search_path = pg_catalog, pg_temp;
                    SET DateStyle = ISO;
                    SET IntervalStyle = postgres
                    """
                            .formatted(patience.toMillis()));
        }
    }

    /**
     * Reads a sample of some columns.
     *
     * @param estimatedRows how many rows the table has, as the planner knows, -1 for unknown
     */
    void read(QualifiedName table, List<CandidateColumn> columns, double estimatedRows, ValueReader reader)
            throws SQLException {
        String select = columns.stream().map(Sampler::expression).collect(Collectors.joining(", ", "SELECT ", ""))
                + " FROM " + table.sql() + " AS r";
        boolean large = estimatedRows > (double) rows * LARGE;
        if (!large || !sample(select + sampled(estimatedRows), columns.size(), reader)) {
            run(select, columns.size(), reader);
        }
    }

    /** False where nothing was found, or the table has no pages to sample: a foreign one, or one with foreign partitions. */
    private boolean sample(String select, int columns, ValueReader reader) throws SQLException {
        try {
            return run(select, columns, reader);
        } catch (SQLException e) {
            if ("0A000".equals(e.getSQLState()) || "42809".equals(e.getSQLState())) {
                return false;
            }
            throw e;
        }
    }

    private String sampled(double estimatedRows) {
        double percent = Math.min(100, 100.0 * rows * SPARE / estimatedRows);
        return " TABLESAMPLE SYSTEM (" + new BigDecimal(percent).toPlainString() + ")";
    }

    private boolean run(String select, int columns, ValueReader reader) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(select + " LIMIT " + rows)) {
            boolean found = false;
            while (row.next()) {
                found = true;
                for (int column = 0; column < columns; column++) {
                    String value = row.getString(column + 1);
                    if (value != null) {
                        reader.read(column, value);
                    }
                }
            }
            return found;
        }
    }

    /** As text, cut on the server so that no huge value travels; of an array the first element stands for all. */
    private static String expression(CandidateColumn column) {
        String reference = "r." + SqlNames.quote(column.name());
        String one = column.family() == TypeFamily.TEXT_ARRAY ? "(" + reference + ")[1]" : reference;
        return "pg_catalog.left(" + one + "::pg_catalog.text, " + ColumnSample.LONGEST + ")";
    }
}
