package dev.bauta.benchmarks;

import dev.bauta.engine.Decision;
import dev.bauta.engine.Engine;
import dev.bauta.engine.Session;
import dev.bauta.lexer.LexerSettings;
import dev.bauta.policy.Principal;
import dev.bauta.rulefile.RuleFile;
import dev.bauta.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What the driver costs beside the PostgreSQL JDBC driver that it wraps, and beside other wrappers. The application's SQL goes through
 * Bauta as it is, and through ShardingSphere-JDBC, which masks what it has read; by the other ways it is the same masking SQL, written
 * by hand, except that the PostgreSQL JDBC driver also sends what Bauta makes of the application's SQL, so that the costs of the two can
 * be told apart: of the wrapping, and of what the server does for Bauta's masking SQL; and SQL by hand that keeps types, as Bauta's does.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class DriverBenchmark {
    /** The system property that names a database to use, by the JDBC URL that {@link #createDatabase} returned. */
    static final String DATABASE = "bauta.benchmarks.database";

    private static final int ROWS = 1_000_000;
    private static final int BATCH = 100;

    private static final String SCHEMA =
            """
            CREATE TABLE visits (id int PRIMARY KEY, customer int, name varchar(60), email varchar(80), phone varchar(20), city text,
                page text, seconds int, price numeric(10,2), at timestamptz, agent text, paid boolean);
            INSERT INTO visits SELECT i, i %% 1000, 'Person ' || i, 'person' || i || '@example.org', '+49 30 ' || 1000000 + i,
                'city ' || i %% 100, '/page/' || i %% 5000, i %% 600, i %% 1000 / 10.0,
                timestamptz '2026-01-01' + i * interval '1 second', 'Mozilla/5.0', i %% 2 = 0 FROM generate_series(1, %d) i;
            CREATE TABLE log (id int, at timestamptz, message text);
            ANALYZE visits;
            """
                    .formatted(ROWS);

    private static final String RULES =
            """
            version: 1
            columns:
              - {match: "public.visits.name", tag: person.name, mask: {type: partial, first: 1}}
              - {match: "public.visits.email", tag: person.email, mask: {type: partial, first: 2}}
              - {match: "public.visits.phone", tag: person.phone, mask: {type: partial, last: 2}}
            """;

    /** ShardingSphere's. */
    private static final String MASKS =
            """
            dataSources:
              visits:
                dataSourceClassName: com.zaxxer.hikari.HikariDataSource
                jdbcUrl: %s
                username: app
                password: app
                maxPoolSize: 2
            rules:
            - !SINGLE
              tables: ["*.*.*"]
            - !MASK
              tables:
                visits:
                  columns:
                    name: {maskAlgorithm: first1}
                    email: {maskAlgorithm: first2}
                    phone: {maskAlgorithm: last2}
              maskAlgorithms:
                first1: {type: MASK_FROM_X_TO_Y, props: {from-x: 1, to-y: 79, replace-char: "*"}}
                first2: {type: MASK_FROM_X_TO_Y, props: {from-x: 2, to-y: 79, replace-char: "*"}}
                last2: {type: KEEP_FROM_X_TO_Y, props: {from-x: 12, to-y: 13, replace-char: "*"}}
            """;

    private static final String PLAIN =
            "SELECT id, customer, name, email, phone, city, page, seconds, price, at, agent, paid FROM visits v";

    /** What is shown is text, whatever the columns' types are. */
    private static final String BY_HAND =
            """
            SELECT id, customer, CASE WHEN char_length(name) > 1 THEN left(name, 1) || '****' ELSE '****' END AS name,
                CASE WHEN char_length(email) > 2 THEN left(email, 2) || '****' ELSE '****' END AS email,
                CASE WHEN char_length(phone) > 2 THEN '****' || right(phone, 2) ELSE '****' END AS phone,
                city, page, seconds, price, at, agent, paid FROM visits v""";

    /** The same with the columns' types, as Bauta keeps them. */
    private static final String TYPED_BY_HAND = BY_HAND.replace("END AS name", "END::varchar(60) AS name")
            .replace("END AS email", "END::varchar(80) AS email")
            .replace("END AS phone", "END::varchar(20) AS phone");

    /** Separates ways that take turns, one iteration each. */
    static final String TURNS = "+";

    /**
     * By which way; {@code typed} is the PostgreSQL JDBC driver with SQL by hand that keeps the columns' types, {@code rewritten} the same with
     * the SQL that Bauta sends.
     */
    @Param({"pgjdbc", "typed", "rewritten", "bauta", "p6spy", "aws", "shardingsphere"})
    public String way = "";

    private final List<Client> clients = new ArrayList<>();
    private int iteration;
    private int count;

    private Connection connection;
    private PreparedStatement point;
    private PreparedStatement thousand;
    private PreparedStatement insert;
    private String select;

    /** What one way brings. */
    private record Client(
            Connection connection,
            String select,
            PreparedStatement point,
            PreparedStatement thousand,
            PreparedStatement insert) {}

    /** Fills a database. Returns the JDBC URL of a direct connection to it. */
    static String createDatabase() {
        TestDatabase database = TestDatabase.create(SCHEMA);
        database.run("CREATE ROLE app LOGIN PASSWORD 'app'; GRANT ALL ON visits, log TO app");
        return database.url();
    }

    /** Connects to the database that is named, or fills one of its own. */
    @Setup
    public void open() throws Exception {
        String named = System.getProperty(DATABASE);
        String direct = named == null ? createDatabase() : named;
        for (String each : way.split(Pattern.quote(TURNS))) {
            clients.add(client(each, direct));
        }
    }

    private static Client client(String way, String direct) throws Exception {
        Connection connection = DriverManager.getConnection(url(way, direct), "app", "app");
        String select =
                switch (way) {
                    case "bauta", "shardingsphere" -> PLAIN;
                    case "rewritten" -> rewritten(direct);
                    case "typed" -> TYPED_BY_HAND;
                    default -> BY_HAND;
                };
        PreparedStatement point = connection.prepareStatement(select + " WHERE id = ?");
        requireMasks(way, point);
        return new Client(
                connection,
                select,
                point,
                connection.prepareStatement(select + " WHERE id BETWEEN ? AND ?"),
                connection.prepareStatement("INSERT INTO log (id, at, message) VALUES (?, now(), ?)"));
    }

    private static String rewritten(String direct) throws Exception {
        try (Connection connection = DriverManager.getConnection(direct, "app", "app")) {
            Engine engine = Engine.load(RuleFile.parse(RULES, "rules.yaml", Map.of(), Path.of(".")), connection);
            Session session = engine.open(new Principal("app", connection.getCatalog()), LexerSettings.JDBC);
            session.setSearchPath(List.of("pg_catalog", "public"));
            if (session.decide(PLAIN) instanceof Decision.Rewrite rewrite) {
                return rewrite.text();
            }
            throw new IllegalStateException("nothing was masked");
        }
    }

    /** What masks nothing is not to be compared. */
    private static void requireMasks(String way, PreparedStatement point) throws SQLException {
        point.setInt(1, 7);
        try (ResultSet rows = point.executeQuery()) {
            rows.next();
            if (!rows.getString(3).startsWith("P**") || !rows.getString(4).startsWith("pe**")) {
                throw new IllegalStateException(way + " does not mask");
            }
        }
    }

    private static String url(String way, String direct) throws IOException {
        String rest = direct.substring("jdbc:".length());
        return switch (way) {
            case "bauta" -> "jdbc:bauta:" + rest + "?bautaRules=" + file(RULES);
            case "shardingsphere" -> "jdbc:shardingsphere:absolutepath:" + file(MASKS.formatted(direct));
            case "p6spy" -> "jdbc:p6spy:" + rest;
            case "aws" -> "jdbc:aws-wrapper:" + rest + "?wrapperPlugins=";
            default -> direct;
        };
    }

    private static Path file(String text) throws IOException {
        return Files.writeString(Files.createTempFile("bauta-benchmark", ".yaml"), text);
    }

    /** The server's process that works for the present way. */
    int serverProcess() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_catalog.pg_backend_pid()")) {
            row.next();
            return row.getInt(1);
        }
    }

    /** Goes on to the next way. What earlier batches left behind is not to be measured. */
    @Setup(Level.Iteration)
    public void turn() throws SQLException {
        Client next = clients.get(iteration++ % clients.size());
        connection = next.connection();
        select = next.select();
        point = next.point();
        thousand = next.thousand();
        insert = next.insert();
        try (Statement statement = connection.createStatement()) {
            statement.execute("TRUNCATE log");
        }
    }

    /** Ends the connections. */
    @TearDown(Level.Trial)
    public void close() throws SQLException {
        for (Client client : clients) {
            client.connection().close();
        }
    }

    /** A prepared statement for one row of twelve columns. */
    @Benchmark
    public void pointSelect(Blackhole hole) throws SQLException {
        point.setInt(1, 1 + count++ % ROWS);
        try (ResultSet rows = point.executeQuery()) {
            read(rows, hole);
        }
    }

    /** A prepared statement for a thousand rows. */
    @Benchmark
    public void thousandRows(Blackhole hole) throws SQLException {
        int from = 1 + count++ * 1000 % (ROWS - 1000);
        thousand.setInt(1, from);
        thousand.setInt(2, from + 999);
        try (ResultSet rows = thousand.executeQuery()) {
            read(rows, hole);
        }
    }

    /** All rows, a thousand at a time. */
    @Benchmark
    @Warmup(iterations = 1, time = 1)
    @Measurement(iterations = 3, time = 1)
    @OutputTimeUnit(TimeUnit.MILLISECONDS)
    public void streaming(Blackhole hole) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.setFetchSize(1000);
            try (ResultSet rows = statement.executeQuery(select)) {
                read(rows, hole);
            }
        }
        connection.setAutoCommit(true);
    }

    /** A batch of a hundred rows, rolled back. */
    @Benchmark
    public int[] batchInsert() throws SQLException {
        connection.setAutoCommit(false);
        for (int i = 0; i < BATCH; i++) {
            insert.setInt(1, i);
            insert.setString(2, "a message that has some length");
            insert.addBatch();
        }
        int[] counts = insert.executeBatch();
        connection.rollback();
        connection.setAutoCommit(true);
        return counts;
    }

    /** A statement of a known shape with a new number. */
    @Benchmark
    public void knownShape(Blackhole hole) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(select + " WHERE id = " + (1 + count++ % ROWS))) {
            read(rows, hole);
        }
    }

    /** A statement of a shape that was never there. */
    @Benchmark
    public void newStatement(Blackhole hole) throws SQLException {
        String alias = "v" + count++;
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        select.substring(0, select.length() - 1) + alias + " WHERE " + alias + ".id = 7")) {
            read(rows, hole);
        }
    }

    private static void read(ResultSet rows, Blackhole hole) throws SQLException {
        while (rows.next()) {
            hole.consume(rows.getInt(1));
            hole.consume(rows.getInt(2));
            hole.consume(rows.getString(3));
            hole.consume(rows.getString(4));
            hole.consume(rows.getString(5));
            hole.consume(rows.getString(6));
            hole.consume(rows.getString(7));
            hole.consume(rows.getInt(8));
            hole.consume(rows.getBigDecimal(9));
            hole.consume(rows.getTimestamp(10));
            hole.consume(rows.getString(11));
            hole.consume(rows.getBoolean(12));
        }
    }
}
