package dev.bauta.proxy.verify.connect;

import dev.bauta.proxy.postgres.Endpoint;
import dev.bauta.proxy.postgres.PostgresServers;
import dev.bauta.proxy.postgres.SafePath;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Opens connections and remembers them, so that all can be broken off at once when the verification is told to end. Thread-safe.
 */
public final class Connections {
    private static final String CONNECT_SECONDS = "10";

    private final String applicationName;
    private final Set<Connection> open = ConcurrentHashMap.newKeySet();
    private volatile boolean aborted;

    /** @param applicationName what the server shows as each connection's application */
    public Connections(String applicationName) {
        this.applicationName = applicationName;
    }

    /** What the server shows as each connection's application. */
    public String applicationName() {
        return applicationName;
    }

    /** Opens a connection to the server, encrypted as it is configured. */
    public Connection open(PostgresServers servers, String database, Login login, Map<String, String> properties)
            throws SQLException {
        Map<String, String> all = new HashMap<>(servers.properties());
        all.putAll(properties);
        return open("jdbc:postgresql://" + servers.jdbcHosts() + "/" + encode(database), login, all);
    }

    /** Opens a connection of the owner's, in a search_path in which nobody but a superuser can have put anything. */
    public Connection openOwner(Target target, Map<String, String> properties) throws SQLException {
        return SafePath.in(open(target.server(), target.database(), target.owner(), properties));
    }

    /** Opens a connection to a port of this machine. */
    public Connection open(Endpoint server, String database, Login login, Map<String, String> properties)
            throws SQLException {
        return open("jdbc:postgresql://" + server + "/" + encode(database), login, properties);
    }

    /**
     * Opens a connection to a URL.
     *
     * @param properties of the PostgreSQL driver, such as {@code options}; may hold secrets
     */
    public Connection open(String url, Login login, Map<String, String> properties) throws SQLException {
        Properties all = new Properties();
        all.setProperty("user", login.user());
        all.setProperty("password", login.password().value());
        all.setProperty("ApplicationName", applicationName);
        all.setProperty("connectTimeout", CONNECT_SECONDS);
        all.setProperty("tcpKeepAlive", "true");
        properties.forEach(all::setProperty);
        try {
            return remember(DriverManager.getConnection(url, all));
        } catch (SQLException e) {
            throw new SQLException(withoutSecrets(e, properties), e.getSQLState());
        }
    }

    /** The server can quote the startup options, in which keys may stand. */
    private static String withoutSecrets(SQLException e, Map<String, String> properties) {
        String message = String.valueOf(e.getMessage());
        boolean secret = message.contains("bauta.")
                || properties.containsKey("options") && message.contains(properties.getOrDefault("options", ""));
        return secret ? "the server does not accept the startup message" : message;
    }

    private Connection remember(Connection connection) throws SQLException {
        open.removeIf(Connections::isClosed);
        open.add(connection);
        if (aborted) {
            connection.abort(Runnable::run);
            throw new SQLException("the verification has ended", "57014");
        }
        return connection;
    }

    private static boolean isClosed(Connection connection) {
        try {
            return connection.isClosed();
        } catch (SQLException e) {
            return true;
        }
    }

    /** Breaks off all connections, those included that will be opened. What waits for an answer fails at once. */
    public void abort() {
        aborted = true;
        for (Connection connection : List.copyOf(open)) {
            try {
                connection.abort(Runnable::run);
            } catch (SQLException e) {
                // It is closed already.
                open.remove(connection);
            }
        }
    }

    /** A database's name as a part of a URL. */
    public static String encode(String name) {
        return java.net.URLEncoder.encode(name, java.nio.charset.StandardCharsets.UTF_8);
    }
}
