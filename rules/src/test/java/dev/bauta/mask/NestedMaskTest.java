package dev.bauta.mask;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bauta.mask.MaskCases.Case;
import dev.bauta.mask.SampleTables.Sample;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Masks on the parts of a value do to each part what they do to a value of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NestedMaskTest {
    private static final long SEED = Long.getLong("bauta.test.seed", System.nanoTime());

    private final KeyRing keys = KeyRing.of("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8));
    private SampleTables tables;

    @BeforeAll
    void createTables() throws Exception {
        System.out.println("NestedMaskTest: -Dbauta.test.seed=" + SEED);
        tables = SampleTables.create(keys, SEED);
    }

    @Test
    void eachElementIsMaskedAsAValueOfItsOwnIs() throws Exception {
        Map<String, String> masks = Map.of(
                "text[]", "{type: hash, length: 6}",
                "varchar(5)[]", "{type: partial, first: 1}",
                "int4[]", "{type: round, step: 10}",
                "date[]", "{type: truncate, unit: year}",
                "jsonb[]", "{type: json, paths: {a: redact}}");
        MaskCases.mask("hash", "{}", keys);
        for (Map.Entry<String, String> entry : masks.entrySet()) {
            Sample sample = tables.sample(entry.getKey());
            Mask each = MaskCases.mask("each", "{mask: " + entry.getValue() + "}", keys);
            String element = MaskCases.nested(entry.getValue(), keys)
                    .sql("u", PartTypes.element(sample.type()).orElseThrow());
            String masked = each.sql("r.v", sample.type());
            assertThat(rows("SELECT v::text, ARRAY(SELECT " + element + " FROM unnest(v) u)::text FROM "
                            + sample.table() + " AS r WHERE array_ndims(v) <= 3 ORDER BY id"))
                    .as(entry.getKey())
                    .isNotEmpty()
                    .isEqualTo(rows("SELECT v::text, ARRAY(SELECT u FROM unnest(" + masked + ") u)::text FROM "
                            + sample.table() + " AS r WHERE array_ndims(v) <= 3 ORDER BY id"));
            assertThat(rows("SELECT v FROM " + sample.table() + " AS r WHERE array_ndims(v) <= 3 AND ("
                            + "array_ndims(v), cardinality(v), array_length(v, 1), array_length(v, 2)) IS DISTINCT FROM ("
                            + "array_ndims(" + masked + "), cardinality(" + masked + "), array_length(" + masked
                            + ", 1), array_length(" + masked + ", 2))"))
                    .as(entry.getKey())
                    .isEmpty();
        }
    }

    /** Names in an SQL form must not take the place of those around it. */
    @Test
    void eachStringAndNumberInADocumentIsMaskedAsAValueOfItsOwnIs() throws Exception {
        Set<String> alone = Set.of("sql", "randomize", "json", "each");
        List<String> differences = new ArrayList<>();
        for (Case mask : MaskCases.all(keys)) {
            for (String type : List.of("text", "numeric")) {
                Sample sample = tables.sample(type);
                if (!alone.contains(mask.mask().name()) && mask.isDeterministic() && mask.fits(sample)) {
                    String part = mask.parameters()
                            .replaceFirst("[{]", "{type: '" + mask.mask().name() + "', ");
                    String json = MaskCases.mask("json", "{paths: {a: " + part + "}}", keys)
                            .sql("r.d", tables.sample("json").type());
                    rows("SELECT v, m, n FROM (SELECT v, (" + mask.sql(sample) + ")::text AS m, (" + json
                                    + ") ->> 'a' AS n FROM (SELECT v, json_build_object('a', v) AS d FROM "
                                    + sample.table()
                                    + " WHERE length(v::text) < 100 AND v::text !~ '^-?(NaN|Inf)|[eE][-+]?[0-9]{4}') AS r) AS t"
                                    + " WHERE m IS DISTINCT FROM n")
                            .forEach(row -> differences.add(mask + " on " + type + ": " + row));
                }
            }
        }
        assertThat(differences).isEmpty();
    }

    @Test
    void whatNoPathLeadsToStays() throws Exception {
        Case mask = new Case(MaskCases.mask("json", "{paths: {no: redact, 'nor[*].this': email}}", keys), "");
        for (String type : List.of("json", "jsonb")) {
            Sample sample = tables.sample(type);
            String changed = "SELECT v::text FROM " + sample.table() + " AS r WHERE (" + mask.sql(sample)
                    + ")::jsonb <> CASE WHEN v::text !~ 'u0000|u[dD][8-9a-fA-F]|99999|[eE]|[0-9]{200}' THEN CASE WHEN v::text ~ '^\\s*[{]'"
                    + " THEN v::jsonb ELSE 'null' END ELSE (" + mask.sql(sample) + ")::jsonb END";
            assertThat(rows(changed)).as(type).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{a: redact}             | {\"a\": \"x\", \"b\": \"y\"}            | {\"a\": \"REDACTED\", \"b\": \"y\"}",
                "{a: redact}             | {\"a\": 5}                              | {\"a\": 0}",
                "{a: redact}             | {\"a\": true}                           | {\"a\": false}",
                "{a: redact}             | {\"a\": null}                           | {\"a\": null}",
                "{a: redact}             | {\"a\": [\"x\"]}                        | {\"a\": null}",
                "{a: email}              | {\"a\": 5}                              | {\"a\": null}",
                "{a: 'null'}             | {\"a\": 5}                              | {\"a\": null}",
                "{a: redact}             | [{\"a\": \"x\"}]                        | null",
                "{a: redact}             | \"x\"                                   | null",
                "{a.b: redact}           | {\"a\": \"x\", \"c\": \"y\"}            | {\"a\": null, \"c\": \"y\"}",
                "{a.b: redact}           | {\"a\": [{\"b\": \"x\"}]}                | {\"a\": null}",
                "{a.b: redact}           | {\"a\": null}                           | {\"a\": null}",
                "{a.b: redact}           | {\"c\": 1}                              | {\"c\": 1}",
                "{'a[*].b': redact}      | {\"a\": {\"b\": \"x\"}}                  | {\"a\": null}",
                "{'[*].a': redact}       | [{\"a\": \"x\"}, \"y\", []]             | [{\"a\": \"REDACTED\"}, null, null]",
                "{'a[*]': redact}        | {\"a\": []}                             | {\"a\": []}",
                "{'a[*]': redact}        | {\"a\": [\"x\", 1, null, [2]]}          | {\"a\": [\"REDACTED\", 0, null, null]}",
                "{'a[*][*]': redact}     | {\"a\": [[\"x\"], \"y\"]}               | {\"a\": [[\"REDACTED\"], null]}",
                "{'\"a.b\"': redact}     | {\"a.b\": \"x\", \"a\": {\"b\": \"y\"}} | {\"a\": {\"b\": \"y\"}, \"a.b\": \"REDACTED\"}",
                "{$.a.b: redact}         | {\"a\": {\"b\": \"x\", \"c\": 1}}       | {\"a\": {\"b\": \"REDACTED\", \"c\": 1}}",
                "{$: redact}             | \"x\"                                   | \"REDACTED\"",
                "{a.b: redact, 'a[*]': redact} | {\"a\": [\"x\"]}                  | {\"a\": [\"REDACTED\"]}",
                "{a: {type: phone, keepCountry: true}} | {\"a\": \"+43 660 1234567\"} | {\"a\": \"+43 *** *****67\"}",
                "{a: {type: card, first: 6}} | {\"a\": \"4111 1111 1111 1111\"} | {\"a\": \"4111 11** **** 1111\"}",
            })
    void masksWhatPathsLeadTo(String paths, String document, String masked) throws Exception {
        Mask mask = MaskCases.mask("json", "{paths: " + paths + "}", keys);
        for (String type : List.of("json", "jsonb")) {
            String sql = mask.sql("v", tables.sample(type).type());
            assertThat(rows("SELECT " + sql + " FROM (VALUES ('" + document + "'::" + type + ")) AS t (v)"))
                    .as(type)
                    .containsExactly(masked);
        }
    }

    private List<String> rows(String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = tables.connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.add(String.valueOf(result.getString(i)));
                }
                rows.add(String.join(" -> ", row));
            }
        }
        return rows;
    }
}
