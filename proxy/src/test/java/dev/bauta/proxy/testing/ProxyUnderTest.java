package dev.bauta.proxy.testing;

import dev.bauta.proxy.ProxyServer;
import dev.bauta.proxy.ProxySettings;
import dev.bauta.testing.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A proxy in front of a test database, with fake sessions. */
public final class ProxyUnderTest implements AutoCloseable {
    private final @Nullable TestDatabase database;
    private final FakeSessions sessions = new FakeSessions();
    private final ProxyServer server;
    private final InetSocketAddress address;

    private ProxyUnderTest(@Nullable TestDatabase database, String host, int port, UnaryOperator<ProxySettings> change)
            throws IOException {
        this.database = database;
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        this.server = new ProxyServer(change.apply(ProxySettings.of(any, host, port)), sessions);
        this.address = server.start();
    }

    /** With a database that the script has filled; the users {@code raw} and {@code masked} exist. */
    public static ProxyUnderTest start(String script) throws IOException {
        return start(script, UnaryOperator.identity());
    }

    /** The same with other settings. */
    public static ProxyUnderTest start(String script, UnaryOperator<ProxySettings> change) throws IOException {
        TestDatabase database = TestDatabase.create(USERS + script);
        return new ProxyUnderTest(database, database.host(), database.port(), change);
    }

    /** In front of another server than the test databases'. */
    public static ProxyUnderTest inFrontOf(String host, int port) throws IOException {
        return inFrontOf(host, port, UnaryOperator.identity());
    }

    /** The same with other settings. */
    public static ProxyUnderTest inFrontOf(String host, int port, UnaryOperator<ProxySettings> change)
            throws IOException {
        return new ProxyUnderTest(null, host, port, change);
    }

    private static final String USERS =
            """
            DO $$ BEGIN
                PERFORM pg_advisory_xact_lock(42);
                IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'masked') THEN
                    CREATE ROLE masked LOGIN SUPERUSER;
                    CREATE ROLE raw LOGIN SUPERUSER;
                END IF;
            END $$;
            """;

    public FakeSessions sessions() {
        return sessions;
    }

    public ProxyServer server() {
        return server;
    }

    public InetSocketAddress address() {
        return address;
    }

    public InetSocketAddress directAddress() {
        return new InetSocketAddress(database().host(), database().port());
    }

    public TestDatabase database() {
        return Objects.requireNonNull(database, "the proxy is in front of another server");
    }

    /** A raw client of the proxy. */
    public TestClient login(String user) throws IOException {
        return TestClient.login(address, user, database().name());
    }

    /** A raw client of the server itself. */
    public TestClient loginDirectly(String user) throws IOException {
        return TestClient.login(directAddress(), user, database().name());
    }

    /** A JDBC connection through the proxy. */
    public Connection connect(String user, String password) throws SQLException {
        return DriverManager.getConnection(jdbcUrl(), user, password);
    }

    /** The JDBC URL of the database through the proxy. */
    public String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + address.getPort() + "/"
                + database().name();
    }

    /** Returns when the server runs this query, which sleeps: it is known as that of a session from the time when it is parsed. */
    public void awaitRunning(String query) throws SQLException {
        try (Connection connection = database().connect();
                Statement statement = connection.createStatement()) {
            Awaitility.await().until(() -> {
                try (ResultSet running = statement.executeQuery("SELECT 1 FROM pg_stat_activity"
                        + " WHERE wait_event = 'PgSleep' AND query = '" + query.replace("'", "''") + "'")) {
                    return running.next();
                }
            });
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
