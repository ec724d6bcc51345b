package dev.bauta.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A database of its own on a PostgreSQL server that all tests of one JVM share. The server is an embedded one, or a container
 * where the system property {@code bauta.test.containers} is {@code true}, or of the programs in the directory that {@code bauta.test.programs}
 * names; it ends with the JVM. It vacuums nothing by itself: statistics and plans of databases that are compared would differ for a while.
 */
public final class TestDatabase {
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static @Nullable Server server;

    private final String name;

    private TestDatabase(String name) {
        this.name = name;
    }

    /** Where the server listens, and its superuser {@code postgres}, who needs no password. */
    private record Server(String host, int port) {}

    /** Creates an empty database. */
    public static TestDatabase create() {
        return createFrom("template1");
    }

    /** Creates a copy, in which everything has the same OIDs. Nobody may be connected to this database meanwhile. */
    public TestDatabase copy() {
        return createFrom(name);
    }

    private static TestDatabase createFrom(String template) {
        String name = "test_" + COUNT.incrementAndGet();
        try (Connection connection = DriverManager.getConnection(url("postgres"), "postgres", "postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name + " TEMPLATE " + template);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return new TestDatabase(name);
    }

    /** Drops the database and ends the sessions in it. Not needed, but many databases take long to clear away at the JVM's end. */
    public void drop() {
        try (Connection connection = DriverManager.getConnection(url("postgres"), "postgres", "postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("DROP DATABASE " + name + " WITH (FORCE)");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Creates a database and runs a script in it as the superuser. */
    public static TestDatabase create(String script) {
        TestDatabase database = create();
        database.run(script);
        return database;
    }

    /** Runs statements as the superuser. */
    public void run(String script) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(script);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The server's {@code server_version_num}, such as 150018. */
    public static int serverVersion() {
        try (Connection connection = DriverManager.getConnection(url("postgres"), "postgres", "postgres");
                Statement statement = connection.createStatement();
                ResultSet version = statement.executeQuery("SHOW server_version_num")) {
            version.next();
            return version.getInt(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A direct connection of the superuser. */
    public Connection connect() throws SQLException {
        return connect("postgres");
    }

    /** A direct connection of a user, whose password is the user's name where one is asked for. */
    public Connection connect(String user) throws SQLException {
        return DriverManager.getConnection(url(name), user, user);
    }

    /** The database's name. */
    public String name() {
        return name;
    }

    /** The server's host. */
    public String host() {
        return server().host();
    }

    /** The server's port. */
    public int port() {
        return server().port();
    }

    /** The JDBC URL of a direct connection. */
    public String url() {
        return url(name);
    }

    private static String url(String database) {
        Server server = server();
        return "jdbc:postgresql://" + server.host() + ":" + server.port() + "/" + database;
    }

    private static synchronized Server server() {
        if (server == null) {
            server = start();
        }
        return server;
    }

    private static Server start() {
        String programs = System.getProperty("bauta.test.programs", "");
        if (programs.isEmpty()) {
            return Boolean.getBoolean("bauta.test.containers") ? ContainerServer.start() : startEmbedded();
        }
        try {
            return new Server("127.0.0.1", InstalledServer.start(Path.of(programs)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Server startEmbedded() {
        try {
            EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                    .setServerConfig("password_encryption", "scram-sha-256")
                    .setServerConfig("max_prepared_transactions", "4")
                    .setServerConfig("autovacuum", "off")
                    .setPGStartupWait(Duration.ofMinutes(1))
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                try {
                    postgres.close();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }));
            return new Server("127.0.0.1", postgres.getPort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Kept apart so that Testcontainers is loaded only where it is asked for. */
    private static final class ContainerServer {
        static Server start() {
            var container = new org.testcontainers.postgresql.PostgreSQLContainer("postgres:15-alpine")
                    .withUsername("postgres")
                    .withPassword("postgres")
                    .withCommand(
                            "postgres", "-c", "fsync=off", "-c", "max_prepared_transactions=4", "-c", "autovacuum=off");
            container.start();
            return new Server(container.getHost(), container.getMappedPort(5432));
        }
    }
}
