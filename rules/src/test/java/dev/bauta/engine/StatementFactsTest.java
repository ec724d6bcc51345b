package dev.bauta.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bauta.catalog.CatalogLoader;
import dev.bauta.catalog.ColumnOrigin;
import dev.bauta.catalog.QualifiedName;
import dev.bauta.catalog.Relation;
import dev.bauta.engine.StatementFacts.ProtectedColumn;
import dev.bauta.lexer.LexerSettings;
import dev.bauta.policy.Principal;
import dev.bauta.rulefile.RuleFile;
import dev.bauta.testing.Scenario;
import dev.bauta.testing.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a session can tell about the texts that it decides. */
class StatementFactsTest {
    private static final String CANARY = "canary4711";
    private static final QualifiedName CUSTOMERS = new QualifiedName("public", "customers");

    private static Engine engine;

    private static ProtectedColumn name() {
        Relation customers = engine.policies().catalog().findRelation(CUSTOMERS).orElseThrow();
        return new ProtectedColumn(
                CUSTOMERS, "name", "constant", "rules.yaml:7:5", new ColumnOrigin(customers.oid(), 2));
    }

    @BeforeAll
    static void openEngine() throws Exception {
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

    @Test
    void tellsWhatAQueryIsAbout() {
        assertThat(factsOf(
                        "analyst",
                        "SELECT c.name, o.total FROM Customers c JOIN orders o ON true WHERE c.id IN (1, 2, 3)"))
                .isEqualTo(List.of(new StatementFacts(
                        "SELECT",
                        new Fingerprint(
                                "c76a13b5d2ef87ab",
                                "select c.name, o.total from customers c join orders o on true where c.id in (?, …)"),
                        List.of(CUSTOMERS, new QualifiedName("public", "orders")),
                        List.of(name()),
                        engine.policies().rules().version(),
                        "",
                        Set.of())));
    }

    @Test
    void aStarTakesAllProtectedColumns() {
        assertThat(factsOf("analyst", "TABLE customers").get(0).columns())
                .extracting(ProtectedColumn::column)
                .containsExactly("name", "email", "phone", "credit", "note");
    }

    @Test
    void tellsOfStatementsThatPass() {
        StatementFacts facts = factsOf("analyst", "WITH n AS (SELECT 1) INSERT INTO regions TABLE n")
                .get(0);
        assertThat(facts.kind()).isEqualTo("INSERT");
        assertThat(facts.relations()).containsExactly(new QualifiedName("public", "regions"));
        assertThat(facts.columns()).isEmpty();
    }

    @Test
    void tellsOfEachStatementUpToTheRefusedOne() {
        assertThat(factsOf("analyst", "SELECT 1; DROP FUNCTION peek; SELECT 2"))
                .extracting(StatementFacts::kind)
                .containsExactly("SELECT", "DROP");
    }

    @Test
    void tellsWhatRawSessionsNameInWhateverStatement() {
        assertThat(factsOf("postgres", "SELECT name FROM public.customers")
                        .get(0)
                        .columns())
                .containsExactly(name());
        StatementFacts alter = factsOf("postgres", "ALTER TABLE customers REname() note TO remark")
                .get(0);
        assertThat(alter.kind()).isEqualTo("ALTER");
        assertThat(alter.relations()).containsExactlyInAnyOrder(new QualifiedName("archive", "customers"), CUSTOMERS);
        assertThat(alter.columns()).contains(name());
    }

    @Test
    void tellsWhatIsPreparedAndTakenUp() {
        assertThat(factsOf("analyst", "PREPARE p AS SELECT 1").get(0).prepares())
                .isEqualTo("p");
        assertThat(factsOf("analyst", "DECLARE c CURSOR FOR SELECT 1").get(0).prepares())
                .isEqualTo("c");
        assertThat(factsOf("analyst", "EXECUTE p(1)").get(0).takes()).containsExactly("p");
        assertThat(factsOf("analyst", "FETCH 2 FROM c").get(0).takes()).contains("c");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 'canary4711', E'canary4711', $a$canary4711$a$, U&'canary4711', N'canary4711' -- canary4711",
                "SELECT name /* canary4711 */ FROM customers WHERE note = 'canary4711' AND id = 4711",
                "SET application_name = canary4711",
                "SET LOCAL application_name TO canary4711, x",
                "EXECUTE p('canary4711')",
                "SELECT X'4711', 4711, 4711.0, 4711e1, date '4711-01-01', interval 'canary4711' day",
                "NOTIFY c, 'canary4711'",
                "SELECT 'canary4711",
                "INSERT INTO regions VALUES (4711, 'canary4711'), (4711, 'canary4711')",
                "DO 'canary4711'",
                "ALTER ROLE analyst PASSWORD 'canary4711'",
                "ALTER ROLE analyst IN DATABASE x SET app.token = canary4711, canary4711",
                "ALTER SYSTEM SET application_name TO canary4711",
                "ALTER FUNCTION f(integer) SET app.token = canary4711 RESET x",
                "CREATE FUNCTION f() RETURNS integer SET app.token = canary4711 LANGUAGE sql AS 'SELECT 4711'"
            })
    void holdsNoConstants(String sql) {
        for (String user : List.of("analyst", "postgres")) {
            assertThat(factsOf(user, sql).toString()).doesNotContain(CANARY).doesNotContain("4711");
        }
    }

    @Test
    void isFoundOnceForAllStatementsOfAShape() {
        assertThat(factsOf("analyst", "SELECT name FROM customers WHERE id = 8").get(0))
                .isSameAs(factsOf("analyst", "SELECT name FROM customers WHERE id = 99")
                        .get(0));
    }

    /** So many statements would hold up whoever waits for the same thread, if all of them were parsed. */
    @Test
    void ofVeryManyStatementsTheLastAreToldInFullBreadth() {
        String text = IntStream.range(0, 4_001)
                .mapToObj(i -> "SELECT id AS a" + i + " FROM customers;")
                .collect(Collectors.joining());

        List<StatementFacts> facts = factsOf("analyst", text);

        assertThat(facts).hasSize(4_001);
        assertThat(facts.get(3_999).columns()).isEmpty();
        assertThat(facts.get(4_000).columns()).contains(name());
        assertThat(facts.get(4_000).relations()).containsExactly(CUSTOMERS);
    }

    private static List<StatementFacts> factsOf(String user, String sql) {
        Session session = engine.open(new Principal(user, "x"), LexerSettings.SERVER);
        session.setSearchPath(List.of("pg_catalog", "public"));
        session.decide(sql);
        return session.facts();
    }
}
