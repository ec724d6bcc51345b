package dev.bauta.proxy.serving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bauta.proxy.postgres.Endpoint;
import dev.bauta.proxy.postgres.PostgresServers;
import dev.bauta.proxy.serving.ProxyConfig.Catalog;
import dev.bauta.proxy.session.Limits;
import dev.bauta.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The catalogs cannot be looked at for longer than what is known of them may hold. */
class StaleCatalogTest {
    private static final String USER = "stale_catalog";
    private static final String SHOW_ADDRESSES = "SELECT lower(email) FROM people";

    private final TestDatabase database = TestDatabase.create(
            """
            CREATE TABLE people (id integer, email text);
            INSERT INTO people VALUES (1, 'canary-ada@example.com');
            CREATE ROLE stale_catalog LOGIN;
            CREATE ROLE stale_reader LOGIN;
            GRANT SELECT ON people TO stale_reader;
            """);

    @Test
    void endsMaskedSessionsUntilTheyCanBeReadAgain(@TempDir Path directory) throws Exception {
        Path rules = Files.writeString(
                directory.resolve("rules.yaml"),
                "version: 1\ncolumns:\n  - {match: \"public.*.email\", mask: {type: constant, value: hidden}}\n");
        int port = ServedDatabase.freePort();
        try (RunningProxy proxy = RunningProxy.start(new ProxyConfig(
                new Endpoint("127.0.0.1", port),
                PostgresServers.of(new Endpoint(database.host(), database.port())),
                new Catalog(
                        USER,
                        new Secret(""),
                        List.of(database.name()),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        null),
                ProxyConfig.Access.DEFAULT,
                rules,
                Limits.DEFAULT))) {
            assertThat(proxy.reload()).isEmpty();
            try (Connection open = connect(port)) {
                assertThat(answer(open)).isEqualTo("hidden");
                database.run("ALTER ROLE " + USER + " NOLOGIN; SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                        + " WHERE usename = '" + USER + "'");
                Awaitility.await()
                        .atMost(Duration.ofSeconds(30))
                        .until(() -> failure(open), "Bauta cannot read the catalogs"::equals);
            }
            database.run("ALTER ROLE " + USER + " LOGIN");
            Awaitility.await().atMost(Duration.ofSeconds(30)).ignoreExceptions().untilAsserted(() -> {
                try (Connection again = connect(port)) {
                    assertThat(answer(again)).isEqualTo("hidden");
                }
            });
        }
    }

    private Connection connect(int port) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port + "/" + database.name(), "stale_reader", "stale_reader");
    }

    private static String answer(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(SHOW_ADDRESSES)) {
            rows.next();
            return rows.getString(1);
        }
    }

    /** The message by which a statement fails, or nothing. */
    private static String failure(Connection connection) {
        try {
            assertThat(answer(connection)).isNotNull();
            return "";
        } catch (SQLException e) {
            return e.getMessage() == null ? "" : e.getMessage().replaceFirst("^FATAL: ", "");
        }
    }
}
