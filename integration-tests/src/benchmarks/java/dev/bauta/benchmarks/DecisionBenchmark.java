package dev.bauta.benchmarks;

import dev.bauta.catalog.CatalogLoader;
import dev.bauta.engine.Decision;
import dev.bauta.engine.Engine;
import dev.bauta.engine.Session;
import dev.bauta.lexer.LexerSettings;
import dev.bauta.policy.Principal;
import dev.bauta.rulefile.RuleFile;
import dev.bauta.testing.Scenario;
import dev.bauta.testing.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.postgresql.core.NativeQuery;
import org.postgresql.core.Parser;

/**
 * What a decision costs by the way that it takes: past the gate, by a known shape, by a whole analysis. The baseline is what the
 * PostgreSQL JDBC driver's own parser takes to find placeholders and statement ends in the same text.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
public class DecisionBenchmark {
    /** 500 characters that name nothing protected. */
    private static final String CLEAR =
            """
            SELECT r.name AS region, date_trunc('month', o.placed) AS month, count(*) AS orders, sum(o.total) AS revenue, avg(o.total)
            FROM orders o JOIN archive.closures a ON a.order_id = o.id LEFT JOIN regions r USING (id)
            WHERE o.placed >= DATE '2026-01-01' AND o.placed < DATE '2026-07-01' AND o.total BETWEEN 10 AND 99999.50
              AND (r.name ILIKE 'n%' OR r.name IN ('south', 'east', 'west')) AND o.id <> ALL (ARRAY[1, 2, 3, 4])
            GROUP BY 1, 2 HAVING count(*) > 5 ORDER BY revenue DESC NULLS LAST LIMIT 50
            """;

    /** 80 characters and a number. */
    private static final String POINT =
            "SELECT c.id, c.name, c.email, c.region_id FROM customers c WHERE c.note = '' AND c.id = ";

    /** 600 characters over protected tables; the alias makes each one a shape of its own. */
    private static final String REPORT =
            """
            WITH best AS (SELECT customer_id, sum(total) AS revenue, max(placed) AS latest FROM orders
                WHERE placed >= DATE '2026-01-01' GROUP BY customer_id HAVING count(*) > 1)
            SELECT r.name AS region, ALIAS.name, lower(ALIAS.email) AS email, b.revenue, b.latest,
                rank() OVER (PARTITION BY r.id ORDER BY b.revenue DESC) AS position,
                CASE WHEN ALIAS.credit > 100 THEN 'high' ELSE 'low' END AS class
            FROM best b JOIN customers ALIAS ON ALIAS.id = b.customer_id JOIN regions r ON r.id = ALIAS.region_id
            WHERE ALIAS.email LIKE '%.org' AND EXISTS (SELECT 1 FROM newsletters n WHERE n.email = ALIAS.email)
            ORDER BY region, position LIMIT 100
            """;

    private Session session;
    private int count;

    /** A session of a masked role on a real catalog. */
    @Setup
    public void open() throws Exception {
        TestDatabase database = TestDatabase.create(Scenario.text("catalog.sql"));
        Engine engine;
        try (Connection connection = database.connect()) {
            engine = Engine.of(
                    RuleFile.parse(
                            Scenario.text("rules.yaml"),
                            "rules.yaml",
                            Map.of("BAUTA_KEY", "0123456789abcdef0123456789abcdef"),
                            Path.of(".")),
                    CatalogLoader.load(connection));
            session = engine.open(new Principal("analyst", database.name()), LexerSettings.SERVER);
        }
        session.setSearchPath(List.of("pg_catalog", "public"));
        require(Decision.Pass.class, CLEAR);
        require(Decision.Rewrite.class, POINT + 1);
        require(Decision.Rewrite.class, REPORT.replace("ALIAS", "c"));
    }

    private void require(Class<? extends Decision> expected, String text) {
        Decision decision = session.decide(text);
        if (!expected.isInstance(decision)) {
            throw new IllegalStateException(decision + " for " + text);
        }
    }

    /** Lexer and gate on a statement that names nothing protected. */
    @Benchmark
    public Decision gate() {
        return session.decide(CLEAR);
    }

    /** The baseline of {@link #gate}. */
    @Benchmark
    public List<NativeQuery> gateBaseline() throws SQLException {
        return parse(CLEAR);
    }

    /** A statement of a known shape with a number that was never there before. */
    @Benchmark
    public Decision shape() {
        return session.decide(POINT + count++);
    }

    /** The baseline of {@link #shape}. */
    @Benchmark
    public List<NativeQuery> shapeBaseline() throws SQLException {
        return parse(POINT + count++);
    }

    /** A statement of a new shape: lexer, gate, parser, resolver, rewriter, and the check of what was written. */
    @Benchmark
    public Decision analysis() {
        return session.decide(REPORT.replace("ALIAS", "c" + count++));
    }

    /** The baseline of {@link #analysis}. */
    @Benchmark
    public List<NativeQuery> analysisBaseline() throws SQLException {
        return parse(REPORT.replace("ALIAS", "c" + count++));
    }

    private static List<NativeQuery> parse(String text) throws SQLException {
        return Parser.parseJdbcSql(text, true, true, true, false, true);
    }
}
