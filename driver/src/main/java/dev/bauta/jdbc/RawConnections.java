package dev.bauta.jdbc;

import dev.bauta.engine.Session;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import org.postgresql.PGProperty;
import org.postgresql.core.BaseConnection;

/**
 * Opens connections of the PostgreSQL driver. Errors name neither keys nor passwords: the server can quote the startup
 * options in its answer.
 */
final class RawConnections {
    private RawConnections() {}

    /**
     * Opens the application's connection, with the session's secret settings in its startup message. Of a masked session the PostgreSQL driver
     * itself closes the connection where the server tells of another client_encoding than UTF8.
     */
    static BaseConnection open(BautaUrl target, Session session) throws SQLException {
        Properties properties = target.driverProperties();
        if (!session.isRaw()) {
            PGProperty.ALLOW_ENCODING_CHANGES.set(properties, false);
        }
        Map<String, String> settings = session.startupSettings();
        if (!settings.isEmpty()) {
            properties.setProperty("options", StartupOptions.options(properties.getProperty("options"), settings));
        }
        try {
            return connect(target, properties);
        } catch (SQLException e) {
            throw settings.isEmpty() ? e : new SQLException(withoutSecrets(e, settings), e.getSQLState());
        }
    }

    /** Opens a connection to read the catalogs, with nothing of the application's own settings. */
    static BaseConnection openForCatalogs(BautaUrl target) throws SQLException {
        Properties properties = target.driverProperties();
        for (String name : new String[] {"options", "currentSchema", "replication", "readOnly", "autosave"}) {
            properties.remove(name);
        }
        properties.setProperty("ApplicationName", "Bauta catalogs");
        return connect(target, properties);
    }

    private static BaseConnection connect(BautaUrl target, Properties properties) throws SQLException {
        Connection raw = new org.postgresql.Driver().connect(target.url(), properties);
        if (raw instanceof BaseConnection connection) {
            return connection;
        }
        throw new SQLException("The PostgreSQL driver does not accept the URL.", "08001");
    }

    private static String withoutSecrets(SQLException e, Map<String, String> settings) {
        String message = String.valueOf(e.getMessage());
        boolean secret =
                message.contains("bauta.") || settings.values().stream().anyMatch(message::contains);
        return secret ? "The server does not accept the startup message." : message;
    }
}
