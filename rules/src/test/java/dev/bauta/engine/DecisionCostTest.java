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
import org.junit.jupiter.api.BeforeAll;
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
                new Costly("OR and parentheses", masked + "(id = 1) OR ".repeat(5_000) + nested));
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
            assertThat(decide(text)).isNotNull();
            least = Math.min(least, THREADS.getCurrentThreadCpuTime() - start);
        }
        System.out.println(costly + ": " + least / 1_000_000 + " ms");
        assertThat(Duration.ofNanos(least)).isLessThanOrEqualTo(MOST);
    }

    private static Decision decide(String text) {
        Session session = engine.open(new Principal("analyst", "x"), LexerSettings.SERVER);
        session.setSearchPath(List.of("pg_catalog", "public"));
        return session.decide(text);
    }
}
