package dev.bauta.policy;

import dev.bauta.catalog.CatalogSnapshot;
import dev.bauta.catalog.CatalogSnapshot.ForeignKey;
import dev.bauta.catalog.Column;
import dev.bauta.catalog.QualifiedName;
import dev.bauta.catalog.Relation;
import dev.bauta.catalog.ViewLineage;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The relations that must not be written freely, as the server's checks would answer a writer about protected values. Used by one {@link Policy}. */
final class WriteProbes {
    static final WriteProbes NONE = new WriteProbes();

    private static final QualifiedName SETTINGS = new QualifiedName("pg_catalog", "pg_settings");

    private final Map<Integer, Set<WriteProbe>> probes = new HashMap<>();
    private final Map<Integer, Set<Integer>> referredColumns = new HashMap<>();

    private WriteProbes() {}

    /**
     * Finds the tables among them.
     *
     * @param isProtected whether any of some columns of a relation is protected, or rows of it are hidden
     */
    static WriteProbes find(CatalogSnapshot catalog, BiPredicate<Integer, Collection<Integer>> isProtected) {
        WriteProbes found = new WriteProbes();
        for (ForeignKey key : catalog.foreignKeys()) {
            if (isProtected.test(key.referenced(), key.referencedColumns())) {
                found.add(key.relation(), WriteProbe.REFERRING);
            }
            if (isProtected.test(key.relation(), key.columns()) || isCompared(key, catalog, isProtected)) {
                found.add(key.referenced(), WriteProbe.REFERRED);
                found.refer(key.referenced(), key.referencedColumns());
            }
        }
        found.addCascades(catalog);
        found.addAncestors(catalog);
        for (Relation parent : catalog.relations()) {
            if (Relatives.descendants(catalog, parent).stream()
                    .anyMatch(child -> comparesOwn(child, parent, isProtected))) {
                found.add(parent.oid(), WriteProbe.ABOVE);
            }
        }
        return found;
    }

    /** Where the server itself sets the columns of a foreign key, constraints can compare them with protected ones. */
    private static boolean isCompared(
            ForeignKey key, CatalogSnapshot catalog, BiPredicate<Integer, Collection<Integer>> isProtected) {
        Relation relation = key.cascades() ? catalog.relation(key.relation()) : null;
        return relation != null
                && compares(relation, key.columns(), columns -> isProtected.test(key.relation(), columns));
    }

    /** What is written by way of a parent, constraints of a child can compare with protected columns that the parent lacks. */
    private static boolean comparesOwn(
            Relation child, Relation parent, BiPredicate<Integer, Collection<Integer>> isProtected) {
        Map<Boolean, List<Integer>> shared = child.columns().stream()
                .collect(Collectors.partitioningBy(
                        column -> parent.findColumn(column.name()).isPresent(),
                        Collectors.mapping(Column::number, Collectors.toList())));
        List<Integer> own = shared.getOrDefault(false, List.of());
        return !own.isEmpty()
                && compares(child, shared.getOrDefault(true, List.of()), columns -> {
                    List<Integer> compared =
                            own.stream().filter(columns::contains).toList();
                    return !compared.isEmpty() && isProtected.test(child.oid(), compared);
                });
    }

    /**
     * True when a constraint of a relation compares columns that are set with protected ones.
     *
     * @param isProtected whether any of some columns of it is protected
     */
    private static boolean compares(
            Relation relation, Collection<Integer> set, Predicate<Collection<Integer>> isProtected) {
        return relation.couplings().stream()
                .filter(coupling -> switch (coupling.kind()) {
                    case KEY, KEY_OF_NULLS, CHECK, PARTITION ->
                        coupling.columns().stream().anyMatch(set::contains);
                    case UNVALIDATED_CHECK, TRIGGER -> true;
                    case INDEX, POLICY -> false;
                })
                .anyMatch(coupling -> isProtected.test(coupling.columns()));
    }

