package dev.bauta.proxy.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bauta.proxy.Transport;
import dev.bauta.proxy.audit.AuditSettings;
import dev.bauta.proxy.audit.AuditSettings.OnFailure;
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
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The catalogs cannot be looked at for longer than what is known of them may hold. */
class StaleCatalogTest {
    private static final String USER = "stale_catalog";
    private static final String UNREADABLE = "Bauta cannot read the catalogs";
    private static final String SHOW_ADDRESSES = "SELECT lower(email) FROM people";

    private static final String RULES =
            """
            version: 1
            roles:
              - {name: dba, users: postgres, access: raw}
              - {name: insiders, member-of: stale_insiders, access: raw}
            columns:
              - {match: "public.*.email", mask: {type: constant, value: hidden}}
            """;

    private static final String SCRIPT =
            """
            CREATE TABLE people (id integer, email text);
            INSERT INTO people VALUES (1, 'canary-ada@example.com');
            DO $$ BEGIN
                CREATE ROLE stale_catalog LOGIN;
                CREATE ROLE stale_reader LOGIN;
                CREATE ROLE stale_insiders;
                CREATE ROLE stale_insider LOGIN;
            EXCEPTION WHEN duplicate_object THEN NULL;
            END $$;
            GRANT SELECT ON people TO stale_reader, stale_insider;
            GRANT stale_insiders TO stale_insider;
            """;

    private final TestDatabase database = TestDatabase.create(SCRIPT);

    private final Path directory;

    StaleCatalogTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void endsMaskedSessionsUntilTheyCanBeReadAgain() throws Exception {
        int port = ServedDatabase.freePort();
        try (RunningProxy proxy = start(port, database)) {
            assertThat(proxy.reload()).isEmpty();
            try (Connection open = connect(port, database);
                    Connection insider = connect(port, database, "stale_insider");
                    Connection raw = connect(port, database, "postgres")) {
                assertThat(answer(open)).isEqualTo("hidden");
                assertThat(answer(insider)).isEqualTo("canary-ada@example.com");
                database.run("ALTER ROLE " + USER + " NOLOGIN; SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                        + " WHERE usename = '" + USER + "'");
                awaitEnd(open);
                assertThat(answer(raw)).as("it is recorded by what is known").isEqualTo("canary-ada@example.com");
                database.run("REVOKE stale_insiders FROM stale_insider");
                assertThat(failure(insider)).isEqualTo(UNREADABLE);
                assertThatThrownBy(
                                () -> connect(port, database, "stale_insider").close())
                        .hasMessageContaining(UNREADABLE);
            }
            database.run("ALTER ROLE " + USER + " LOGIN");
            Awaitility.await().atMost(Duration.ofSeconds(30)).ignoreExceptions().untilAsserted(() -> {
                try (Connection again = connect(port, database, "stale_insider")) {
                    assertThat(answer(again)).isEqualTo("hidden");
                }
            });
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void neitherEndsNorHoldsSessionsOfOtherDatabases(boolean lostFirst) throws Exception {
        TestDatabase other = TestDatabase.create(SCRIPT);
        int port = ServedDatabase.freePort();
        try (RunningProxy proxy = lostFirst ? start(port, other, database) : start(port, database, other)) {
            assertThat(proxy.reload()).isEmpty();
            try (Connection masked = connect(port, database);
                    Connection raw = connect(port, database, "postgres");
                    Connection lost = connect(port, other)) {
                assertThat(answer(lost)).isEqualTo("hidden");
                database.run("ALTER DATABASE " + other.name() + " ALLOW_CONNECTIONS false; SELECT"
                        + " pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '" + USER + "'");
                awaitEnd(lost);
                assertThat(answer(masked)).isEqualTo("hidden");
                run(
                        raw,
                        "ALTER TABLE people RENAME TO clear; CREATE TABLE people AS TABLE clear;"
                                + " GRANT SELECT ON people TO stale_reader; ALTER TABLE clear RENAME COLUMN email TO other");
                assertThat(answer(masked)).isEqualTo("hidden");
                assertThat(answer(raw)).isEqualTo("canary-ada@example.com");
            }
        }
    }

    private RunningProxy start(int port, TestDatabase... databases) throws Exception {
        Path rules = Files.writeString(directory.resolve("rules.yaml"), RULES);
        return RunningProxy.start(new ProxyConfig(
                new Endpoint("127.0.0.1", port),
                null,
                Transport.best(),
                PostgresServers.of(new Endpoint(database.host(), database.port())),
                new Catalog(
                        USER,
                        new Secret(""),
                        Stream.of(databases).map(TestDatabase::name).toList(),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        null),
                ProxyConfig.Access.DEFAULT,
                rules,
                Limits.DEFAULT,
                new Operations(
                        new AuditSettings(directory.resolve("audit.jsonl"), 1 << 20, 0, OnFailure.REFUSE, null, null),
                        null)));
    }

    private static void awaitEnd(Connection masked) {
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> failure(masked), UNREADABLE::equals);
    }

    private static void run(Connection connection, String script) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(script);
        }
    }

    private static Connection connect(int port, TestDatabase to) throws SQLException {
        return connect(port, to, "stale_reader");
    }

    private static Connection connect(int port, TestDatabase to, String user) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port + "/" + to.name() + "?socketTimeout=60", user, user);
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
