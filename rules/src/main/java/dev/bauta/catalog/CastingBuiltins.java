package dev.bauta.catalog;

import static dev.bauta.catalog.CatalogTransaction.oid;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Built-in functions that by themselves cast what they are given to {@code text}, {@code json} or {@code jsonb}. A cast of the database's own runs
 * behind them, although no statement names the type: {@code mood || ''}, {@code to_json(mood)}.
 */
final class CastingBuiltins {
    private static final List<String> TO_TEXT = List.of("anytextcat", "quote_literal", "quote_nullable", "textanycat");

    private static final List<String> TO_JSON = List.of(
            "array_to_json",
            "json_agg",
            "json_agg_strict",
            "json_build_array",
            "json_build_object",
            "json_object_agg",
            "json_object_agg_strict",
            "json_object_agg_unique",
            "json_object_agg_unique_strict",
            "jsonb_agg",
            "jsonb_agg_strict",
            "jsonb_build_array",
            "jsonb_build_object",
            "jsonb_object_agg",
            "jsonb_object_agg_strict",
            "jsonb_object_agg_unique",
            "jsonb_object_agg_unique_strict",
            "row_to_json",
            "to_json",
            "to_jsonb");

    /** What the grammar makes JSON of, or reads as JSON. */
    private static final List<String> JSON_WORDS = List.of(
            "json_array",
            "json_arrayagg",
            "json_exists",
            "json_object",
            "json_objectagg",
            "json_query",
            "json_scalar",
            "json_serialize",
            "json_table",
            "json_value");

    private static final String CASTS =
            """
            SELECT casttarget = 'pg_catalog.text'::pg_catalog.regtype, castfunc
            FROM pg_catalog.pg_cast
            WHERE castfunc <> 0 AND casttarget IN ('pg_catalog.text'::pg_catalog.regtype,
                'pg_catalog.json'::pg_catalog.regtype, 'pg_catalog.jsonb'::pg_catalog.regtype)
            """;

    private static final String FUNCTIONS =
            """
            SELECT p.oid, p.proname
            FROM pg_catalog.pg_proc p
            CROSS JOIN LATERAL pg_catalog.unnest(p.proargtypes::pg_catalog.oid[]) AS a (type)
            JOIN pg_catalog.pg_type t ON t.oid = a.type AND t.typtype = 'p'
            WHERE p.pronamespace = 'pg_catalog'::pg_catalog.regnamespace AND p.oid < 16384
              AND p.proname = ANY (pg_catalog.string_to_array(?, ' ')::pg_catalog.name[])
            """;

    private final Map<String, Set<QualifiedName>> functions = new HashMap<>();
    private final Map<String, Set<QualifiedName>> words = new HashMap<>();
    private final Map<Integer, Set<QualifiedName>> byOid = new HashMap<>();

    private CastingBuiltins() {}

    static CastingBuiltins read(CatalogTransaction transaction, Map<Integer, QualifiedName> unsafe)
            throws SQLException {
        Set<QualifiedName> toText = new HashSet<>();
        Set<QualifiedName> toJson = new HashSet<>();
        transaction.query(CASTS, row -> {
            QualifiedName function = unsafe.get(oid(row, 2));
            if (function != null) {
                (row.getBoolean(1) ? toText : toJson).add(function);
            }
        });
        CastingBuiltins found = new CastingBuiltins();
        if (!toText.isEmpty()) {
            TO_TEXT.forEach(name -> found.functions.put(name, toText));
        }
        if (!toJson.isEmpty()) {
            TO_JSON.forEach(name -> found.functions.put(name, toJson));
            JSON_WORDS.forEach(name -> found.words.put(name, toJson));
        }
        if (!found.functions.isEmpty()) {
            String names = Stream.of(TO_TEXT, TO_JSON).flatMap(List::stream).collect(Collectors.joining(" "));
            transaction.query(
                    FUNCTIONS,
                    row -> {
                        Set<QualifiedName> calls = found.functions.get(row.getString(2));
                        if (calls != null) {
                            found.byOid.put(oid(row, 1), calls);
                        }
                    },
                    names);
        }
        return found;
    }

    /** The unsafe functions that run behind them, by their names in {@code pg_catalog}. */
    Map<String, Set<QualifiedName>> functions() {
        return functions;
    }

    /** The same by key words that stand before a parenthesis. */
    Map<String, Set<QualifiedName>> words() {
        return words;
    }

    /** The same by {@code pg_proc.oid}. */
    Map<Integer, Set<QualifiedName>> byOid() {
        return byOid;
    }
}
