package dev.bauta.mustwork;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** All that an application sees of one text through JDBC. */
final class JdbcAnswer {
    private JdbcAnswer() {}

    /** Columns, rows, counts, warnings, and the error that ended it. */
    static List<String> lines(Connection connection, String sql) {
        List<String> seen = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            boolean returnsRows = statement.execute(sql);
            while (returnsRows || statement.getUpdateCount() >= 0) {
                if (returnsRows) {
                    rows(statement, seen);
                } else {
                    seen.add("count " + statement.getUpdateCount());
                }
                returnsRows = statement.getMoreResults();
            }
            for (SQLWarning warning = statement.getWarnings(); warning != null; warning = warning.getNextWarning()) {
                seen.add("warning " + warning.getSQLState() + " " + firstLine(warning));
            }
        } catch (SQLException e) {
            seen.add("error " + e.getSQLState() + " " + firstLine(e));
        }
        return seen;
    }

    /** Not the detail, which is withheld. */
    private static String firstLine(SQLException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    private static void rows(Statement statement, List<String> seen) throws SQLException {
        try (ResultSet result = statement.getResultSet()) {
            ResultSetMetaData description = result.getMetaData();
            for (int i = 1; i <= description.getColumnCount(); i++) {
                seen.add("column %s %s(%d,%d)"
                        .formatted(
                                description.getColumnLabel(i),
                                description.getColumnTypeName(i),
                                description.getPrecision(i),
                                description.getScale(i)));
            }
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= description.getColumnCount(); i++) {
                    row.add(String.valueOf(result.getString(i)));
                }
                seen.add("row " + row);
            }
        }
    }
}
