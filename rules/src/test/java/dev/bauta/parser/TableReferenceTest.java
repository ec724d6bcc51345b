package dev.bauta.parser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bauta.lexer.TokenRange;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where relations stand in a statement; they stand in braces. */
class TableReferenceTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1 FROM {a}, {ONLY b}, {ONLY (s.c)}, {d *}, {e} AS f (g, h), {i} j",
                "SELECT 1 FROM {t1}, {ONLY secret}",
                "SELECT 1 FROM {a} JOIN {b} ON a.x = b.x LEFT OUTER JOIN {c} USING (x) NATURAL FULL JOIN {d} CROSS JOIN {e}",
                "SELECT 1 FROM {a} JOIN {b} JOIN {c} ON true ON (SELECT true FROM {d})",
                "SELECT 1 FROM ({a} JOIN {b} USING (x) AS y) AS z, (({c} CROSS JOIN {d}) JOIN {e} ON true)",
                "SELECT 1 FROM ((SELECT 1 FROM {a}) UNION (SELECT 1 FROM {b})) x",
                "SELECT 1 FROM ((SELECT 1 FROM {a}) x JOIN {b} ON true)",
                "SELECT 1 FROM (((SELECT 1 FROM {a}))) x, (VALUES (1), ((TABLE {b}))) y",
                "SELECT 1 FROM f(a, (TABLE {t})) WITH ORDINALITY AS x (y, z), ROWS FROM (g(1) AS (h int), i(2)) j",
                "SELECT 1 FROM s.f() AS (a int, b text COLLATE \"C\"), unnest(ARRAY(SELECT 1 FROM {t})) u, LATERAL g(u)",
                "SELECT 1 FROM {t} TABLESAMPLE bernoulli (10) REPEATABLE (1), {u} AS v TABLESAMPLE s.system ((TABLE {w}))",
                "MERGE INTO {t} USING {u} ON true WHEN NOT MATCHED BY SOURCE THEN DELETE RETURNING WITH (OLD AS o) o.a",
                "SELECT 1 // 2 FROM {a}",
                "SELECT $$ FROM x $$, $t$ FROM y $t$ FROM {a} /* FROM b /* */ FROM c */ -- FROM d\n, {e}",
                "SELECT E'\\' FROM x' FROM {a}",
                "SELECT ((SELECT 1 FROM {a}) + 1), ((SELECT 2) UNION SELECT 3 FROM {b}), ((TABLE {c}), 1), (((TABLE {d})))",
                "SELECT 1 WHERE a IN (SELECT 1 FROM {a}) OR b = ANY (TABLE {b}) OR (c, d) NOT IN ((SELECT 1, 2 FROM {c}))",
                "SELECT CASE (TABLE {a}) WHEN (TABLE {b}) THEN (TABLE {c}) ELSE (TABLE {d}) END",
                "SELECT f(x ORDER BY (TABLE {a})) FILTER (WHERE EXISTS (TABLE {b})) OVER (PARTITION BY (TABLE {c}))",
                "SELECT DISTINCT ON ((TABLE {a})) 1 GROUP BY (TABLE {b}), ROLLUP ((TABLE {c})) HAVING (TABLE {d})",
                "SELECT 1 WINDOW w AS (ORDER BY (TABLE {a}) ROWS BETWEEN (TABLE {b}) PRECEDING AND CURRENT ROW)",
                "TABLE {a} UNION ALL TABLE {ONLY b} ORDER BY (TABLE {c}) LIMIT (TABLE {d}) OFFSET (TABLE {e})",
                "SELECT a::numeric(10, 2)[], interval '1' day, b[(TABLE {a}) : (TABLE {b})], (ROW(1, (TABLE {c}))).f",
                "SELECT extract(year FROM (TABLE {a})), substring((TABLE {b}) FROM (TABLE {c}) FOR (TABLE {d})), trim(both FROM e)",
                "SELECT xmlelement(name a, xmlattributes((TABLE {a}) AS x), (TABLE {b})), xmlforest((TABLE {c}) AS from)",
                "SELECT 1 FROM xmltable('x' PASSING (TABLE {a}) COLUMNS b int PATH 'c' DEFAULT (TABLE {d}) NOT NULL) e",
                "SELECT a AS from, b AS table, c AS only FROM {d} \"from\", {e}",
                "SELECT a \"from\" FROM {values}, {time}, {row} row, {s.select}",
                "INSERT INTO {s.t} AS x (a, b[1], c.d) OVERRIDING SYSTEM VALUE SELECT 1, 2, 3 FROM {u} RETURNING (TABLE {v})",
                "INSERT INTO {t} DEFAULT VALUES",
                "INSERT INTO {t} (a) (SELECT 1 FROM {u}) ON CONFLICT (a, lower(b)) WHERE c DO UPDATE SET a = (TABLE {v})",
                "UPDATE {t} SET a = DEFAULT, (b, c) = (SELECT 1, 2 FROM {u}) FROM {v} JOIN {w} ON true WHERE CURRENT OF x",
                "UPDATE {ONLY t} AS set SET set = 1",
                "DELETE FROM {t *} x USING {u}, (SELECT 1 FROM {v}) w WHERE x.a = u.a RETURNING *",
                "MERGE INTO {t} x USING ({u} JOIN {v} ON true) ON x.a = u.a WHEN MATCHED AND (TABLE {w}) THEN DELETE "
                        + "WHEN NOT MATCHED THEN INSERT (a) VALUES ((TABLE {y})) WHEN MATCHED THEN DO NOTHING",
            })
    void findsEveryRelation(String expected) throws NotAnalysableException {
        Parsed parsed = Parsed.of(expected);

        assertThat(parsed.markTables()).isEqualTo(expected);
        assertThat(parsed.unexplained()).isEmpty();
    }

    @Test
    void describesAReference() throws NotAnalysableException {
        Parsed parsed = Parsed.of("UPDATE t SET a = 1 FROM ONLY (\"S\".Customers) AS c (x, y) TABLESAMPLE system (5)");

        assertThat(parsed.query().tables())
                .containsExactly(
                        new TableReference(
                                range(1, 2),
                                range(1, 2),
                                List.of("t"),
                                TableReference.Role.TARGET,
                                0,
                                false,
                                null,
                                false,
                                null,
                                false),
                        new TableReference(
                                range(7, 13),
                                range(9, 12),
                                List.of("S", "customers"),
                                TableReference.Role.SOURCE,
                                0,
                                true,
                                "c",
                                true,
                                range(20, 25),
                                false));
    }

    @Test
    void marksTableCommands() throws NotAnalysableException {
        List<TableReference> tables =
                Parsed.of("TABLE a UNION SELECT * FROM b").query().tables();

        assertThat(tables).extracting(TableReference::tableCommand).containsExactly(true, false);
        assertThat(tables).extracting(TableReference::scope).containsExactly(0, 1);
    }

    private static TokenRange range(int from, int to) {
        return new TokenRange(from, to);
    }
}
