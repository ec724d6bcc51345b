package dev.bauta.policy;

import dev.bauta.catalog.CatalogSnapshot;
import dev.bauta.catalog.Coupling;
import dev.bauta.catalog.Relation;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * Which partitioned tables put rows into partitions by protected columns, so that the partition in which a row lies tells of its values.
 * Immutable.
 *
 * @param parents oids of such tables, and of those above them
 * @param partitions the partitions of such tables, and those below them
 */
record Placement(Set<Integer> parents, List<Relation> partitions) {
    Placement {
        parents = Set.copyOf(parents);
        partitions = List.copyOf(partitions);
    }

    /**
     * Finds them.
     *
     * @param isProtected whether a column is protected, given the relation's oid and its number
     */
    static Placement find(CatalogSnapshot catalog, BiPredicate<Integer, Integer> isProtected) {
        Set<Integer> telling = new HashSet<>();
        Set<Relation> below = new HashSet<>();
        for (Relation relation : catalog.relations()) {
            boolean placed = relation.couplings().stream()
                    .filter(coupling -> coupling.kind() == Coupling.Kind.PARTITION)
                    .anyMatch(coupling ->
                            coupling.columns().stream().anyMatch(column -> isProtected.test(relation.oid(), column)));
            if (placed) {
                telling.add(relation.oid());
                below.addAll(Relatives.descendants(catalog, relation));
            }
        }
        boolean changed = true;
        while (changed) {
            changed = false;
            for (Relation relation : catalog.relations()) {
                changed |= relation.children().stream().anyMatch(telling::contains) && telling.add(relation.oid());
            }
        }
        return new Placement(telling, List.copyOf(below));
    }
}
