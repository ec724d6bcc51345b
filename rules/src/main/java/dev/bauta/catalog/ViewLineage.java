package dev.bauta.catalog;

import java.util.Map;
import java.util.Set;

/**
 * What is known of where a view's columns come from. Immutable.
 *
 * @param uses every base column the view's rules depend on by {@code pg_depend}, directly, one level deep (a view over a
 *     view uses the inner view's columns)
 * @param origins for each output column (by number) that PostgreSQL reports as a plain copy of one column, that column; a
 *     column that is not a key here is computed
 * @param unsafeFunctions the functions it calls that are not known to be safe
 * @param analysable false when the definition could not be described, or holds UNION, INTERSECT or EXCEPT, for which
 *     the reported origin is that of the left arm alone; then {@code origins} is empty
 */
public record ViewLineage(
        Set<ColumnOrigin> uses,
        Map<Integer, ColumnOrigin> origins,
        Set<QualifiedName> unsafeFunctions,
        boolean analysable) {
    public ViewLineage {
        uses = Set.copyOf(uses);
        origins = Map.copyOf(origins);
        unsafeFunctions = Set.copyOf(unsafeFunctions);
    }
}
