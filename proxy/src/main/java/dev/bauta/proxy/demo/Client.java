package dev.bauta.proxy.demo;

import java.io.IOException;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Sends hostile statements and writes down everything that comes back. Each goes over a connection of its own. Thread-safe. */
final class Client {
    /** Denied by policy, and not analysable. */
    private static final Set<String> REFUSALS = Set.of("42501", "0A000");

    private final String url;
    private final String user;

    /** @param user whose password is the same as the name */
    Client(String url, String user) {
        this.url = url;
        this.user = user;
    }

    /** Sends a statement. @throws SQLException when no connection can be had */
    Answer ask(HostileStatement hostile) throws SQLException {
        try (Connection connection = connect(hostile.way())) {
            Transcript transcript = new Transcript();
            try {
                connection.setAutoCommit(false);
                send(connection, hostile, transcript);
            } catch (SQLException e) {
                transcript.addError(e);
            } catch (IOException e) {
                throw new SQLException(e);
            }
            return transcript.toAnswer();
        }
    }

    private Connection connect(HostileStatement.Way way) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", user);
        properties.setProperty("preferQueryMode", way == HostileStatement.Way.SIMPLE ? "simple" : "extended");
        return DriverManager.getConnection(url, properties);
    }

    private static void send(Connection connection, HostileStatement hostile, Transcript transcript)
            throws SQLException, IOException {
        switch (hostile.way()) {
            case SIMPLE -> sendSimple(connection, hostile, transcript);
            case BOUND -> sendBound(connection, hostile, transcript);
            case COPY -> {
                StringWriter copy = new StringWriter();
                connection
                        .unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyOut(hostile.sql().get(0), copy);
                transcript.addLines(copy.toString());
            }
        }
    }

    private static void sendSimple(Connection connection, HostileStatement hostile, Transcript transcript)
            throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : hostile.sql()) {
                statement.execute(sql);
                transcript.addResult(statement);
            }
        }
    }

    private static void sendBound(Connection connection, HostileStatement hostile, Transcript transcript)
            throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(hostile.sql().get(0))) {
            for (int i = 0; i < hostile.parameters().size(); i++) {
                statement.setString(i + 1, hostile.parameters().get(i));
            }
            statement.execute();
            transcript.addResult(statement);
        }
    }

    /** What came back so far. */
    private static final class Transcript {
        private final StringBuilder text = new StringBuilder();
        private String first = "";
        private int rows;
        private @Nullable String error;

        void addResult(Statement statement) throws SQLException {
            ResultSet result = statement.getResultSet();
            if (result != null) {
                addRows(result);
            }
            for (SQLWarning warning = statement.getWarnings(); warning != null; warning = warning.getNextWarning()) {
                addError(warning, text);
            }
        }

        private void addRows(ResultSet result) throws SQLException {
            ResultSetMetaData columns = result.getMetaData();
            for (int column = 1; column <= columns.getColumnCount(); column++) {
                text.append(columns.getColumnLabel(column)).append('\n');
            }
            while (result.next()) {
                StringBuilder row = new StringBuilder();
                for (int column = 1; column <= columns.getColumnCount(); column++) {
                    row.append(column == 1 ? "" : " | ").append(result.getString(column));
                }
                addRow(row.toString());
            }
        }

        void addLines(String lines) {
            lines.lines().forEach(this::addRow);
        }

        private void addRow(String row) {
            first = rows == 0 ? row : first;
            text.append(row).append('\n');
            rows++;
        }

        void addError(SQLException e) {
            addError(e, text);
            String message = e.getMessage();
            String line = message == null ? "" : message.lines().findFirst().orElse("");
            String start = REFUSALS.contains(String.valueOf(e.getSQLState())) ? "refused: " : "error: ";
            error = start + line.replaceFirst("^ERROR: ", "");
        }

        private static void addError(SQLException e, StringBuilder text) {
            text.append(e.getMessage()).append('\n');
            ServerErrorMessage server = e instanceof PSQLException ours ? ours.getServerErrorMessage() : null;
            if (server != null) {
                text.append(server).append('\n');
                text.append(server.getDetail()).append('\n').append(server.getWhere());
                text.append('\n').append(server.getInternalQuery()).append('\n');
            }
        }

        Answer toAnswer() {
            return new Answer(text.toString(), rows, first, Optional.ofNullable(error));
        }
    }
}
