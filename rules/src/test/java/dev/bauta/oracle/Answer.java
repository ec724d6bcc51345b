package dev.bauta.oracle;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * All that a client sees of one statement's result. Values are PostgreSQL's texts.
 *
 * @param columns label, type, precision and scale of each column
 * @param rows the rows
 * @param count how many rows were written, -1 for a statement that returns rows
 * @param error the SQLSTATE, null when all went well
 */
record Answer(List<String> columns, List<List<@Nullable String>> rows, int count, @Nullable String error) {
    /** Runs a statement in a transaction that is rolled back. */
    static Answer of(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            boolean returnsRows = statement.execute(sql);
            return returnsRows ? read(statement) : new Answer(List.of(), List.of(), statement.getUpdateCount(), null);
        } catch (SQLException e) {
            return new Answer(List.of(), List.of(), -1, e.getSQLState());
        } finally {
            connection.rollback();
        }
    }

    private static Answer read(Statement statement) throws SQLException {
        try (ResultSet result = statement.getResultSet()) {
            ResultSetMetaData description = result.getMetaData();
            List<String> columns = new ArrayList<>();
            for (int i = 1; i <= description.getColumnCount(); i++) {
                columns.add("%s %s(%d,%d)"
                        .formatted(
                                description.getColumnLabel(i),
                                description.getColumnTypeName(i),
                                description.getPrecision(i),
                                description.getScale(i)));
            }
            List<List<@Nullable String>> rows = new ArrayList<>();
            while (result.next()) {
                List<@Nullable String> row = new ArrayList<>();
                for (int i = 1; i <= columns.size(); i++) {
                    row.add(result.getString(i));
                }
                rows.add(row);
            }
            return new Answer(columns, rows, -1, null);
        }
    }

    /** The answer to compare: rows in the order that the statement asks for, or in one of their own where it asks for none. */
    Answer comparable(String sql) {
        boolean ordered = sql.toLowerCase(Locale.ROOT).lastIndexOf("order by") > sql.lastIndexOf(')');
        if (ordered) {
            return this;
        }
        List<List<@Nullable String>> sorted = new ArrayList<>(rows);
        sorted.sort((a, b) -> String.valueOf(a).compareTo(String.valueOf(b)));
        return new Answer(columns, sorted, count, error);
    }
}
