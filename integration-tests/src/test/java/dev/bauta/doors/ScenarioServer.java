package dev.bauta.doors;

import dev.bauta.catalog.CatalogLoader;
import dev.bauta.engine.Engine;
import dev.bauta.engine.Session;
import dev.bauta.lexer.LexerSettings;
import dev.bauta.policy.Principal;
import dev.bauta.proxy.ProxyServer;
import dev.bauta.proxy.ProxySettings;
import dev.bauta.proxy.session.SessionFactory;
import dev.bauta.rulefile.RuleFile;
import dev.bauta.testing.Scenario;
import dev.bauta.testing.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A database with both doors open; that of the scenarios unless another is given. */
public final class ScenarioServer implements AutoCloseable {
    private final TestDatabase database;
    private final Path rules;
    private final ProxyServer proxy;
    private final InetSocketAddress address;

    ScenarioServer() throws Exception {
        this(TestDatabase.create(Scenario.text("catalog.sql")), Scenario.text("rules.yaml"));
    }

    /** Opens the doors to a database under the rules of a file's text. */
    public ScenarioServer(TestDatabase database, String ruleFile) throws Exception {
        this.database = database;
        rules = Files.createTempDirectory("bauta-scenarios").resolve("rules.yaml");
        Files.writeString(rules, ruleFile);
        proxy = new ProxyServer(
                ProxySettings.of(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), database.host(), database.port()),
                new EngineSessions(database, rules));
        address = proxy.start();
    }

    private static final class EngineSessions implements SessionFactory {
        private final TestDatabase database;
        private final Engine engine;

        EngineSessions(TestDatabase database, Path rules) throws Exception {
            this.database = database;
            try (Connection connection = database.connect()) {
                engine = Engine.of(RuleFile.load(rules), CatalogLoader.load(connection));
            }
        }

        @Override
        public Session open(Principal principal) {
            return engine.open(principal, LexerSettings.SERVER);
        }

        @Override
        public void refreshCatalog() {
            try (Connection connection = database.connect()) {
                engine.replaceCatalog(CatalogLoader.load(connection));
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** A connection of the PostgreSQL driver to the proxy. */
    Connection throughProxy(String user, String queryMode) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + address.getPort() + "/" + database.name() + "?preferQueryMode="
                        + queryMode,
                user,
                user);
    }

    /** A connection of Bauta's driver. */
    Connection throughDriver(String user) throws SQLException {
        return DriverManager.getConnection(driverUrl(), user, user);
    }

    /** The URL of Bauta's driver. */
    public String driverUrl() {
        return "jdbc:bauta:" + database.url().substring("jdbc:".length()) + "?bautaRules=" + rules;
    }

    /** Where the proxy listens. */
    public InetSocketAddress address() {
        return address;
    }

    /** The database's name. */
    public String database() {
        return database.name();
    }

    /** A direct connection. */
    Connection direct(String user) throws SQLException {
        return database.connect(user);
    }

    @Override
    public void close() throws IOException {
        proxy.close();
        Files.delete(rules);
        Files.delete(Objects.requireNonNull(rules.getParent()));
    }

    /** The rows of a query as PostgreSQL's text. */
    static java.util.List<java.util.List<@Nullable String>> rows(java.sql.ResultSet result) throws SQLException {
        java.util.List<java.util.List<@Nullable String>> rows = new java.util.ArrayList<>();
        while (result.next()) {
            java.util.List<@Nullable String> row = new java.util.ArrayList<>();
            for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                row.add(result.getString(i));
            }
            rows.add(row);
        }
        return rows;
    }
}
