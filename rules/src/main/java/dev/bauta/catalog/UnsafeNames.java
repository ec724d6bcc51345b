package dev.bauta.catalog;

import java.util.List;
import java.util.Set;

/**
 * What of a database is not known to be safe. Immutable.
 *
 * @param names by name, as statements mention it, sorted
 * @param functions by {@code pg_proc.oid}
 * @param operators by {@code pg_operator.oid}
 * @param types by {@code pg_type.oid}
 */
record UnsafeNames(List<UnsafeName> names, Set<Integer> functions, Set<Integer> operators, Set<Integer> types) {
    UnsafeNames {
        names = List.copyOf(names);
        functions = Set.copyOf(functions);
        operators = Set.copyOf(operators);
        types = Set.copyOf(types);
    }
}
