package dev.bauta.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bauta.catalog.CatalogLoader;
import dev.bauta.lexer.LexerSettings;
import dev.bauta.policy.Principal;
import dev.bauta.refusal.Refusal;
import dev.bauta.rulefile.RuleFile;
import dev.bauta.testing.Scenario;
import dev.bauta.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every scenario in the engine alone: its decision, and the rows that the decided text gives on a real server. */
class EngineScenarioTest {
    private static TestDatabase database;
    private static Engine engine;

    @BeforeAll
    static void openEngine() throws Exception {
        database = TestDatabase.create(Scenario.text("catalog.sql"));
        try (Connection connection = database.connect()) {
            engine = Engine.of(
                    RuleFile.parse(
                            Scenario.text("rules.yaml"),
                            "rules.yaml",
                            Map.of("BAUTA_KEY", "0123456789abcdef0123456789abcdef"),
                            java.nio.file.Path.of(".")),
                    CatalogLoader.load(connection));
        }
    }

    static List<Scenario> scenarios() {
        return Scenario.all();
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void decides(Scenario scenario) throws SQLException {
        Decision decision = open(scenario.principal()).decide(scenario.sql());
        if (scenario.refused() != null) {
            assertThat(describe(decision, scenario.sql())).isEqualTo("refused: " + scenario.refused());
            return;
        }
        if (scenario.rewritten() != null) {
            assertThat(describe(decision, scenario.sql())).isEqualTo(scenario.rewritten());
        }
        if (scenario.rows() != null) {
            assertThat(run(describe(decision, scenario.sql()))).isEqualTo(scenario.rows());
        }
    }

    static List<Scenario> refusals() {
        return Scenario.all().stream()
                .filter(scenario -> scenario.refused() != null)
                .toList();
    }

    /** What is refused, by what, where it stands, and what to do. */
    @ParameterizedTest
    @MethodSource("refusals")
    void refusalsHelp(Scenario scenario) {
        Decision decision = open(scenario.principal()).decide(scenario.sql());
        Refusal refusal = ((Decision.Refuse) decision).refusal();
        assertThat(refusal.offset()).isBetween(0, scenario.sql().length());
        assertThat(refusal.hint()).endsWith(".").hasSizeGreaterThan(10);
        assertThat(refusal.message()).doesNotContain("null", "[]");
    }

    @Test
    void decidesAKnownShapeWithoutAnalysis() throws SQLException {
        Session session = open("analyst");
        session.decide("SELECT name FROM customers WHERE id = 1 AND note <> 'a'");
        Decision second = session.decide("SELECT name FROM customers WHERE id = 3 AND note <> 'longer constant'");
        assertThat(run(describe(second, ""))).isEqualTo(List.of(List.of("someone")));
    }

    @Test
    void refusesABannedRole() {
        Refusal refusal =
                engine.open(new Principal("banned", "x"), LexerSettings.SERVER).reviewStartup(Map.of("user", "banned"));
        assertThat(refusal).extracting(Refusal::message).isEqualTo("role \"outlaw\" of the rule file may not connect");
    }

    private static Session open(String user) {
        Session session = engine.open(new Principal(user, database.name()), LexerSettings.SERVER);
        session.setSearchPath(List.of("pg_catalog", "public"));
        return session;
    }

    private static String describe(Decision decision, String sql) {
        if (decision instanceof Decision.Rewrite rewrite) {
            return rewrite.text();
        } else if (decision instanceof Decision.Refuse refuse) {
            return "refused: " + refuse.refusal().code().sqlState() + " "
                    + refuse.refusal().message();
        }
        return sql;
    }

    private static List<List<String>> run(String sql) throws SQLException {
        try (Connection connection = database.connect()) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement();
                    ResultSet result = statement.executeQuery(sql)) {
                List<List<String>> rows = new ArrayList<>();
                while (result.next()) {
                    List<String> row = new ArrayList<>();
                    for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                        row.add(result.getString(i));
                    }
                    rows.add(row);
                }
                return rows;
            } finally {
                connection.rollback();
            }
        }
    }
}
