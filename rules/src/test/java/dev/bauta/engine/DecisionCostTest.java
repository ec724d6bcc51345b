package dev.bauta.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bauta.catalog.CatalogLoader;
import dev.bauta.lexer.LexerSettings;
import dev.bauta.policy.Principal;
import dev.bauta.rulefile.RuleFile;
import dev.bauta.testing.Scenario;
import dev.bauta.testing.TestDatabase;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Statements made to hold Bauta up cost little, whatever is decided on them, and never the stack. */
class DecisionCostTest {
    private static final Duration MOST = Duration.ofMillis(100);
    private static final int TRIES = 40;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private static Engine engine;

    @BeforeAll
    static void open() throws Exception {
        TestDatabase database = TestDatabase.create(Scenario.text("catalog.sql"));
        try (Connection connection = database.connect()) {
            engine = Engine.of(
                    RuleFile.parse(
                            Scenario.text("rules.yaml"),
                            "rules.yaml",
                            Map.of("BAUTA_KEY", "0123456789abcdef0123456789abcdef"),
                            Path.of(".")),
                    CatalogLoader.load(connection));
        }
    }

    /** A statement in which {@code %d} makes a new shape of each, so that none is answered from the cache. */
    record Costly(String name, String text) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Costly> costlyTexts() {
        String clear = "SELECT id AS x%d FROM regions WHERE ";
        String masked = "SELECT id AS x%d FROM customers WHERE ";
        String terms = "id = 1" + " OR id = 1".repeat(19_999);
        String nested = "(".repeat(10_000) + "true" + ")".repeat(10_000);
        return List.of(
                new Costly("OR on a clear table", clear + terms),
                new Costly("OR on a protected table", masked + terms),
                new Costly("parentheses on a clear table", clear + nested),
                new Costly("parentheses on a protected table", masked + nested),
                new Costly("parentheses that do not close", masked + "(".repeat(10_000)),
                new Costly("OR and parentheses", masked + "(id = 1) OR ".repeat(5_000) + nested),
                new Costly("UNION of protected tables", masked + "true" + " UNION ALL TABLE customers".repeat(20_000)),
                new Costly(
                        "UNION of clear tables", masked + "true" + " UNION ALL SELECT id FROM regions".repeat(5_000)),
                new Costly("protected tables", masked.replace("WHERE ", ", customers c".repeat(1_500))),
                new Costly("names with schemas", masked + "id IN (1" + ", public.customers.id".repeat(5_000) + ")"),
                new Costly("columns of a COPY", "COPY customers (id" + ", email".repeat(10_000) + ") TO STDOUT"),
                new Costly("WITH items", with(3_000) + masked + "true"),
                new Costly(
                        "statements on a clear table",
                        IntStream.range(0, 10_000)
                                .mapToObj(i -> "SELECT id AS x%1$d_" + i + " FROM regions;")
                                .collect(Collectors.joining())));
    }

    /** Each reads the one before. */
    private static String with(int items) {
        return IntStream.range(0, items)
                .mapToObj(i -> "c" + i + " AS (SELECT id FROM " + (i == 0 ? "regions" : "c" + (i - 1)) + ")")
                .collect(Collectors.joining(", ", "WITH ", " "));
    }

    @ParameterizedTest
    @MethodSource("costlyTexts")
    void isDecided(Costly costly) {
        assertThat(decide(costly.text().formatted(0))).isNotNull();
    }

    /** Of the thread's own CPU time, which a busy machine makes longer too: not part of the ordinary build. */
    @ParameterizedTest
    @MethodSource("costlyTexts")
    @EnabledIfSystemProperty(named = "bauta.costs", matches = "true")
    void costsLittle(Costly costly) {
        long least = Long.MAX_VALUE;
        for (int i = 1; i <= TRIES; i++) {
            String text = costly.text().formatted(i);
            long start = THREADS.getCurrentThreadCpuTime();
            assertThat(decideAndTell(text)).isNotEmpty();
            least = Math.min(least, THREADS.getCurrentThreadCpuTime() - start);
        }
        System.out.println(costly + ": " + least / 1_000_000 + " ms");
        assertThat(Duration.ofNanos(least)).isLessThanOrEqualTo(MOST);
    }

    /** A text of many statements is not decided one after the other without end. */
    @Test
    void manyStatementsOfProtectedTablesAreRefused() {
        String few = IntStream.range(0, 4_000)
                .mapToObj(i -> "SELECT id AS a" + i + " FROM customers;")
                .collect(Collectors.joining());
        assertThat(decide(few)).isInstanceOf(Decision.Rewrite.class);
        assertThat(refusal(few + "SELECT id FROM customers"))
                .isEqualTo(
                        "the statements of the text that name something protected have together more than 100000 tokens,"
                                + " of which a short one counts as 25");
        assertThat(decide(few + "SELECT id FROM regions")).isInstanceOf(Decision.Rewrite.class);
    }

    @Test
    void manyStatementsAreRefusedWhateverTheyAre() {
        String most = "SELECT 1;".repeat(100_000);
        assertThat(decide(most)).isInstanceOf(Decision.Pass.class);
        assertThat(refusal(most + "SELECT 1")).isEqualTo("the text has more than 100000 statements");
        assertThat(decide(";".repeat(200_000))).isInstanceOf(Decision.Pass.class);
    }

    @Test
    void whatMasksWouldMakeTooLongIsRefused() {
        assertThat(refusal("TABLE customers" + " UNION ALL TABLE customers".repeat(20_000)))
                .isEqualTo("with masks the statement would be longer than 1048576 characters");
    }

    @Test
    void aColumnIsCopiedOnce() {
        assertThat(refusal("COPY customers (id, email, id) TO STDOUT")).isEqualTo("column id is listed more than once");
    }

    private static String refusal(String text) {
        return decide(text) instanceof Decision.Refuse refuse ? refuse.refusal().message() : "";
    }

    private static Decision decide(String text) {
        return newSession().decide(text);
    }

    private static List<StatementFacts> decideAndTell(String text) {
        Session session = newSession();
        assertThat(session.decide(text)).isNotNull();
        return session.facts();
    }

    private static Session newSession() {
        Session session = engine.open(new Principal("analyst", "x"), LexerSettings.SERVER);
        session.setSearchPath(List.of("pg_catalog", "public"));
        return session;
    }
}
