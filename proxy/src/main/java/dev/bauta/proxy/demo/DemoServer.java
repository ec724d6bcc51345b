package dev.bauta.proxy.demo;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * A PostgreSQL server of its own on an unused port of the loopback interface, with the demonstration's database loaded. All
 * its files lie in the directory that it is given. Every user needs a password, which is the user's name.
 */
final class DemoServer implements AutoCloseable {
    /** The database's name. */
    static final String DATABASE = "demo";

    /** The user who owns everything, and sees it raw. */
    static final String OWNER = "postgres";

    /** The user whom the rules give masks to see. */
    static final String ANALYST = "analyst";

    private final EmbeddedPostgres postgres;

    private DemoServer(EmbeddedPostgres postgres) {
        this.postgres = postgres;
    }

    /**
     * Starts the server with these rows.
     *
     * @param directory an empty directory
     */
    static DemoServer start(Path directory, DemoData data) throws IOException, SQLException {
        Path cluster = directory.resolve("data");
        EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                .setPGStartupWait(Duration.ofMinutes(1))
                .setOverrideWorkingDirectory(directory.resolve("binaries").toFile())
                .setDataDirectory(cluster)
                .setServerConfig("unix_socket_directories", "")
                .setServerConfig("password_encryption", "scram-sha-256")
                .setServerConfig("timezone", "UTC")
                .setRegisterShutdownHook(false)
                .start();
        DemoServer server = new DemoServer(postgres);
        try {
            server.createDatabase(cluster);
            try (Connection connection = server.connect(OWNER)) {
                data.load(connection);
            }
            return server;
        } catch (IOException | SQLException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    /** The server starts with trust authentication; passwords are asked for from here on. */
    private void createDatabase(Path cluster) throws SQLException, IOException {
        try (Connection connection = connect("postgres", OWNER);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + DATABASE + " TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'");
            statement.execute("ALTER ROLE " + OWNER + " PASSWORD '" + OWNER + "'");
            Files.writeString(cluster.resolve("pg_hba.conf"), "host all all 127.0.0.1/32 scram-sha-256\n");
            statement.execute("SELECT pg_catalog.pg_reload_conf()");
        }
    }

    int port() {
        return postgres.getPort();
    }

    /** A direct connection to the demonstration's database. */
    Connection connect(String user) throws SQLException {
        return connect(DATABASE, user);
    }

    private Connection connect(String database, String user) throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port() + "/" + database, user, user);
    }

    /** Stops the server; sessions that are still open end. */
    @Override
    public void close() {
        try {
            postgres.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
