package dev.bauta.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bauta.catalog.CatalogLoader;
import dev.bauta.policy.Policy;
import dev.bauta.policy.Principal;
import dev.bauta.policy.SearchPath;
import dev.bauta.rulefile.RuleFile;
import dev.bauta.testing.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where the columns of a result come from. */
class LineageTest {
    private static final String E = "public.c.email, mask email by r:3:5";

    private static Policy policy;

    @BeforeAll
    static void load() throws Exception {
        TestDatabase database = TestDatabase.create(
                """
                CREATE TABLE c (id int PRIMARY KEY, email text, born date);
                CREATE TABLE o (id int, c_id int, note text);
                CREATE VIEW v AS SELECT id, email AS mail FROM c;
                """);
        try (Connection connection = database.connect()) {
            Engine engine = Engine.of(
                    RuleFile.parse(
                            """
                            version: 1
                            columns:
                              - {match: public.c.email, mask: email}
                              - {match: public.c.born, mask: {type: truncate, unit: year}}
                            """,
                            "r",
                            Map.of(),
                            Path.of(".")),
                    CatalogLoader.load(connection));
            policy = engine.policies().policyOf(engine.policies().roleOf(new Principal("x", "x")));
        } finally {
            database.drop();
        }
    }

    private static List<ResultColumn> lineage(String sql) {
        return Lineage.of(policy, false, sql, new SearchPath.Known(List.of("pg_catalog", "public")));
    }

    private static String words(String sql) {
        return ExplanationText.result(lineage(sql)).stream()
                .skip(1)
                .map(String::strip)
                .collect(Collectors.joining(" / "))
                .replace(E, "E")
                .replace("public.c.born, mask truncate by r:4:5", "B");
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = "=>",
            quoteCharacter = '`',
            value = {
                "SELECT email FROM c => email  from E",
                "SELECT public.c.email AS x, 7, 'secret' s FROM c => x  from E / ?column?  computed from no column / s  computed from no column",
                "SELECT * FROM c => id  from public.c.id / email  from E / born  from B",
                "SELECT o.*, c.email || note FROM c, o => id  from public.o.id / c_id  from public.o.c_id / note  from public.o.note / ?column?  computed from E; public.o.note",
                "SELECT upper(email) FROM c => upper  computed from E",
                "SELECT max(born) - min(born) AS d, count(*) FROM c WHERE email = 'x' => d  computed from B / count  computed from no column",
                "SELECT x.e FROM (SELECT email AS e FROM c) x => e  from E",
                "SELECT x.e FROM (SELECT upper(email) FROM c) AS x (e) => e  computed from E",
                "WITH w (a, b) AS (SELECT id, email FROM c) SELECT b, a FROM w => b  from E / a  from public.c.id",
                "WITH RECURSIVE w (a, b) AS (SELECT id, note FROM o UNION ALL SELECT c.id, email FROM w JOIN c ON c.id = a) SELECT b FROM w => b  computed from public.o.note; E",
                "SELECT note FROM o UNION SELECT email FROM c => note  computed from public.o.note; E",
                "SELECT note FROM o UNION SELECT note FROM o ORDER BY 1 => note  from public.o.note",
                "SELECT email e, id FROM c WINDOW w AS () => e  from E / id  from public.c.id",
                "SELECT 1 WINDOW w AS () => ?column?  computed from no column",
                "TABLE c => id  from public.c.id / email  from E / born  from B",
                "SELECT c FROM c => c  computed from public.c.id; E; B",
                "SELECT (c).email, row_to_json(k) AS j FROM c, o AS k => email  computed from public.c.id; E; B / j  computed from public.o.id; public.o.c_id; public.o.note",
                "SELECT (SELECT email FROM c WHERE c.id = o.c_id) AS m FROM o => m  computed from E",
                "SELECT l FROM c, lower(email) AS l => l  computed from E",
                "SELECT x FROM o, LATERAL (SELECT note || email AS x FROM c WHERE c.id = o.c_id) AS y => x  computed from public.o.note; E",
                "SELECT * FROM c NATURAL JOIN o => *  computed from public.c.id; E; B; public.o.id; public.o.c_id; public.o.note",
                "SELECT id, j.email FROM (c JOIN o USING (id)) AS j => id  computed from public.c.id; public.o.id / email  computed from E",
                "SELECT k.e, k.id FROM c AS k (id, e) => e  from E / id  from public.c.id",
                "SELECT mail FROM v => mail  from public.v.mail, mask email by r:3:5",
                "INSERT INTO o (note) SELECT 'x' RETURNING note AS n, id => n  from public.o.note / id  from public.o.id",
                "SELECT t.a, b FROM nowhere AS t => a  from nowhere.a / b  computed from nowhere.b",
                "SELECT CASE WHEN id > 1 THEN email END, CAST(born AS text) FROM c => ?column?  computed from public.c.id; E / ?column?  computed from B",
                "PREPARE p AS SELECT email FROM c => email  from E",
                "VALUES (1, 2) => ``",
                "DELETE FROM o => ``",
                "EXPLAIN SELECT email FROM c => ``",
                "SELECT FROM c => ``",
            })
    void isToldForEachColumn(String sql, String expected) {
        assertThat(words(sql)).isEqualTo(expected);
    }

    @Test
    void isNotToldAtLengthOfWhatIsMadeToTakeLong() {
        StringBuilder nested = new StringBuilder("SELECT email FROM c");
        for (int i = 0; i < 40; i++) {
            nested.insert(0, "WITH RECURSIVE w AS (").append(") SELECT * FROM w");
        }
        assertThat(lineage(nested.toString())).isEmpty();
    }

    @Test
    void endsSomewhere() {
        String wide = "SELECT " + "c.*, ".repeat(500) + "1 FROM c";
        List<String> lines = ExplanationText.result(lineage(wide));
        assertThat(lines).hasSize(1002);
        assertThat(lines.get(1001)).isEqualTo("  the rest is not shown, as it is longer than 1000 lines");
    }
}
