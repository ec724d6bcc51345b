package dev.bauta.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.jdbc.JdbcDialects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Spark reads as a masked user what it reads straight from PostgreSQL, with masks in their place. */
class SparkTest {
    private static final String RULES =
            """
            version: 1
            columns:
              - {match: public.customer.email, tag: person.email, mask: {type: partial, first: 1}}
            """;

    private static EmbeddedPostgres server;
    private static SparkSession spark;
    private static String url;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        server = EmbeddedPostgres.start();
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    """
                    CREATE ROLE analyst LOGIN;
                    CREATE TABLE customer (id int PRIMARY KEY, email text NOT NULL, tags text[], born date, balance numeric(10, 2),
                      seen timestamptz, note jsonb);
                    INSERT INTO customer SELECT g, chr(97 + g % 26) || g || '@example.org', ARRAY['a', 'b' || g],
                      date '1980-01-01' + g, g / 4.0, timestamptz '2026-01-01 00:00Z' + g * interval '1 hour', '{"g": 1}'
                      FROM generate_series(1, 1000) g;
                    CREATE TABLE report (city text, customers bigint);
                    GRANT SELECT ON customer TO analyst;
                    GRANT SELECT, INSERT ON report TO analyst;
                    """);
        }
        Path rules = Files.writeString(Files.createTempFile("rules", ".yaml"), RULES);
        url = "jdbc:bauta:postgresql://localhost:" + server.getPort() + "/postgres?bautaRules=" + rules;
        // tag::session[]
        spark = SparkSession.builder()
                .master("local[2]")
                .config("spark.ui.enabled", false)
                .getOrCreate();
        JdbcDialects.registerDialect(new BautaDialect());
        // end::session[]
    }

    @AfterAll
    static void stop() throws Exception {
        spark.stop();
        server.close();
    }

    private static List<String> lines(Dataset<Row> rows) {
        return rows.toJSON().collectAsList();
    }

    private static Dataset<Row> customers() {
        // tag::read[]
        Dataset<Row> customers = spark.read()
                .format("jdbc")
                .option("driver", "dev.bauta.jdbc.BautaDriver")
                .option("url", url)
                .option("user", "analyst")
                .option("dbtable", "customer")
                .option("fetchsize", 100)
                .option("partitionColumn", "id")
                .option("lowerBound", 1)
                .option("upperBound", 1000)
                .option("numPartitions", 4)
                .load();
        // end::read[]
        return customers;
    }

    private static Dataset<Row> direct(String table) {
        return spark.read()
                .format("jdbc")
                .options(Map.of("driver", "org.postgresql.Driver", "url", url.replace("bauta:", ""), "user", "analyst"))
                .option("dbtable", table)
                .load();
    }

    @Test
    void readsInPartitions() {
        Dataset<Row> customers = customers();
        Dataset<Row> direct = direct("customer");
        assertThat(customers.schema()).isEqualTo(direct.schema());
        assertThat(customers.rdd().getNumPartitions()).isEqualTo(4);
        List<String> expected = lines(direct.orderBy("id")).stream()
                .map(line -> line.replaceAll("\"([a-z])[0-9]+@example\\.org\"", "\"$1****\""))
                .toList();
        assertThat(lines(customers.orderBy("id"))).hasSize(1000).isEqualTo(expected);
    }

    @Test
    void whatIsPushedDownSeesMasks() {
        assertThat(customers().filter("email = 'b1@example.org'").count()).isZero();
        assertThat(customers().filter("email = 'b****'").count())
                .isEqualTo(direct("customer").filter("email LIKE 'b%'").count());
        Dataset<Row> query = spark.read()
                .format("jdbc")
                .options(Map.of("driver", "dev.bauta.jdbc.BautaDriver", "url", url, "user", "analyst"))
                .option("query", "SELECT email, count(*) AS n FROM customer GROUP BY email")
                .load();
        assertThat(lines(query.orderBy("email").limit(1))).containsExactly("{\"email\":\"a****\",\"n\":38}");
    }

    @Test
    void writesWhatIsClearAndNothingElse() {
        Dataset<Row> report = customers().groupBy("email").count().toDF("city", "customers");
        write(report, "report");
        assertThat(direct("report").count()).isEqualTo(26);
        assertThatThrownBy(() -> write(customers().limit(1), "customer"))
                .hasStackTraceContaining("dev.bauta.jdbc.BautaSQLException: ERROR: ");
    }

    private static void write(Dataset<Row> rows, String table) {
        rows.write()
                .format("jdbc")
                .options(
                        Map.of("driver", "dev.bauta.jdbc.BautaDriver", "url", url, "user", "analyst", "dbtable", table))
                .mode(SaveMode.Append)
                .save();
    }
}
