package dev.bauta.proxy.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bauta.proxy.postgres.Endpoint;
import dev.bauta.proxy.postgres.PostgresServers;
import dev.bauta.proxy.postgres.SessionTarget;
import dev.bauta.proxy.serving.ProxyConfig.Catalog;
import dev.bauta.proxy.session.Limits;
import dev.bauta.proxy.tls.ServerTlsSettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A proxy before two servers, one of which is the other's copy and in recovery until it is promoted. */
class FailoverTest {
    private static final String RULES =
            """
            version: 1
            columns:
              - {match: "public.*.email", mask: email}
            """;

    private static final String TABLE = "CREATE TABLE %1$s (email text);"
            + " INSERT INTO %1$s VALUES ('eve@example.com'); GRANT SELECT ON %1$s TO clerk";

    private final Path directory;
    private EmbeddedPostgres primary;
    private EmbeddedPostgres standby;

    FailoverTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @BeforeEach
    void startServers() throws Exception {
        Files.writeString(directory.resolve("rules.yaml"), RULES);
        Path first = directory.resolve("first");
        Path second = directory.resolve("second");
        try (EmbeddedPostgres origin = start(first)) {
            run(
                    origin.getPort(),
                    "CREATE TABLE people (email text); INSERT INTO people VALUES ('ada@example.com');"
                            + " CREATE ROLE clerk LOGIN; GRANT SELECT ON people TO clerk");
        }
        Process copy = new ProcessBuilder("cp", "-a", first.toString(), second.toString()).start();
        assertThat(copy.waitFor()).isZero();
        Files.writeString(second.resolve("standby.signal"), "");
        primary = start(first);
        standby = start(second);
    }

    @AfterEach
    void stopServers() throws IOException {
        primary.close();
        standby.close();
    }

    private static EmbeddedPostgres start(Path data) throws IOException {
        return start(data, ServedDatabase.freePort());
    }

    private static EmbeddedPostgres start(Path data, int port) throws IOException {
        return EmbeddedPostgres.builder()
                .setPGStartupWait(Duration.ofMinutes(1))
                .setPort(port)
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .start();
    }

    private RunningProxy proxy(SessionTarget target, int port) throws Exception {
        return proxy(
                List.of(new Endpoint("localhost", standby.getPort()), new Endpoint("127.0.0.1", primary.getPort())),
                target,
                port);
    }

    private RunningProxy proxy(List<Endpoint> hosts, SessionTarget target, int port) throws Exception {
        return RunningProxy.start(new ProxyConfig(
                new Endpoint("127.0.0.1", port),
                new PostgresServers(hosts, target, ServerTlsSettings.NONE),
                new Catalog("postgres", new Secret(""), List.of("postgres"), Duration.ofSeconds(1)),
                ProxyConfig.Access.DEFAULT,
                directory.resolve("rules.yaml"),
                Limits.DEFAULT));
    }

    @Test
    void followsThePrimary() throws Exception {
        int port = ServedDatabase.freePort();
        try (RunningProxy proxy = proxy(SessionTarget.PRIMARY, port)) {
            assertThat(proxy.reload()).isEmpty();
            assertThat(answer(port, "SELECT inet_server_port()")).isEqualTo(Integer.toString(primary.getPort()));
            assertCancels(port);
            primary.close();
            assertThatThrownBy(() -> answer(port, "SELECT 1")).isInstanceOf(SQLException.class);
            run(standby.getPort(), "SELECT pg_promote()");
            Awaitility.await().atMost(Duration.ofSeconds(30)).ignoreExceptions().untilAsserted(() -> assertThat(
                            answer(port, "SELECT inet_server_port()"))
                    .isEqualTo(Integer.toString(standby.getPort())));
            assertThat(answer(port, "SELECT email FROM people")).isEqualTo("a***@***.com");
            assertCancels(port);
        }
    }

    @Test
    void goesToTheKindOfServerThatIsAskedFor() throws Exception {
        for (SessionTarget target :
                List.of(SessionTarget.STANDBY, SessionTarget.READ_ONLY, SessionTarget.PREFER_STANDBY)) {
            int port = ServedDatabase.freePort();
            try (RunningProxy proxy = proxy(target, port)) {
                assertThat(proxy.reload()).isEmpty();
                assertThat(answer(port, "SELECT inet_server_port()"))
                        .as(target.label())
                        .isEqualTo(Integer.toString(standby.getPort()));
                assertThat(answer(port, "SELECT email FROM people")).isEqualTo("a***@***.com");
            }
        }
        int port = ServedDatabase.freePort();
        try (RunningProxy proxy = proxy(SessionTarget.READ_WRITE, port)) {
            assertThat(proxy.reload()).isEmpty();
            assertThat(answer(port, "SELECT inet_server_port()")).isEqualTo(Integer.toString(primary.getPort()));
        }
    }

