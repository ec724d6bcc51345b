package dev.bauta.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bauta.catalog.CatalogLoader;
import dev.bauta.catalog.CatalogSnapshot;
import dev.bauta.engine.Decision;
import dev.bauta.engine.Engine;
import dev.bauta.engine.Session;
import dev.bauta.lexer.Lexer;
import dev.bauta.lexer.LexerSettings;
import dev.bauta.lexer.LexicalException;
import dev.bauta.lexer.Statements;
import dev.bauta.lexer.TokenKind;
import dev.bauta.lexer.TokenRange;
import dev.bauta.lexer.Tokens;
import dev.bauta.policy.Principal;
import dev.bauta.policy.Role;
import dev.bauta.policy.RolePolicies;
import dev.bauta.policy.SensitiveNames;
import dev.bauta.refusal.RefusedException;
import dev.bauta.rulefile.RuleFile;
import dev.bauta.rulefile.RuleSet;
import dev.bauta.testing.Scenario;
import dev.bauta.testing.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a masked client says, there is a decision; and what is let through gives nothing away. */
class GateFuzzTest {
    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final List<String> CANARIES = List.of(
            "Lovelace",
            "Turing",
            "ada@example",
            "alan@example",
            "0123456789",
            "0987654321",
            "1234.56",
            "99.99",
            "canary-",
            "Hopper",
            "Bartik",
            "81234",
            "65999",
            "secret-visitor");

    private static TestDatabase database;
    private static RuleSet rules;
    private static CatalogSnapshot catalog;
    private static Engine engine;

    private final long seed = Long.getLong("bauta.test.seed", 20261123);
    private final Random random = new Random(seed);
    private final Mutations mutations = new Mutations(random);

    @BeforeAll
    static void openEngine() throws Exception {
        database = TestDatabase.create(Scenario.text("catalog.sql"));
        rules = RuleFile.parse(
                Scenario.text("rules.yaml"),
                "rules.yaml",
                Map.of("BAUTA_KEY", "0123456789abcdef0123456789abcdef"),
                Path.of("."));
        try (Connection connection = database.connect()) {
            catalog = CatalogLoader.load(connection);
        }
        engine = Engine.of(rules, catalog);
    }

    private static Session open(Engine engine) {
        Session session = engine.open(new Principal("analyst", database.name()), LexerSettings.SERVER);
        session.setSearchPath(List.of("pg_catalog", "public"));
        return session;
    }

    // ---- there is always a decision

    record Heavy(String name, String text) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Heavy> heavyTexts() {
        String from = " FROM customers";
        return List.of(
                new Heavy("parentheses", "SELECT " + "(".repeat(20_000) + "1" + ")".repeat(20_000) + from),
                new Heavy("open parentheses", "SELECT * FROM customers WHERE " + "(".repeat(20_000)),
                new Heavy("query in parentheses", "(".repeat(20_000) + "TABLE customers" + ")".repeat(20_000)),
                new Heavy("brackets", "SELECT " + "ARRAY[".repeat(5_000) + "1" + "]".repeat(5_000) + from),
                new Heavy("subscripts", "SELECT name" + "[1]".repeat(20_000) + from),
                new Heavy("subqueries", "SELECT * FROM (".repeat(500) + "TABLE customers" + ") x".repeat(500)),
                new Heavy("CASE", "SELECT " + "CASE WHEN true THEN ".repeat(2_000) + "1" + " END".repeat(2_000) + from),
                new Heavy("NOT", "SELECT " + "NOT ".repeat(20_000) + "true" + from),
                new Heavy("signs", "SELECT " + "- ".repeat(20_000) + "1" + from),
                new Heavy("casts", "SELECT 1" + "::int".repeat(20_000) + from),
                new Heavy("OR", "SELECT id FROM customers WHERE id = 0" + " OR id = 1".repeat(5_000)),
                new Heavy("AND", "SELECT id FROM customers WHERE id = 0" + " AND id = 1".repeat(5_000)),
                new Heavy("operators", "SELECT 1" + " + id".repeat(20_000) + from),
                new Heavy("right-hand powers", "SELECT 1" + " ^ id".repeat(20_000) + from),
                new Heavy("UNION", "SELECT id FROM customers" + " UNION SELECT 1".repeat(5_000)),
                new Heavy("joins", "SELECT 1 FROM customers c" + " JOIN customers d USING (id)".repeat(2_000)),
                new Heavy("tables", "SELECT 1 FROM customers" + ", customers".repeat(10_000)),
                new Heavy("names", "SELECT a" + ".b".repeat(5_000) + from),
                new Heavy("aliases", "SELECT * FROM " + "(SELECT ".repeat(5_000) + ") x.customers".repeat(5_000)),
                new Heavy("list", "SELECT id FROM customers WHERE id IN (1" + ", 1".repeat(40_000) + ")"),
                new Heavy("rows", "INSERT INTO regions SELECT * FROM customers; VALUES (1)" + ", (1)".repeat(20_000)),
                new Heavy("common tables", "WITH a AS (".repeat(500) + "TABLE customers" + ") TABLE a".repeat(500)),
                new Heavy("statements", "SELECT name FROM customers;".repeat(3_000)),
                new Heavy("literal", "SELECT name, '" + "x".repeat(1 << 20) + "'" + from),
                new Heavy("comment", "SELECT name " + "/*".repeat(50_000) + "*/".repeat(50_000) + from),
                new Heavy("EXPLAIN", "EXPLAIN ".repeat(20_000) + "TABLE customers"),
                new Heavy("PREPARE", "PREPARE a AS ".repeat(20_000) + "TABLE customers"));
    }

