package dev.bauta.catalog;

import static dev.bauta.catalog.CatalogTransaction.oid;

import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * PostgreSQL's own functions and operators whose errors never quote what they are given: they succeed with every value, or say no more
 * than that it is out of range. The lists are of names whose every form in {@code pg_catalog} is so, up to PostgreSQL 18; what is on
 * neither counts as telling. Immutable.
 */
final class QuietCalls {
    private static final List<String> FUNCTIONS = List.of(
            "abs",
            "array_agg",
            "avg",
            "bool_and",
            "bool_or",
            "bpchar",
            "btrim",
            "ceil",
            "ceiling",
            "char_length",
            "character_length",
            "concat",
            "count",
            "dense_rank",
            "every",
            "first_value",
            "float4",
            "float8",
            "floor",
            "int2",
            "int4",
            "int8",
            "lag",
            "last_value",
            "lead",
            "left",
            "lower",
            "ltrim",
            "max",
            "min",
            "now",
            "numeric",
            "octet_length",
            "percent_rank",
            "rank",
            "right",
            "round",
            "row_number",
            "rtrim",
            "string_agg",
            "substr",
            "sum",
            "trunc",
            "upper",
            "varchar");

    private static final List<String> OPERATORS =
            List.of("=", "<>", "<", "<=", ">", ">=", "+", "-", "*", "/", "%", "||", "~~", "~~*", "!~~", "!~~*");

    /** Texts take every value of every type that is written out: text, character varying, character. */
    private static final Set<Integer> TEXTS = Set.of(25, 1043, 1042);

    private static final String FUNCTION_OIDS =
            """
            SELECT oid FROM pg_catalog.pg_proc
            WHERE pronamespace = 'pg_catalog'::pg_catalog.regnamespace AND oid < 16384
              AND proname = ANY (pg_catalog.string_to_array(?, ' '))
            """;

    private static final String OPERATOR_OIDS =
            """
            SELECT oid, oprcode::pg_catalog.oid FROM pg_catalog.pg_operator
            WHERE oprnamespace = 'pg_catalog'::pg_catalog.regnamespace AND oid < 16384
              AND oprname = ANY (pg_catalog.string_to_array(?, ' '))
            """;

    private final Set<Integer> functions = new HashSet<>();
    private final Set<Integer> operators = new HashSet<>();

    private QuietCalls() {}

    /** Those of one server. */
    static QuietCalls read(CatalogTransaction transaction) throws SQLException {
        QuietCalls calls = new QuietCalls();
        transaction.query(FUNCTION_OIDS, row -> calls.functions.add(oid(row, 1)), String.join(" ", FUNCTIONS));
        transaction.query(
                OPERATOR_OIDS,
                row -> {
                    calls.operators.add(oid(row, 1));
                    calls.functions.add(oid(row, 2));
                },
                String.join(" ", OPERATORS));
        return calls;
    }

    /** True when an error that arises in a tree can quote a value. */
    boolean isTelling(TreeReferences tree) {
        return tree.hasOwnSyntax()
                || !functions.containsAll(tree.functions())
                || !operators.containsAll(tree.operators())
                || !TEXTS.containsAll(tree.types());
    }
}
