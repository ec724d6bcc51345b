package dev.bauta.parser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bauta.parser.ParsedQuery.ColumnReference;
import dev.bauta.parser.ParsedQuery.Grouping;
import dev.bauta.parser.ParsedQuery.Kind;
import dev.bauta.parser.ParsedQuery.Scope;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which names of a statement are columns, or relations taken whole; they stand in braces. */
class ColumnReferenceTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT {*}, {c.*}, {public.c.*}, {a}, {c.a}, {public.c.a} AS b, {d} e FROM c",
                "SELECT count(*), count({c.*}), count({c}), row_to_json({c}), email({c}), {c}::text, ({c}).a, ({c.d}).* FROM c",
                "SELECT {a}[{b}].f, {a.b}[1 : {c}], f({x}).g FROM c",
                "SELECT {a} -> 'x' ->> {b} #>> ARRAY[{c}], {d} AT TIME ZONE {e}, {f} COLLATE \"C\", - {g}, NOT {h}, @ {i} FROM t",
                "SELECT {a} OPERATOR(pg_catalog.+) {b}, {a} IS DISTINCT FROM {b}, {a} ILIKE {b} ESCAPE {c}, {a} BETWEEN {b} AND {c}",
                "SELECT f(n => {a}, m := {b}), g(VARIADIC {c}), sum(DISTINCT {d} ORDER BY {e} DESC) FILTER (WHERE {f}) OVER w",
                "SELECT date '2020-01-01', pg_catalog.date 'x', float8 '1', {date}, interval '1' year, {a}::s.t(1)[], CAST({b} AS x(y))",
                "SELECT extract(epoch FROM {a}), normalize({b}, nfc), overlay({c} PLACING {d} FROM {e}), position({f} IN {g})",
                "SELECT current_date, current_user, user, current_schema, current_schema(), localtime(3), {now}, now()",
                "SELECT 1 FROM a JOIN b USING (x) JOIN c ON {a.x} = {c.x} GROUP BY {y}, ROLLUP ({z}) ORDER BY {v} USING OPERATOR(s.<)",
                "INSERT INTO t (a, b.c) SELECT {d} FROM u ON CONFLICT (a, lower({b})) DO UPDATE SET a = {excluded.a} WHERE {t.b}",
                "UPDATE t SET a = {b}, c[{d}] = DEFAULT WHERE {t.e} RETURNING {*}, {t.*}",
                "SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY {a}), rank() OVER (w PARTITION BY {b} ORDER BY {c}) FROM t",
                "SELECT {position}, {row}, {time}, {values} FROM t",
            })
    void findsEveryColumn(String expected) throws NotAnalysableException {
        Parsed parsed = Parsed.of(expected);

        assertThat(parsed.markColumns()).isEqualTo(expected);
        assertThat(parsed.unexplained()).isEmpty();
    }

    @Test
    void givesPartsAsPostgresqlReadsThem() throws NotAnalysableException {
        List<ColumnReference> columns = Parsed.of("SELECT C.\"Email\", c.*, *, U&\"\\0061\" FROM c")
                .query()
                .columns();

        assertThat(columns)
                .extracting(ColumnReference::parts)
                .containsExactly(List.of("c", "Email"), List.of("c"), List.of(), List.of("a"));
        assertThat(columns).extracting(ColumnReference::star).containsExactly(false, true, true, false);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT 1 FROM t GROUP BY a, t.b | a;t.b | 11 | true",
                "SELECT 1 FROM t GROUP BY (a, (b)), c + 1, f(d) HAVING true | a;b | 22 | true",
                "SELECT 1 FROM t GROUP BY ALL 1, (a).b, a[1], ROW(c) | '' | 24 | true",
                "SELECT 1 FROM t GROUP BY ROLLUP (a), b | '' | 12 | false",
                "SELECT 1 FROM t GROUP BY GROUPING SETS ((a), ()) ORDER BY 1 | '' | 16 | false",
                "SELECT 1 FROM t GROUP BY DISTINCT a | '' | 8 | false",
                "SELECT 1 FROM t GROUP BY () | '' | 8 | false",
            })
    void describesGroupings(String sql, String columns, int end, boolean plain) throws NotAnalysableException {
        Grouping grouping =
                Objects.requireNonNull(Parsed.of(sql).query().scopes().get(0).grouping());

        assertThat(grouping.columns())
                .extracting(column -> String.join(".", column.parts()))
                .containsExactly(columns.isEmpty() ? new String[0] : columns.split(";"));
        assertThat(grouping.end()).isEqualTo(end);
        assertThat(grouping.plain()).isEqualTo(plain);
    }

    @Test
    void countsScopesFromTheOutermost() throws NotAnalysableException {
        ParsedQuery query = Parsed.of("WITH w AS (SELECT x FROM a NATURAL JOIN b GROUP BY y) "
                        + "SELECT p FROM w WHERE q IN (SELECT r FROM c) UNION SELECT s FROM d ORDER BY o")
                .query();

        assertThat(query.kind()).isEqualTo(Kind.SELECT);
        assertThat(query.scopes()).extracting(Scope::natural).containsExactly(false, true, false, false);
        assertThat(query.columns())
                .extracting(column -> column.parts().get(0) + column.scope())
                .containsExactly("x1", "y1", "p0", "q0", "r2", "s3", "o0");
        assertThat(query.tables())
                .extracting(table -> table.parts().get(0) + table.scope())
                .containsExactly("a1", "b1", "c2", "d3");
    }

    @ParameterizedTest
    @CsvSource({
        "TABLE a, SELECT",
        "(VALUES (1)), SELECT",
        "WITH a AS (DELETE FROM t) SELECT 1, SELECT",
        "WITH a AS (SELECT 1) INSERT INTO t TABLE a, INSERT",
        "UPDATE t SET a = 1, UPDATE",
        "DELETE FROM t, DELETE",
        "MERGE INTO t USING u ON true WHEN MATCHED THEN DELETE, MERGE",
    })
    void tellsTheKind(String sql, Kind kind) throws NotAnalysableException {
        assertThat(Parsed.of(sql).query().kind()).isEqualTo(kind);
    }
}
