package dev.bauta.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
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
            String url = "jdbc:bauta:postgresql://localhost:" + first.getPort() + ",localhost:" + second.getPort()
                    + "/postgres?user=reader&bautaRules=" + rules;
            assertThat(answer(url, "SELECT lower(email) FROM one")).isEqualTo("hidden");
            first.close();
            assertThat(answer(url, "SELECT lower(email) FROM other")).isEqualTo("hidden");
        } finally {
            first.close();
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
