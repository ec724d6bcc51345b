package dev.bauta.catalog;

import java.util.Map;
import java.util.Set;

/**
 * What is known of where a view's columns come from. Immutable.
 *
 * @param uses every column that the view reads anywhere in its definition, directly, one level deep (a view over a view
 *     uses the inner view's columns). A use of a whole row is a use of all its columns; system columns have the numbers below 0 that PostgreSQL
 *     gives them. A call of one of {@link #DEFINITION_FUNCTIONS} is a use of {@code pg_rewrite.ev_action}, which holds definitions
 * @param relations oid of every relation that it reads, be it for the number of its rows alone
 * @param origins for each output column (by number) that is a plain copy of one column as PostgreSQL reports it, that
 *     column, one level deep; a column that is not a key here is computed, a whole row, or a system column
 * @param failsTelling true when it can fail on a value that it reads, with a message that quotes it
 * @param callsUnsafeFunctions true when the view directly calls a function, or uses an operator or type, that is not known
 *     to be safe
 * @param unsafeFunctions the functions behind {@code callsUnsafeFunctions}: where a DBA allows all of them, the view calls
 *     nothing unsafe. Empty when they are not known
 * @param repeated oids of relations that the view reads more than once, so that columns copied from one of them can come from
 *     different rows
 * @param analysable false when the definition is not of a known form, or holds UNION, INTERSECT or EXCEPT anywhere, for
 *     which the reported origin is that of the left arm alone; then {@code origins} is empty
 * @param writable true when what is written to the view is written to a relation that it reads
 */
public record ViewLineage(
        Set<ColumnOrigin> uses,
        Set<Integer> relations,
        Map<Integer, ColumnOrigin> origins,
        boolean failsTelling,
        boolean callsUnsafeFunctions,
        Set<QualifiedName> unsafeFunctions,
        Set<Integer> repeated,
        boolean analysable,
        boolean writable) {
    /** PostgreSQL's own functions that show a definition, which can hold values of the columns that it is about. */
    public static final Set<String> DEFINITION_FUNCTIONS = Set.of(
            "col_description",
            "obj_description",
            "pg_get_constraintdef",
            "pg_get_indexdef",
            "pg_get_partition_constraintdef",
            "pg_get_partkeydef",
            "pg_get_ruledef",
            "pg_get_statisticsobjdef",
            "pg_get_statisticsobjdef_columns",
            "pg_get_statisticsobjdef_expressions",
            "pg_get_triggerdef",
            "pg_get_viewdef");

    public ViewLineage {
        uses = Set.copyOf(uses);
        relations = Set.copyOf(relations);
        origins = Map.copyOf(origins);
        unsafeFunctions = Set.copyOf(unsafeFunctions);
        repeated = Set.copyOf(repeated);
    }
}
