package dev.bauta.benchmarks;

import dev.bauta.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What each mask costs the server for one value: the time that {@code count} takes over a masked column. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
public class MaskBenchmark {
    private static final int ROWS = 100_000;

    private static final String SCHEMA =
            """
            CREATE TABLE people AS SELECT i AS id, 'Maria Rossi ' || i AS name, 'maria.rossi' || i || '@mail.example.com' AS email,
                '+49 30 ' || 1000000 + i AS phone, '400043543678' || lpad((i %% 10000)::text, 4, '0') AS card,
                'DE44370400440532' || lpad((i %% 1000000)::text, 6, '0') AS iban, (10000 + i %% 89999)::text AS zip,
                date '1950-01-01' + i %% 20000 AS born, timestamptz '2026-01-01' + i * interval '1 minute' AS seen,
                i %% 100000 / 100.0 AS salary, 'Maria Rossi said: call +49 30 1234567, or write to maria@example.com' AS note,
                inet '10.0.0.0' + i AS ip, md5(i::text)::uuid AS uid, ARRAY['a' || i, 'b' || i] AS tags,
                jsonb_build_object('name', 'Maria', 'age', i %% 90) AS doc
            FROM generate_series(1, %d) i;
            """
                    .formatted(ROWS);

    /** Column and mask; the first is masked by nothing. */
    @Param({
        "name: none",
        "name: 'null'",
        "name: {type: constant, value: withheld}",
        "name: redact",
        "name: {type: partial, first: 1}",
        "email: email",
        "email: {type: email, keepDomain: true}",
        "name: hash",
        "id: hash",
        "salary: {type: round, step: 10}",
        "born: {type: truncate, unit: year}",
        "seen: {type: truncate, unit: month}",
        "salary: {type: bucket, width: 100}",
        "ip: network",
        "born: {type: shift, by: id, days: 30}",
        "salary: {type: noise, most: 10}",
        "phone: phone",
        "card: card",
        "iban: iban",
        "zip: zip3",
        "note: {type: regex, pattern: '[0-9]+', replacement: '#'}",
        "note: text",
        "name: token",
        "name: pseudonym",
        "id: pseudonym",
        "uid: uuid",
        "name: {type: fake, kind: full_name}",
        "email: {type: fake, kind: email}",
        "tags: {type: each, mask: {type: partial, first: 1}}",
        "doc: {type: json, paths: {name: redact}}"
    })
    public String mask = "";

    private Path folder;
    private Connection connection;
    private Statement statement;
    private String query;

    /** Fills a database and connects to it by the driver, as a role that sees the mask. */
    @Setup
    public void open() throws Exception {
        TestDatabase database = TestDatabase.create(SCHEMA);
        database.run("VACUUM ANALYZE people");
        database.run("CREATE ROLE app LOGIN PASSWORD 'app'; GRANT SELECT ON people TO app");
        int colon = mask.indexOf(':');
        folder = Files.createTempDirectory("bauta-masks");
        Path rules = Files.writeString(
                folder.resolve("rules.yaml"),
                """
                version: 1
                key: ${file:bauta.key}
                columns:
                  - {match: public.people.%s, tag: measured, mask: %s}
                """
                        .formatted(mask.substring(0, colon), mask.substring(colon + 2)));
        Files.writeString(folder.resolve("bauta.key"), "this key is for a benchmark alone");
        Properties properties = new Properties();
        properties.setProperty("user", "app");
        properties.setProperty("password", "app");
        properties.setProperty("bautaRules", rules.toString());
        connection =
                DriverManager.getConnection("jdbc:bauta:" + database.url().substring("jdbc:".length()), properties);
        statement = connection.createStatement();
        statement.execute("SET max_parallel_workers_per_gather = 0");
        query = "SELECT count(" + mask.substring(0, colon) + ") FROM people";
    }

    /** For one value, the reading of its row included. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public int value() throws SQLException {
        try (ResultSet result = statement.executeQuery(query)) {
            result.next();
            return result.getInt(1);
        }
    }

    /** Closes the connection and removes the rules. */
    @TearDown
    public void close() throws Exception {
        connection.close();
        Files.delete(folder.resolve("rules.yaml"));
        Files.delete(folder.resolve("bauta.key"));
        Files.delete(folder);
    }
}
