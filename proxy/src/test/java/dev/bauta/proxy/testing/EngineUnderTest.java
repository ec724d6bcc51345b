package dev.bauta.proxy.testing;

import dev.bauta.catalog.CatalogLoader;
import dev.bauta.engine.Engine;
import dev.bauta.engine.Session;
import dev.bauta.lexer.LexerSettings;
import dev.bauta.policy.Principal;
import dev.bauta.proxy.ProxyServer;
import dev.bauta.proxy.ProxySettings;
import dev.bauta.proxy.session.Limits;
import dev.bauta.proxy.session.SessionFactory;
import dev.bauta.rulefile.RuleFile;
import dev.bauta.rulefile.RuleSet;
import dev.bauta.testing.TestDatabase;
import dev.bauta.yaml.InvalidFileException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** A proxy with the real engine in front of a test database, whose rules a test can replace. */
public final class EngineUnderTest implements SessionFactory, AutoCloseable {
    private final TestDatabase database;
    private final Engine engine;
    private final ProxyServer server;
    private final InetSocketAddress address;
    private final AtomicInteger refreshes = new AtomicInteger();

    private EngineUnderTest(TestDatabase database, String rules, UnaryOperator<ProxySettings> change)
            throws IOException, SQLException {
        this.database = database;
        try (Connection connection = database.connect()) {
            this.engine = Engine.of(parse(rules), CatalogLoader.load(connection));
        }
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        this.server = new ProxyServer(change.apply(ProxySettings.of(any, database.host(), database.port())), this);
        this.address = server.start();
    }

    /** With a database that the script has filled; the user {@code analyst} exists and may read and write all tables. */
    public static EngineUnderTest start(String script, String rules) throws IOException, SQLException {
        return start(script, rules, UnaryOperator.identity());
    }

    /** The same with other settings. */
    public static EngineUnderTest start(String script, String rules, UnaryOperator<ProxySettings> change)
            throws IOException, SQLException {
        TestDatabase database = TestDatabase.create(
                """
                DO $$ BEGIN
                    PERFORM pg_advisory_xact_lock(42);
                    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'analyst') THEN
                        CREATE ROLE analyst LOGIN PASSWORD 'analyst';
                    END IF;
                END $$;
                """
                        + script + "; GRANT ALL ON ALL TABLES IN SCHEMA public TO analyst");
        return new EngineUnderTest(database, rules, change);
    }

    /** Another proxy with an engine of its own in front of the same database. */
    public EngineUnderTest another(String rules, Limits limits) throws IOException, SQLException {
        return new EngineUnderTest(database, rules, settings -> settings.withLimits(limits));
    }

    private static RuleSet parse(String rules) {
        try {
            Path file = Files.createTempFile("rules", ".yaml");
            try {
                Files.writeString(file, rules);
                return RuleFile.load(file);
            } finally {
                Files.delete(file);
            }
        } catch (InvalidFileException e) {
            throw new IllegalArgumentException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Puts other rules in force, and does not tell the server, as if the news were still on its way. */
    public void replaceRulesQuietly(String rules) {
        engine.replaceRules(parse(rules));
    }

    /** Puts other rules in force. */
    public void replaceRules(String rules) {
        replaceRulesQuietly(rules);
        server.onRulesChanged();
    }

    @Override
    public Session open(Principal principal) {
        return engine.open(principal, LexerSettings.SERVER);
    }

    @Override
    public void refreshCatalog() {
        refreshes.incrementAndGet();
        try (Connection connection = database.connect()) {
            if (!CatalogLoader.fingerprint(connection)
                    .equals(engine.policies().catalog().fingerprint())) {
                engine.replaceCatalog(CatalogLoader.load(connection));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How often the catalogs were looked at. */
    public int refreshes() {
        return refreshes.get();
    }

    public ProxyServer server() {
        return server;
    }

    public TestDatabase database() {
        return database;
    }

    /** Where the proxy listens. */
    public int port() {
        return address.getPort();
    }

    /** A client that speaks the protocol byte by byte. */
    public TestClient login(String user) throws IOException {
        return TestClient.login(address, user, database.name());
    }

    /** A client that has sent nothing yet. */
    public TestClient connect() throws IOException {
        return TestClient.connect(address);
    }

    /** A connection of the PostgreSQL driver. */
    public Connection connect(String user, String parameters) throws SQLException {
        String url = "jdbc:postgresql://127.0.0.1:" + address.getPort() + "/" + database.name();
        return DriverManager.getConnection(url + parameters, user, user);
    }

    @Override
    public void close() {
        server.close();
    }
}
