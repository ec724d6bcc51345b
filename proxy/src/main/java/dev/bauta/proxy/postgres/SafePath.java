package dev.bauta.proxy.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;

/** The search_path in which nobody but a superuser can have put anything. */
public final class SafePath {
    private SafePath() {}

    /** Sets it for the session of a connection that has just been opened, and closes the connection where that fails. */
    public static Connection in(Connection opened) throws SQLException {
        try {
            set(opened);
            return opened;
        } catch (SQLException e) {
            opened.close();
            throw e;
        }
    }

    /** Sets it for the session. */
    public static void set(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET search_path = pg_catalog, pg_temp");
        }
    }

    /** The schemas in which the session looks for unqualified names. */
    public static List<String> current(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT pg_catalog.current_schemas(true)")) {
            result.next();
            return Arrays.asList((String[]) result.getArray(1).getArray());
        }
    }

    /** The session's setting as it is. */
    public static String setting(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT pg_catalog.current_setting('search_path')")) {
            result.next();
            return result.getString(1);
        }
    }
}
