package dev.bauta.rewrite;

import dev.bauta.lexer.TokenRange;
import dev.bauta.lexer.Tokens;
import dev.bauta.policy.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Calls of the functions that show definitions, such as {@code pg_get_constraintdef}. Their first argument is replaced by a
 * query that finds it only where nothing has to be withheld; with NULL in its place they return NULL.
 *
 * <pre>
 *   pg_get_constraintdef(c.oid, true)
 *   pg_get_constraintdef((SELECT d.oid FROM (SELECT (c.oid)::pg_catalog.oid) AS x(v)
 *       JOIN pg_catalog.pg_constraint AS d ON d.oid OPERATOR(pg_catalog.=) x.v WHERE …), true)
 * </pre>
 *
 * The argument stands in a query of its own, where it cannot see the names of ours.
 */
public final class DefinitionFunctions {
    /**
     * A catalog in which the argument is looked up.
     *
     * @param name its name in pg_catalog
     * @param type what the argument is cast to
     * @param oid the column that the argument is
     * @param relation the column with the oid of the relation that the definition belongs to
     * @param harmless a condition on rows that hold no expressions, empty for none
     */
    private record Catalog(String name, String type, String oid, String relation, String harmless) {}

    private static final Catalog RELATION = new Catalog("pg_class", "regclass", "oid", "oid", "");
    private static final Catalog INDEX =
            new Catalog("pg_index", "regclass", "indexrelid", "indrelid", "d.indexprs IS NULL AND d.indpred IS NULL");
    private static final Catalog CONSTRAINT = new Catalog(
            "pg_constraint",
            "oid",
            "oid",
            "conrelid",
            "d.contype OPERATOR(pg_catalog.=) ANY ('{f,n,p,u}'::pg_catalog.\"char\"[])");
    private static final Catalog PARTITIONED =
            new Catalog("pg_partitioned_table", "regclass", "partrelid", "partrelid", "d.partexprs IS NULL");
    private static final Catalog RULE = new Catalog("pg_rewrite", "oid", "oid", "ev_class", "");
    private static final Catalog STATISTICS = new Catalog("pg_statistic_ext", "oid", "oid", "stxrelid", "");
    private static final Catalog TRIGGER = new Catalog(
            "pg_trigger", "oid", "oid", "tgrelid", "d.tgqual IS NULL AND d.tgnargs OPERATOR(pg_catalog.=) 0");

    private static final Map<String, Catalog> CATALOGS = Map.ofEntries(
            Map.entry("col_description", RELATION),
            Map.entry("pg_get_constraintdef", CONSTRAINT),
            Map.entry("pg_get_indexdef", INDEX),
            Map.entry("pg_get_partition_constraintdef", RELATION),
            Map.entry("pg_get_partkeydef", PARTITIONED),
            Map.entry("pg_get_ruledef", RULE),
            Map.entry("pg_get_statisticsobjdef", STATISTICS),
            Map.entry("pg_get_statisticsobjdef_columns", STATISTICS),
            Map.entry("pg_get_statisticsobjdef_expressions", STATISTICS),
            Map.entry("pg_get_triggerdef", TRIGGER),
            Map.entry("pg_get_viewdef", RELATION));

    /** Comments on anything, not on relations alone. */
    private static final Set<String> COMMENTS = Set.of("obj_description");

    private DefinitionFunctions() {}

    /** The edits for the calls in a statement. */
    public static List<Edit> rewrite(Tokens tokens, TokenRange statement, Policy policy) {
        List<Edit> edits = new ArrayList<>();
        for (int i = statement.from(); i < statement.to(); i++) {
            String name = tokens.name(i);
            if (name != null && policy.names().isDefinitionFunction(name) && isCall(tokens, i, statement)) {
                int end = endOfArgument(tokens, i + 2, statement.to());
                edits.add(insert(i + 2, before(name)));
                edits.add(insert(end, behind(name, policy)));
            }
        }
        return edits;
    }

    /** Behind another schema than pg_catalog stands another function, about which other rules decide. */
    private static boolean isCall(Tokens tokens, int i, TokenRange statement) {
        boolean builtIn = i == statement.from() || !tokens.is(i - 1, ".") || "pg_catalog".equals(tokens.name(i - 2));
        return builtIn && tokens.is(i + 1, "(") && !tokens.is(i + 2, ")");
    }

    /** The comma or parenthesis behind an argument that begins there. */
    static int endOfArgument(Tokens tokens, int from, int to) {
        int depth = 0;
        for (int i = from; i < to; i++) {
            if (tokens.is(i, "(") || tokens.is(i, "[")) {
                depth++;
            } else if (depth == 0 && (tokens.is(i, ",") || tokens.is(i, ")"))) {
                return i;
            } else if (tokens.is(i, ")") || tokens.is(i, "]")) {
                depth--;
            }
        }
        return to;
    }

    private static Edit insert(int before, String text) {
        return new Edit(before, before, List.of(new Edit.Piece.Text(text)), true);
    }

    private static String before(String function) {
        if (COMMENTS.contains(function)) {
            return "(SELECT x.v FROM (SELECT (";
        }
        Catalog catalog = catalog(function);
        return "(SELECT d." + catalog.oid() + " FROM (SELECT (";
    }

    private static String behind(String function, Policy policy) {
        if (COMMENTS.contains(function)) {
            return ")::pg_catalog.oid) AS x(v) WHERE NOT " + policy.withholdsComments("x.v") + ")";
        }
        String all = " OPERATOR(pg_catalog.<>) ALL (" + policy.withheldDefinitions() + ")";
        Catalog catalog = catalog(function);
        String harmless = catalog.harmless().isEmpty() ? "" : " OR " + catalog.harmless();
        return ")::pg_catalog." + catalog.type() + "::pg_catalog.oid) AS x(v) JOIN pg_catalog." + catalog.name()
                + " AS d ON d." + catalog.oid() + " OPERATOR(pg_catalog.=) x.v WHERE d." + catalog.relation() + all
                + harmless + ")";
    }

    private static Catalog catalog(String function) {
        Catalog catalog = CATALOGS.get(function);
        if (catalog == null) {
            throw new IllegalArgumentException(function);
        }
        return catalog;
    }
}
