package dev.bauta.proxy.verify.attack;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Sends an attack over a connection of its own and takes down everything that a JDBC client can see. Stateless. */
final class Client {
    private static final int TIMEOUT_SECONDS = 20;

    private Client() {}

    /**
     * What came back.
     *
     * @param seen every byte of it: values as text and as bytes, labels, warnings, errors with all fields
     * @param rows how many rows the last statement brought
     * @param error true when a statement ended in an error
     */
    record Answer(byte[] seen, int rows, boolean error) {
        /** Not what was seen. */
        @Override
        public String toString() {
            return "Answer[" + rows + " rows, " + (error ? "error" : "no error") + "]";
        }
    }

    /** Sends an attack. @throws SQLException when no connection can be had */
    static Answer send(Door door, Attack attack) throws SQLException {
        Transcript transcript = new Transcript();
        try (Connection connection = door.open()) {
            connection.setAutoCommit(false);
            try {
                if (attack.isCopy()) {
                    copy(connection, attack.statements(), transcript);
                } else {
                    execute(connection, attack.statements(), transcript);
                }
            } catch (SQLException e) {
                transcript.addError(e);
            }
            connection.rollback();
        }
        return transcript.toAnswer();
    }

    private static void copy(Connection connection, List<String> statements, Transcript transcript)
            throws SQLException {
        try {
            connection.unwrap(PGConnection.class).getCopyAPI().copyOut(statements.get(0), transcript.bytes);
        } catch (IOException e) {
            throw new SQLException("the copy broke off", "08006", e);
        }
    }

    private static void execute(Connection connection, List<String> statements, Transcript transcript)
            throws SQLException {
        for (String sql : statements) {
            // A question mark would be a parameter to the driver; none of the statements has one.
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setQueryTimeout(TIMEOUT_SECONDS);
                statement.execute();
                transcript.rows = 0;
                try (ResultSet result = statement.getResultSet()) {
                    if (result != null) {
                        transcript.addRows(result);
                    }
                }
                for (SQLWarning w = statement.getWarnings(); w != null; w = w.getNextWarning()) {
                    transcript.add(w);
                }
            }
        }
    }

    /** What has come back so far. */
    private static final class Transcript {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private int rows;
        private boolean error;

        void addRows(ResultSet result) throws SQLException {
            ResultSetMetaData columns = result.getMetaData();
            for (int column = 1; column <= columns.getColumnCount(); column++) {
                add(columns.getColumnLabel(column));
            }
            while (result.next()) {
                rows++;
                for (int column = 1; column <= columns.getColumnCount(); column++) {
                    add(String.valueOf(result.getString(column)));
                    byte[] value = result.getBytes(column);
                    bytes.writeBytes(value == null ? new byte[0] : value);
                    bytes.write('\n');
                }
            }
        }

        void addError(SQLException e) {
            error = true;
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                add(String.valueOf(cause));
                if (cause instanceof SQLException sql) {
                    add(sql);
                }
            }
        }

        void add(SQLException e) {
            add(String.valueOf(e.getMessage()));
            ServerErrorMessage server = e instanceof PSQLException ours ? ours.getServerErrorMessage() : null;
            if (server != null) {
                add(server + "\n" + server.getDetail() + "\n" + server.getWhere() + "\n" + server.getInternalQuery());
            }
        }

        private void add(String text) {
            bytes.writeBytes((text + "\n").getBytes(StandardCharsets.UTF_8));
        }

        Answer toAnswer() {
            return new Answer(bytes.toByteArray(), rows, error);
        }
    }
}
