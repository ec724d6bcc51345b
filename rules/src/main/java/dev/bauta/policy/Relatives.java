package dev.bauta.policy;

import dev.bauta.catalog.CatalogSnapshot;
import dev.bauta.catalog.Relation;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiPredicate;

/** Partitions and child tables with their parents: what holds for one is passed on to the next, until that is news to none. */
final class Relatives {
    private Relatives() {}

    /** The partitions and child tables of a relation, and those of these; none for nearly all. */
    static Collection<Relation> descendants(CatalogSnapshot catalog, Relation parent) {
        Map<Integer, Relation> all = new LinkedHashMap<>();
        addDescendants(catalog, parent, all);
        return all.values();
    }

    private static void addDescendants(CatalogSnapshot catalog, Relation parent, Map<Integer, Relation> all) {
        for (int oid : parent.children()) {
            Relation child = catalog.relation(oid);
            if (child != null && all.put(oid, child) == null) {
                addDescendants(catalog, child, all);
            }
        }
    }

    /**
     * From parents to their children.
     *
     * @param pass passes on what holds for the first to the second; returns whether that was news
     */
    static void passDown(CatalogSnapshot catalog, BiPredicate<Relation, Relation> pass) {
        boolean changed = true;
        while (changed) {
            changed = false;
            for (Relation parent : catalog.relations()) {
                for (int oid : parent.children()) {
                    Relation child = catalog.relation(oid);
                    changed |= child != null && pass.test(parent, child);
                }
            }
        }
    }

    /** The same from children to their parents. */
    static void passUp(CatalogSnapshot catalog, BiPredicate<Relation, Relation> pass) {
        passDown(catalog, (parent, child) -> pass.test(child, parent));
    }

    /** In both directions. */
    static void passBothWays(CatalogSnapshot catalog, BiPredicate<Relation, Relation> pass) {
        passDown(catalog, (parent, child) -> {
            boolean down = pass.test(parent, child);
            boolean up = pass.test(child, parent);
            return down || up;
        });
    }
}
