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
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Arbitrary text ends in a decision, in time; and whatever the server makes of a text that was allowed to reach it, no row holds
 * a raw value.
 */
class DecisionFuzzTest {
    private static final Duration LONGEST = Duration.ofSeconds(5);
    private static final String[] PIECES = {
        "customers",
        "\"customers\"",
        "U&\"cu\\0073tomers\"",
        "public.",
        "SELECT ",
        " FROM ",
        "(",
        ")",
        "'",
        "\"",
        "$$",
        "--",
        "/*",
        "*/",
        "\n",
        ";",
        "::",
        "E'",
        "\\",
        "*",
        ",",
        " AS ",
        "WITH ",
        "ONLY ",
        "email",
        "$1",
        "1",
        ".",
        "[",
        "]",
        "@-",
        "\u00A0",
        "K",
        "\uD83D\uDE00",
        "TABLE ",
        "JOIN ",
        "USING (",
        "LATERAL ",
        "RETURNING ",
        "INTO ",
        "COPY ",
        " TO STDOUT",
        "EXPLAIN "
    };

    private static final List<String> CANARIES = List.of(
            "Ada Lovelace",
            "Alan Turing",
            "ada@",
            "alan@",
            "0123456789",
            "0987654321",
            "canary-",
            "Hopper",
            "Bartik",
            "1234.56",
            "81234",
            "65999",
            "secret-visitor");

    private static TestDatabase database;
    private static Engine engine;
    /** A superuser's. */
    private static @Nullable Connection connection;

    @BeforeAll
    static void openEngine() throws Exception {
        database = TestDatabase.create(Scenario.text("catalog.sql"));
        try (Connection reading = database.connect()) {
            engine = Engine.of(
                    RuleFile.parse(
                            Scenario.text("rules.yaml"),
                            "rules.yaml",
                            Map.of("BAUTA_KEY", "0123456789abcdef0123456789abcdef"),
                            Path.of(".")),
                    CatalogLoader.load(reading));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 20261123})
    void mutatedStatementsEndInADecision(long seed) throws SQLException {
        Random random = new Random(seed);
        List<Scenario> scenarios = Scenario.all();
        for (int i = 0; i < 600; i++) {
            String text = scenarios.get(random.nextInt(scenarios.size())).sql();
            for (int edits = 1 + random.nextInt(4); edits > 0; edits--) {
                text = mutate(text, random);
            }
            requireSound(text, seed);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5})
    void soupEndsInADecision(long seed) throws SQLException {
        Random random = new Random(seed);
        for (int i = 0; i < 3_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int pieces = random.nextInt(25); pieces > 0; pieces--) {
                text.append(PIECES[random.nextInt(PIECES.length)]);
            }
            requireSound(text.toString(), seed);
        }
    }

    @Test
    void whatIsNotMaskedIsSeen() throws SQLException {
        for (int i = 0; i < 2; i++) {
            assertThat(run("SELECT name FROM customers")).contains("Ada Lovelace");
            assertThat(run("SELECT nothing")).isEmpty();
        }
    }

    @Test
    void everyTruncationOfEveryScenarioEndsInADecision() throws SQLException {
        for (Scenario scenario : Scenario.all()) {
            for (int end = 0; end < scenario.sql().length(); end++) {
                requireSound(scenario.sql().substring(0, end), 0);
            }
        }
    }

    @Test
    void hugeStatementsEndInADecision() throws SQLException {
        for (String text : List.of(
                "SELECT " + "(".repeat(20_000) + "1" + ")".repeat(20_000) + " FROM customers",
                "SELECT * FROM " + "(SELECT * FROM ".repeat(2_000) + "customers" + ") x".repeat(2_000),
                "SELECT id FROM customers WHERE id = 1" + " OR id = 2".repeat(20_000),
                "SELECT 1" + " + 1".repeat(40_000) + " FROM customers",
                "SELECT '" + "x".repeat(2_000_000) + "' FROM customers",
                "SELECT " + "NOT ".repeat(50_000) + "true FROM customers",
                "SELECT " + "- ".repeat(50_000) + "1 FROM customers",
                "SELECT 1" + "::int".repeat(20_000) + " FROM customers",
                "SELECT a" + "[1]".repeat(20_000) + " FROM customers",
                "SELECT 1 FROM customers" + " UNION SELECT 1".repeat(10_000),
                "SELECT 1 FROM customers" + " JOIN customers ON true".repeat(5_000),
                "SELECT " + "CASE WHEN true THEN ".repeat(5_000) + "1" + " END".repeat(5_000) + " FROM customers",
                "SELECT 1;".repeat(50_000) + "SELECT name FROM customers",
                "/*".repeat(100_000) + " SELECT 1")) {
            requireSound(text, 0);
        }
    }

    private static String mutate(String text, Random random) {
        int at = random.nextInt(text.length() + 1);
        int to = Math.min(text.length(), at + random.nextInt(6));
        String piece = PIECES[random.nextInt(PIECES.length)];
        return switch (random.nextInt(5)) {
            case 0 -> text.substring(0, at) + piece + text.substring(at);
            case 1 -> text.substring(0, at) + text.substring(to);
            case 2 -> text.substring(0, at) + piece + text.substring(to);
            case 3 -> text.substring(0, at) + text.substring(at, to) + text.substring(at);
            default -> text.substring(0, at) + (char) random.nextInt(0x300) + text.substring(to);
        };
    }

    /** A text that passes, or that is sent rewritten, names nothing protected but inside masked relations. */
    private static void requireSound(String text, long seed) throws SQLException {
        Session session = engine.open(new Principal("analyst", "x"), LexerSettings.SERVER);
        session.setSearchPath(List.of("pg_catalog", "public"));
        long start = System.nanoTime();
        Decision decision = session.decide(text);
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .as("seed %s: %s", seed, head(text))
                .isLessThan(LONGEST);
        String sent = decision instanceof Decision.Rewrite rewrite ? rewrite.text() : text;
        if (!(decision instanceof Decision.Refuse) && text.length() < 10_000) {
            String answer = run(sent);
            assertThat(CANARIES.stream().filter(answer::contains).toList())
                    .as("seed %s: %s", seed, head(text))
                    .isEmpty();
        }
    }

    /** The rows that the server gives for a text, as the superuser; an error gives none. */
    private static String run(String text) throws SQLException {
        StringBuilder rows = new StringBuilder();
        if (connection == null) {
            connection = database.connect();
        }
        try (Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("SET LOCAL statement_timeout = '2s'");
            boolean result = statement.execute(text);
            while (result || statement.getUpdateCount() >= 0) {
                try (ResultSet set = result ? statement.getResultSet() : null) {
                    while (set != null && set.next()) {
                        for (int i = 1; i <= set.getMetaData().getColumnCount(); i++) {
                            rows.append(set.getString(i)).append(' ');
                        }
                    }
                }
                result = statement.getMoreResults();
            }
        } catch (SQLException e) {
            // What came before it counts.
        }
        forget(connection);
        return rows.toString();
    }

    /** The next text finds the connection as if it were new, or gets a new one. */
    private static void forget(Connection used) throws SQLException {
        try (Statement statement = used.createStatement()) {
            used.rollback();
            used.setAutoCommit(true);
            statement.execute("DISCARD ALL");
        } catch (SQLException e) {
            connection = null;
            used.close();
        }
    }

    private static String head(String text) {
        return text.substring(0, Math.min(text.length(), 200));
    }
}