    @Test
    void theFirstThatAnswersIsTakenWhereAnyWillDo() throws Exception {
        int port = ServedDatabase.freePort();
        try (RunningProxy proxy = proxy(SessionTarget.ANY, port)) {
            assertThat(proxy.reload()).isEmpty();
            assertThat(answer(port, "SELECT inet_server_port()")).isEqualTo(Integer.toString(standby.getPort()));
            standby.close();
            // At once, whatever is known by then.
            assertThat(answer(port, "SELECT inet_server_port()")).isEqualTo(Integer.toString(primary.getPort()));
        }
    }

    /** What one server has is not decided on by what another one has. */
    @Test
    void theCatalogsAreThoseOfTheServerThatSessionsGoTo() throws Exception {
        int port = ServedDatabase.freePort();
        int first = standby.getPort();
        try (RunningProxy proxy = proxy(SessionTarget.ANY, port)) {
            assertThat(proxy.reload()).isEmpty();
            run(first, "SELECT pg_promote()");
            standby.close();
            assertThat(answer(port, "SELECT inet_server_port()")).isEqualTo(Integer.toString(primary.getPort()));
            run(primary.getPort(), TABLE.formatted("meanwhile"));
            awaitMasked(port, "SELECT lower(email) FROM meanwhile");
            standby = start(directory.resolve("second"), first);
            Awaitility.await().atMost(Duration.ofSeconds(30)).ignoreExceptions().untilAsserted(() -> assertThat(
                            answer(port, "SELECT inet_server_port()"))
                    .isEqualTo(Integer.toString(first)));
            run(first, TABLE.formatted("later"));
            awaitMasked(port, "SELECT lower(email) FROM later");
        }
    }

    /** As its catalogs are no longer those that are read. */
    @Test
    void aMaskedSessionEndsWhereSessionsGoToAnotherServer() throws Exception {
        int port = ServedDatabase.freePort();
        int first = standby.getPort();
        standby.close();
        try (RunningProxy proxy = proxy(SessionTarget.ANY, port)) {
            assertThat(proxy.reload()).isEmpty();
            try (Connection open = connect(port)) {
                run(primary.getPort(), TABLE.formatted("meanwhile"));
                awaitMasked(port, "SELECT lower(email) FROM meanwhile");
                standby = start(directory.resolve("second"), first);
                Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThatThrownBy(
                                () -> open.createStatement().executeQuery("SELECT lower(email) FROM meanwhile"))
                        .isInstanceOfSatisfying(SQLException.class, e -> assertThat(e.getSQLState())
                                .isEqualTo("57P01")));
            }
            assertThat(answer(port, "SELECT inet_server_port()")).isEqualTo(Integer.toString(first));
        }
    }

    /** Its tables have the numbers that other ones had on the server before it. */
    @Test
    void aCopyThatTakesTheServersPlaceIsReadAnew() throws Exception {
        int port = ServedDatabase.freePort();
        int address = primary.getPort();
        try (RunningProxy proxy = proxy(List.of(new Endpoint("127.0.0.1", address)), SessionTarget.ANY, port)) {
            assertThat(proxy.reload()).isEmpty();
            run(standby.getPort(), "SELECT pg_promote()");
            run(standby.getPort(), TABLE.formatted("later"));
            run(address, TABLE.formatted("meanwhile"));
            awaitMasked(port, "SELECT lower(email) FROM meanwhile");
            primary.close();
            standby.close();
            primary = start(directory.resolve("second"), address);
            awaitMasked(port, "SELECT lower(email) FROM later");
        }
    }

    private static void awaitMasked(int port, String sql) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).ignoreExceptions().untilAsserted(() -> assertThat(
                        answer(port, sql))
                .isEqualTo("e***@***.com"));
    }

    private static void assertCancels(int port) throws Exception {
        try (Connection connection = connect(port);
                Statement statement = connection.createStatement()) {
            CompletableFuture<String> state = CompletableFuture.supplyAsync(() -> {
                try {
                    statement.execute("SELECT pg_sleep(60)");
                    return "";
                } catch (SQLException e) {
                    return e.getSQLState();
                }
            });
            Awaitility.await().until(() -> {
                statement.cancel();
                return state.isDone();
            });
            assertThat(state.get()).isEqualTo("57014");
        }
    }

    private static Connection connect(int port) throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/postgres", "clerk", "");
    }

    private static String answer(int port, String sql) throws SQLException {
        try (Connection connection = connect(port);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }

    private static void run(int port, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:" + port + "/postgres", "postgres", "");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
