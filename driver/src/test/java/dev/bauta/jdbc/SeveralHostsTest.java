package dev.bauta.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bauta.engine.Engine;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A URL with two servers, which hold different tables. */
class SeveralHostsTest {
    private static final String RULES =
            """
            version: 1
            columns:
              - {match: "public.*.email", mask: {type: constant, value: hidden}}
            """;

    private static final String TABLE =
            "CREATE TABLE %1$s (email text); INSERT INTO %1$s VALUES ('canary@example.com');"
                    + " CREATE ROLE reader LOGIN; GRANT SELECT ON %1$s TO reader";

    @Test
    void decidesByTheCatalogsOfTheServerThatWasReached(@TempDir Path directory) throws Exception {
        Path rules = Files.writeString(directory.resolve("rules.yaml"), RULES);
        EmbeddedPostgres first = EmbeddedPostgres.start();
        try (EmbeddedPostgres second = EmbeddedPostgres.start()) {
            run(first, TABLE.formatted("one"));
            run(second, TABLE.formatted("other"));
            String url = url(first, second, rules);
            assertThat(answer(url, "SELECT lower(email) FROM one")).isEqualTo("hidden");
            first.close();
            assertThat(answer(url, "SELECT lower(email) FROM other")).isEqualTo("hidden");
        } finally {
            first.close();
        }
    }

    /** What a connection is opened with is decided by the rules of the server that was reached first, even when that is gone. */
    @Test
    void rulesCanChangeWhenTheFirstServerIsGone(@TempDir Path directory) throws Exception {
        Path rules = Files.writeString(directory.resolve("rules.yaml"), RULES);
        AtomicLong skipped = new AtomicLong();
        BautaDriver driver = new BautaDriver((source, connection) -> new EngineSource(
                source, Engine.load(source.load(), connection), () -> System.nanoTime() + skipped.get()));
        EmbeddedPostgres first = EmbeddedPostgres.start();
        try (EmbeddedPostgres second = EmbeddedPostgres.start()) {
            run(first, TABLE.formatted("one"));
            run(second, TABLE.formatted("one"));
            String url = url(first, second, rules);
            assertThat(answer(driver, url)).isEqualTo("hidden");
            first.close();
            assertThat(answer(driver, url)).isEqualTo("hidden");
            Files.writeString(rules, RULES + "roles: [{name: all, users: reader, access: raw}]\n");
            // What has changed is taken at the second look.
            for (int looks = 0; looks < 2; looks++) {
                skipped.addAndGet(TimeUnit.SECONDS.toNanos(5));
                answer(driver, url);
            }
            assertThat(answer(driver, url)).isEqualTo("canary@example.com");
        } finally {
            first.close();
        }
    }

    private static String url(EmbeddedPostgres first, EmbeddedPostgres second, Path rules) {
        return "jdbc:bauta:postgresql://localhost:" + first.getPort() + ",localhost:" + second.getPort()
                + "/postgres?user=reader&bautaRules=" + rules;
    }

    private static String answer(BautaDriver driver, String url) throws Exception {
        try (Connection connection = Objects.requireNonNull(driver.connect(url, new Properties()))) {
            return MaskingTest.query(connection, "SELECT email FROM one").get(0);
        }
    }

    private static void run(EmbeddedPostgres server, String script) throws Exception {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(script);
        }
    }

    private static String answer(String url, String sql) throws Exception {
        try (Connection connection = DriverManager.getConnection(url)) {
            return MaskingTest.query(connection, sql).get(0);
        }
    }
}
