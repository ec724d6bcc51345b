package dev.bauta.attacks;

import static dev.bauta.proxy.testing.Frontend.bind;
import static dev.bauta.proxy.testing.Frontend.copyFail;
import static dev.bauta.proxy.testing.Frontend.describePortal;
import static dev.bauta.proxy.testing.Frontend.execute;
import static dev.bauta.proxy.testing.Frontend.message;
import static dev.bauta.proxy.testing.Frontend.parse;
import static dev.bauta.proxy.testing.Frontend.query;
import static dev.bauta.proxy.testing.Frontend.sync;

import dev.bauta.proxy.testing.BackendMessage;
import dev.bauta.proxy.testing.TestClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A way to send a statement and see everything that comes back. */
enum Form {
    /** Query messages to the proxy. */
    SIMPLE {
        @Override
        List<String> answers(Worlds worlds, int world, List<String> statements) throws IOException {
            return overWire(worlds.proxy(), Worlds.ATTACKER, worlds.database(world), statements, SIMPLE);
        }
    },
    /** Parse, Bind, Describe and Execute to the proxy, values as text. */
    EXTENDED {
        @Override
        List<String> answers(Worlds worlds, int world, List<String> statements) throws IOException {
            return overWire(worlds.proxy(), Worlds.ATTACKER, worlds.database(world), statements, EXTENDED);
        }
    },
    /** The same with values in binary. */
    BINARY {
        @Override
        List<String> answers(Worlds worlds, int world, List<String> statements) throws IOException {
            return overWire(worlds.proxy(), Worlds.ATTACKER, worlds.database(world), statements, BINARY);
        }
    },
    /** The JDBC URL. */
    DRIVER {
        @Override
        List<String> answers(Worlds worlds, int world, List<String> statements) throws SQLException {
            try (Connection connection = worlds.throughDriver(world)) {
                List<String> answers = new ArrayList<>();
                for (String statement : statements) {
                    answers.addAll(execution(connection, statement));
                }
                return answers;
            }
        }
    };

    /** A Bind message that asks for all columns in binary. */
    private static final byte[] BIND_BINARY = message('B', new byte[] {0, 0, 0, 0, 0, 0, 0, 1, 0, 1});

    /** Everything that the client sees, one session, in order. */
    abstract List<String> answers(Worlds worlds, int world, List<String> statements) throws IOException, SQLException;

    /** What the server itself answers a user. */
    static List<String> direct(Worlds worlds, int world, String user, List<String> statements) throws IOException {
        return overWire(worlds.server(), user, worlds.database(world), statements, SIMPLE);
    }

    private static List<String> overWire(
            InetSocketAddress address, String user, String database, List<String> statements, Form form)
            throws IOException {
        List<String> answers = new ArrayList<>();
        try (TestClient client = TestClient.login(address, user, database)) {
            for (String statement : statements) {
                client.send(form.messages(statement));
                for (BackendMessage message : client.readUntil('Z')) {
                    answers.add(comparable(message));
                }
            }
        }
        return answers;
    }

    private byte[][] messages(String statement) {
        if (this == SIMPLE) {
            return new byte[][] {query(statement), copyFail("no")};
        }
        byte[] bound = this == BINARY ? BIND_BINARY : bind("", "");
        return new byte[][] {parse("", statement), bound, describePortal(""), execute("", 0), copyFail("no"), sync()};
    }

    /** Without what differs from session to session: process numbers, temporary schemas and the tables in them. */
    private static String comparable(BackendMessage message) {
        return switch (message.type()) {
            case 'A' -> "A" + message.body().substring(Integer.BYTES);
            case 'T' -> "T" + withoutOrigins(message.body());
            default -> message.type() + message.body().replaceAll("pg_temp_[0-9]+", "pg_temp");
        };
    }

    private static String withoutOrigins(String body) {
        StringBuilder fields = new StringBuilder();
        int at = Short.BYTES;
        while (at < body.length()) {
            int end = body.indexOf('\0', at);
            fields.append(body, at, end + 1);
            fields.append(body, end + 1 + Integer.BYTES, end + 1 + Integer.BYTES + 14);
            at = end + 1 + Integer.BYTES + 14;
        }
        return fields.toString();
    }

    /** Rows, counts, warnings and errors of one statement. */
    static List<String> execution(Connection connection, String text) {
        List<String> seen = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            boolean result = statement.execute(text);
            while (result || statement.getUpdateCount() >= 0) {
                if (result) {
                    try (ResultSet rows = statement.getResultSet()) {
                        read(rows, seen);
                    }
                } else {
                    seen.add("count " + statement.getUpdateCount());
                }
                result = statement.getMoreResults();
            }
            for (Throwable warning = statement.getWarnings(); warning != null; warning = warning.getCause()) {
                seen.add(warning.toString());
            }
        } catch (SQLException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                seen.add(cause.toString());
            }
            seen.add(String.valueOf(e.getSQLState()));
        }
        return seen;
    }

    private static void read(ResultSet rows, List<String> seen) throws SQLException {
        int columns = rows.getMetaData().getColumnCount();
        while (rows.next()) {
            String[] row = new String[columns];
            for (int i = 0; i < columns; i++) {
                row[i] = rows.getString(i + 1);
            }
            seen.add(Arrays.toString(row));
        }
    }
}