    @ParameterizedTest
    @MethodSource("heavyTexts")
    void decidesHeavyTextsInTime(Heavy heavy) {
        long start = System.nanoTime();
        Decision decision = open(engine).decide(heavy.text());
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LONGEST);
        assertThat(decision).isNotInstanceOf(Decision.Pass.class);
    }

    @Test
    void decidesAnyText() {
        System.out.println("GateFuzzTest.decidesAnyText seed " + seed);
        for (int i = 0; i < 4_000; i++) {
            String text = mutations.any();
            try {
                assertThat(open(engine).decide(text)).isNotNull();
            } catch (RuntimeException | StackOverflowError e) {
                throw new AssertionError("seed " + seed + ": " + text, e);
            }
        }
    }

    // ---- what is let through

    @Test
    void neverPassesAStatementThatNamesAProtectedRelation() throws Exception {
        System.out.println("GateFuzzTest.neverPasses seed " + seed);
        SensitiveNames names = RolePolicies.of(rules, catalog, Instant.EPOCH)
                .policyOf(Role.DEFAULT)
                .names();
        Gate gate = new Gate(names, java.util.Set.of(), LexerSettings.SERVER);
        for (int i = 0; i < 4_000; i++) {
            String text = mutations.any();
            Tokens tokens = lex(text);
            if (tokens == null) {
                continue;
            }
            for (TokenRange statement : Statements.split(tokens)) {
                StatementHead head = StatementHead.of(tokens, statement);
                if (readsOrWrites(tokens, statement, head) && passes(gate, tokens, statement, head)) {
                    assertThat(namesOf(tokens, statement, !(head instanceof StatementHead.Query)))
                            .as("seed %d: %s", seed, text)
                            .noneMatch(names::isRelation);
                }
            }
        }
    }

    private static @org.jspecify.annotations.Nullable Tokens lex(String text) {
        try {
            return Lexer.lex(text, LexerSettings.SERVER);
        } catch (LexicalException e) {
            return null;
        }
    }

    private static boolean passes(Gate gate, Tokens tokens, TokenRange statement, StatementHead head) {
        try {
            return gate.examine(tokens, statement, head) == Gate.Verdict.PASS;
        } catch (RefusedException e) {
            return false;
        }
    }

    /** Names in other statements are those of cursors, channels and their like. */
    private static boolean readsOrWrites(Tokens tokens, TokenRange statement, StatementHead head) {
        boolean plain = head instanceof StatementHead.Plain
                && !tokens.isWord(statement.from(), "copy")
                && !tokens.isWord(statement.from(), "truncate");
        return !(plain || head instanceof StatementHead.Lock || head instanceof StatementHead.Setting);
    }

    /** @param mayDefine true to leave out the names of columns that are defined or copied into; behind INHERITS there are none */
    private static List<String> namesOf(Tokens tokens, TokenRange statement, boolean mayDefine) {
        int inherits = IntStream.range(statement.from(), statement.to())
                .filter(i -> tokens.isWord(i, "inherits") && tokens.is(i + 1, "("))
                .findFirst()
                .orElse(statement.to());
        List<String> names = new ArrayList<>();
        for (int i = statement.from(); i < statement.to(); i++) {
            String name = tokens.name(i);
            boolean defines = mayDefine && i < inherits;
            boolean copied = defines && tokens.is(i, "(") && tokens.isWord(statement.from(), "copy");
            if (copied) {
                break;
            }
            boolean defined = defines && (tokens.is(i - 1, "(") || tokens.is(i - 1, ","));
            if (name != null && !defined) {
                names.add(name);
            }
        }
        return names;
    }

    /** Runs what is let through, and looks at all that comes back for what only the protected columns hold. */
    @Test
    void givesNoProtectedValueAway() throws Exception {
        System.out.println("GateFuzzTest.givesNoProtectedValueAway seed " + seed);
        int answered = 0;
        Connection connection = connect();
        for (int i = 0; i < 3_000; i++) {
            String text = mutations.recombined();
            Decision decision = open(engine).decide(text);
            if (decision instanceof Decision.Refuse) {
                continue;
            }
            String answer = run(connection, decision instanceof Decision.Rewrite rewrite ? rewrite.text() : text);
            answered += answer.isEmpty() ? 0 : 1;
            assertThat(CANARIES.stream().filter(canary -> answer.contains(canary) && !text.contains(canary)))
                    .as("seed %d: %s", seed, text)
                    .isEmpty();
            if (!isIdle(connection)) {
                connection.close();
                connection = connect();
            }
        }
        connection.close();
        assertThat(answered).isGreaterThan(300);
    }

    private static Connection connect() throws SQLException {
        Connection connection = database.connect("analyst");
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET statement_timeout = '2s'");
        }
        connection.setAutoCommit(false);
        return connection;
    }

    /** Ends the transaction; false where a COPY or an END in the text has confused the JDBC driver. */
    private static boolean isIdle(Connection connection) {
        try {
            connection.rollback();
            return true;
        } catch (SQLException | RuntimeException e) {
            return false;
        }
    }

    /** All rows up to an error as text; the doors withhold what errors say. */
    private static String run(Connection connection, String sql) {
        StringBuilder all = new StringBuilder();
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            boolean rows = statement.execute(sql);
            while (rows || statement.getUpdateCount() >= 0) {
                if (rows) {
                    append(statement.getResultSet(), all);
                }
                rows = statement.getMoreResults();
            }
        } catch (SQLException | RuntimeException e) {
            return all.toString();
        }
        return all.toString();
    }

    private static void append(ResultSet result, StringBuilder all) throws SQLException {
        while (result.next()) {
            for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                all.append(result.getString(i)).append('\n');
            }
        }
    }

    // ---- constants do not matter

    @Test
    void decidesAlikeWhateverTheConstants() throws Exception {
        System.out.println("GateFuzzTest.decidesAlike seed " + seed);
        Engine other = Engine.of(rules, catalog);
        for (int i = 0; i < 3_000; i++) {
            String text = mutations.recombined();
            Tokens tokens = lex(text);
            if (tokens == null || readsConstants(tokens)) {
                continue;
            }
            String changed = withOtherConstants(tokens);
            assertThat(outline(open(other).decide(changed), changed))
                    .as("seed %d: %s", seed, text)
                    .isEqualTo(outline(open(engine).decide(text), text));
        }
    }

    /** Settings are decided by their names and values, which are constants; EXPLAIN (MASKING) says constants back. */
    private static boolean readsConstants(Tokens tokens) {
        return namesOf(tokens, new TokenRange(0, tokens.size()), false).stream()
                .anyMatch(name -> List.of("set", "current_setting", "set_config", "masking")
                        .contains(name));
    }

    private static String withOtherConstants(Tokens tokens) {
        StringBuilder text = new StringBuilder();
        int copied = 0;
        for (int i = 0; i < tokens.size(); i++) {
            String other =
                    switch (tokens.kind(i)) {
                        case STRING -> "'another; -- \"customers\" one'";
                        case INTEGER -> "4711";
                        case NUMERIC -> "0.815";
                        default -> tokens.source(i);
                    };
            text.append(tokens.text(), copied, tokens.start(i)).append(other);
            copied = tokens.end(i);
        }
        return text.append(tokens.text(), copied, tokens.text().length()).toString();
    }

    /** The kind of decision and what is to be sent, with a dot for each constant. */
    private static String outline(Decision decision, String text) {
        if (decision instanceof Decision.Refuse refuse) {
            return "refused: " + refuse.refusal().message();
        }
        String sent = decision instanceof Decision.Rewrite rewrite ? rewrite.text() : text;
        Tokens tokens = lex(sent);
        StringBuilder outline = new StringBuilder(decision.getClass().getSimpleName());
        for (int i = 0; tokens != null && i < tokens.size(); i++) {
            TokenKind kind = tokens.kind(i);
            outline.append(' ').append(kind.isConstant() ? kind.toString() : tokens.source(i));
        }
        return outline.toString();
    }
}
