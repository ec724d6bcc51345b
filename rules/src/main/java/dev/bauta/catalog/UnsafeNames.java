package dev.bauta.catalog;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What of a database is not known to be safe. The maps lead from an object to the unsafe functions that its use calls.
 * Immutable.
 *
 * @param names by name, as statements mention it, sorted
 * @param functions by {@code pg_proc.oid}; a function leads to itself
 * @param operators by {@code pg_operator.oid}
 * @param types by {@code pg_type.oid}
 */
record UnsafeNames(
        List<UnsafeName> names,
        Map<Integer, Set<QualifiedName>> functions,
        Map<Integer, Set<QualifiedName>> operators,
        Map<Integer, Set<QualifiedName>> types) {
    UnsafeNames {
        names = List.copyOf(names);
        functions = Map.copyOf(functions);
        operators = Map.copyOf(operators);
        types = Map.copyOf(types);
    }
}
