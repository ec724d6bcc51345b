package dev.bauta.parser;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names of WITH items that are visible at some place of a statement. Immutable.
 *
 * @param names the names of one WITH clause, or the first of them
 * @param outer what is visible around it; null at the outermost
 */
record CteScope(Set<String> names, @Nullable CteScope outer) {
    static final CteScope NONE = new CteScope(Set.of(), null);

    CteScope {
        names = Set.copyOf(names);
    }

    CteScope with(String name) {
        return new CteScope(Set.of(name), this);
    }

    CteScope withAll(List<String> all) {
        return new CteScope(Set.copyOf(all), this);
    }

    boolean contains(String name) {
        for (CteScope scope = this; scope != null; scope = scope.outer) {
            if (scope.names.contains(name)) {
                return true;
            }
        }
        return false;
    }
}
