package dev.bauta.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bauta.catalog.CatalogLoader;
import dev.bauta.lexer.LexerSettings;
import dev.bauta.policy.Principal;
import dev.bauta.rulefile.RuleFile;
import dev.bauta.testing.Scenario;
import dev.bauta.testing.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** EXPLAIN EXECUTE goes by all that can stand behind the name. */
class ExplainedStatementsTest {
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

    /** Clerks see some of the orders only. */
    private static Session clerk(LexerSettings settings) {
        Session session = engine.open(new Principal("clerk", "x"), settings);
        session.setSearchPath(List.of("pg_catalog", "public"));
        return session;
    }

    private static boolean explains(Session session, String name) {
        return !(session.decide("EXPLAIN (COSTS OFF) EXECUTE " + name) instanceof Decision.Refuse);
    }

    @Test
    void whatTellsNothingIsExplained() {
        Session session = clerk(LexerSettings.SERVER);
        session.decide("PREPARE p AS SELECT name FROM customers");
        session.decide("PREPARE q (int) AS INSERT INTO regions VALUES ($1, 'x')");
        assertThat(explains(session, "p")).isTrue();
        assertThat(explains(session, "q (1)")).isTrue();
    }

    @Test
    void whatTellsIsNot() {
        Session session = clerk(LexerSettings.SERVER);
        session.decide("PREPARE p AS SELECT 1 FROM orders");
        session.decide("PREPARE q AS SELECT 1 FROM orders");
        session.decide("DEALLOCATE q");
        session.decide("PREPARE q AS SELECT 1");
        assertThat(explains(session, "p")).isFalse();
        assertThat(explains(session, "q"))
                .as("what may have stayed behind the name")
                .isFalse();
        assertThat(explains(session, "never")).isFalse();
    }

    @Test
    void whatWasPreparedByMessageCounts() {
        Session session = clerk(LexerSettings.SERVER);
        session.decide("SELECT 1");
        session.statements().add("p", session.decided());
        session.decide("SELECT 1 FROM orders");
        session.statements().add("q", session.decided());
        session.decide("EXECUTE p");
        session.statements().add("r", session.decided());
        assertThat(explains(session, "p")).isTrue();
        assertThat(explains(session, "q")).isFalse();
        assertThat(explains(session, "r")).as("a plan of what EXECUTE takes up").isFalse();
    }

    /** An EXPLAIN that was prepared itself shows the plan of what stands behind the name when it is run. */
    @Test
    void aPreparedExplainGoesStale() {
        Session session = clerk(LexerSettings.SERVER);
        session.decide("PREPARE p AS SELECT 1");
        session.decide("EXPLAIN EXECUTE p");
        Held explain = session.decided();
        assertThat(explain.isCurrent()).isTrue();
        session.decide("DEALLOCATE p; PREPARE p AS SELECT 1 FROM orders");
        assertThat(explain.isCurrent()).isFalse();
    }

    /** The PostgreSQL JDBC driver prepares statements as S_1, S_2, … without a word to the session. */
    @Test
    void namesOfTheJdbcDriverAreNotTrusted() {
        Session session = clerk(new LexerSettings(true, true));
        session.decide("PREPARE \"S_1\" AS SELECT 1");
        session.decide("PREPARE mine AS SELECT 1");
        assertThat(explains(session, "\"S_1\"")).isFalse();
        assertThat(explains(session, "mine")).isTrue();
    }
}
