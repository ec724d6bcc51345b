package dev.bauta.parser;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The names of WITH items that are visible at some place of a statement. Immutable.
 *
 * @param names the names of one WITH clause, each with the number of the first item of that name
 * @param visible how many items of the clause are visible
 * @param outer what is visible around it; null at the outermost
 */
record CteScope(Map<String, Integer> names, int visible, @Nullable CteScope outer) {
    static final CteScope NONE = new CteScope(Map.of(), 0, null);

    CteScope {
        names = Map.copyOf(names);
    }

    /** With all items of a WITH clause, in order. */
    CteScope withAll(List<String> all) {
        Map<String, Integer> numbered = new HashMap<>();
        for (int i = 0; i < all.size(); i++) {
            numbered.putIfAbsent(all.get(i), i);
        }
        return new CteScope(numbered, all.size(), this);
    }

    /** With so many items of its innermost clause. */
    CteScope first(int count) {
        return new CteScope(names, count, outer);
    }

    boolean contains(String name) {
        for (CteScope scope = this; scope != null; scope = scope.outer) {
            Integer number = scope.names.get(name);
            if (number != null && number < scope.visible) {
                return true;
            }
        }
        return false;
    }
}
