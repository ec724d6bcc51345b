package dev.bauta.proxy.verify.connect;

import dev.bauta.engine.Decision;
import dev.bauta.engine.Engine;
import dev.bauta.engine.Session;
import dev.bauta.lexer.LexerSettings;
import dev.bauta.policy.Principal;
import dev.bauta.proxy.postgres.SafePath;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How the masked user's two views are had: what PostgreSQL shows to that user past Bauta, and what Bauta lets that user see. Both
 * are one user's, so that privileges and row security are the same and nothing but Bauta makes a difference. Thread-safe.
 */
public sealed interface UserAccess {
    /** Opens a view past Bauta. */
    Side openRaw() throws SQLException;

    /** Opens a view through Bauta. */
    Side openMasked() throws SQLException;

    /** How, in words. */
    String description();

    /**
     * Properties of the PostgreSQL driver for both views: plain text, since PostgreSQL's values are compared as it writes them, and the
     * keys of keyed masks, so that the server can tell what a mask makes of a value.
     */
    private static Map<String, String> properties(Session session) {
        Map<String, String> properties = new HashMap<>(Map.of("binaryTransfer", "false"));
        String settings = session.startupSettings().entrySet().stream()
                .map(setting -> "-c " + setting.getKey() + "=" + escape(setting.getValue()))
                .collect(Collectors.joining(" "));
        if (!settings.isEmpty()) {
            properties.put("options", settings);
        }
        return properties;
    }

    /** White space ends an option, and a backslash takes away a character's meaning ({@code pg_split_opts}). */
    private static String escape(String value) {
        return value.replaceAll("([\\\\\\s])", "\\\\$1");
    }

    /**
     * Logs in as the masked user, directly and through a proxy.
     *
     * @param engine knows the keys
     * @param login the masked user
     */
    record Proxied(Connections connections, Target target, LocalProxy proxy, Engine engine, Login login)
            implements UserAccess {
        @Override
        public Side openRaw() throws SQLException {
            Session session = engine.open(new Principal(login.user(), target.database()), LexerSettings.JDBC);
            return new Side(
                    connections.open(target.server(), target.database(), login, properties(session)), sql -> sql);
        }

        @Override
        public Side openMasked() throws SQLException {
            Map<String, String> text = Map.of("binaryTransfer", "false");
            return new Side(connections.open(proxy.endpoint(), target.database(), login, text), sql -> sql);
        }

        @Override
        public String description() {
            return "logged in through the proxy";
        }
    }

    /**
     * Lets the owner, who must be a superuser, become the masked user, and decides statements in this process.
     *
     * @param user the masked user
     */
    record Impersonated(Connections connections, Target target, Engine engine, String user) implements UserAccess {
        @Override
        public Side openRaw() throws SQLException {
            return new Side(become(properties(open())), sql -> sql);
        }

        @Override
        public Side openMasked() throws SQLException {
            Session session = open();
            Connection connection = become(properties(session));
            try {
                session.setSearchPath(SafePath.current(connection));
                return new Side(connection, sql -> toServer(session, sql));
            } catch (SQLException e) {
                connection.close();
                throw e;
            }
        }

        private Session open() {
            return engine.open(new Principal(user, target.database()), LexerSettings.JDBC);
        }

        private static String toServer(Session session, String sql) throws SQLException {
            Decision decision = session.decide(sql);
            if (decision instanceof Decision.Refuse refuse) {
                throw new SQLException(
                        refuse.refusal().message(), refuse.refusal().code().sqlState());
            }
            return decision instanceof Decision.Rewrite rewrite ? rewrite.text() : sql;
        }

        private Connection become(Map<String, String> properties) throws SQLException {
            Connection connection = connections.openOwner(target, properties);
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET SESSION AUTHORIZATION " + '"' + user.replace("\"", "\"\"") + '"');
                return connection;
            } catch (SQLException e) {
                connection.close();
                throw e;
            }
        }

        @Override
        public String description() {
            return "by the superuser in the masked user's place, decided in this process";
        }
    }
}