    /**
     * Adds the views, and what has rules.
     *
     * @param isProtected whether a relation, given by oid, is not clear
     * @param tellingViews views whose definitions read protected columns
     */
    void addViews(CatalogSnapshot catalog, IntPredicate isProtected, Collection<Relation> tellingViews) {
        tellingViews.forEach(view -> add(view.oid(), WriteProbe.VIEW));
        boolean changed = true;
        while (changed) {
            changed = false;
            for (Relation relation : catalog.relations()) {
                changed |= addRules(relation, isProtected);
                ViewLineage lineage = catalog.views().get(relation.oid());
                changed |= lineage != null && lineage.writable() && addSources(relation, lineage, isProtected);
            }
        }
        catalog.findRelation(SETTINGS).ifPresent(settings -> addViewsOf(settings.oid(), catalog));
    }

    private boolean addRules(Relation relation, IntPredicate isProtected) {
        return relation.ruled().stream().anyMatch(other -> isProtected.test(other) || probes.containsKey(other))
                && add(relation.oid(), WriteProbe.BEHIND);
    }

    /** What is written to a view is written to what it reads. Only columns that are copied can be written. */
    private boolean addSources(Relation view, ViewLineage lineage, IntPredicate isProtected) {
        boolean changed = false;
        for (int source : lineage.relations()) {
            changed |= isProtected.test(source) && add(view.oid(), WriteProbe.BEHIND);
            for (WriteProbe probe : of(source)) {
                changed |= add(view.oid(), probe);
            }
            lineage.origins().forEach((column, origin) -> {
                if (origin.relation() == source && referredColumns(source).contains(origin.column())) {
                    refer(view.oid(), Set.of(column));
                }
            });
        }
        return changed;
    }

    /** Where rows of a table are deleted with others, or get other keys, those that refer to them are asked, too. */
    private void addCascades(CatalogSnapshot catalog) {
        boolean changed = true;
        while (changed) {
            changed = false;
            for (ForeignKey key : catalog.foreignKeys()) {
                if (key.cascades() && of(key.relation()).contains(WriteProbe.REFERRED)) {
                    changed |= add(key.referenced(), WriteProbe.REFERRED);
                    changed |= refer(key.referenced(), key.referencedColumns());
                }
            }
        }
    }

    private boolean refer(int relation, Collection<Integer> columns) {
        return referredColumns.computeIfAbsent(relation, r -> new HashSet<>()).addAll(columns);
    }

    /** Rows of a table are read and written by way of those from which it inherits, and of which it is a partition, as well. */
    private void addAncestors(CatalogSnapshot catalog) {
        Relatives.passUp(catalog, (child, parent) -> probes.containsKey(child.oid()) && addAll(parent, child));
    }

    private boolean addAll(Relation parent, Relation child) {
        Set<Integer> referred = parent.columns().stream()
                .filter(column -> child.findColumn(column.name())
                        .filter(same -> referredColumns(child.oid()).contains(same.number()))
                        .isPresent())
                .map(Column::number)
                .collect(Collectors.toSet());
        boolean more = refer(parent.oid(), referred);
        return probes.computeIfAbsent(parent.oid(), r -> EnumSet.noneOf(WriteProbe.class))
                        .addAll(of(child.oid()))
                || more;
    }

    private void addViewsOf(int relation, CatalogSnapshot catalog) {
        catalog.views().forEach((view, lineage) -> {
            boolean known = of(view).contains(WriteProbe.SETTINGS);
            if (!known && lineage.relations().contains(relation)) {
                add(view, WriteProbe.SETTINGS);
                addViewsOf(view, catalog);
            }
        });
    }

    private boolean add(int relation, WriteProbe probe) {
        return probes.computeIfAbsent(relation, r -> EnumSet.noneOf(WriteProbe.class))
                .add(probe);
    }

    /** Oids of the relations. */
    Set<Integer> relations() {
        return Set.copyOf(probes.keySet());
    }

    /** What a write to a relation can tell. */
    Set<WriteProbe> of(int relation) {
        return Set.copyOf(probes.getOrDefault(relation, Set.of()));
    }

    /** The columns by which protected tables refer to a relation. */
    Set<Integer> referredColumns(int relation) {
        return Set.copyOf(referredColumns.getOrDefault(relation, Set.of()));
    }
}
