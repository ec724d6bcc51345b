package dev.bauta.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.util.PSQLException;

/** The position in a real server's error about a rewritten text leads to the word that is to blame in the client's own. */
class ErrorPositionTest {
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
                            Path.of(".")),
                    CatalogLoader.load(connection));
        }
    }

    /** Statements in which {@code wrong} is to blame, or begins what is. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT id, wrong FROM customers",
                "SELECT id FROM customers WHERE wrong = 1",
                "SELECT '😀', id FROM customers c WHERE '😀😀' <> '' AND wrong = 1",
                "SELECT '😀' AS \"😀\", c.wrong FROM customers c",
                "SELECT c.id FROM customers c, customers d, regions WHERE c.id = d.id AND wrong.id = 1",
                "SELECT id FROM customers c JOIN hr.employees e USING (id) WHERE wrong(id) = 1",
                "SELECT id FROM customers; SELECT name, wrong FROM customers",
                "SELECT name FROM customers /* 😀 */ TABLESAMPLE system (100) WHERE wrong",
                "WITH c AS (TABLE customers) SELECT id FROM c WHERE EXISTS (SELECT wrong FROM customers)",
                "SELECT public.customers.id FROM public.customers ORDER BY wrong",
                "SELECT c.id, count(*) FROM customers c GROUP BY c.id HAVING wrong > 1",
                "SELECT id FROM customers UNION SELECT id FROM customers ORDER BY wrong",
                "EXPLAIN SELECT id FROM customers WHERE wrong = 1",
                "PREPARE p AS SELECT id FROM customers WHERE wrong = $1",
                "COPY (SELECT id, wrong FROM customers) TO STDOUT",
                "SELECT id FROM customers, wrong"
            })
    void leadsToTheWordToBlame(String sql) throws SQLException {
        Session session = engine.open(new Principal("analyst", database.name()), LexerSettings.SERVER);
        session.setSearchPath(List.of("pg_catalog", "public"));
        Decision.Rewrite rewrite = (Decision.Rewrite) session.decide(sql);
        int position = rewrite.positions().toOriginalPosition(errorPosition(rewrite.text()));
        assertThat(sql.substring(sql.offsetByCodePoints(0, position - 1))).isEqualTo(sql.substring(blamed(sql)));
    }

    private static int blamed(String sql) {
        int wrong = sql.indexOf("wrong");
        return sql.startsWith("c.", wrong - 2) ? wrong - 2 : wrong;
    }

    private static int errorPosition(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        database.url() + "?preferQueryMode=simple", "postgres", "postgres");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
            throw new AssertionError("no error in " + sql);
        } catch (PSQLException e) {
            return Objects.requireNonNull(e.getServerErrorMessage()).getPosition();
        }
    }
}
