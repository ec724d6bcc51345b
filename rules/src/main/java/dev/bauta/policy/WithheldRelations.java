package dev.bauta.policy;

import dev.bauta.catalog.CatalogSnapshot;
import dev.bauta.catalog.Column;
import dev.bauta.catalog.ColumnOrigin;
import dev.bauta.catalog.Coupling;
import dev.bauta.catalog.Relation;
import dev.bauta.catalog.RelationKind;
import dev.bauta.catalog.ViewLineage;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The relations whose definitions can hold values of protected columns: protected ones, views that read protected columns
 * and show none of them, and what has rules or row security policies that do. Immutable.
 *
 * @param relations these relations
 * @param tellingViews the views among them, and those over them: their plans show the conditions
 * @param policed relations whose row security policies read protected columns of others: so do their plans
 * @param mayFail whether a view, a virtual column, a row security policy or a foreign server can raise errors that quote values of
 *     protected columns
 */
record WithheldRelations(
        List<Relation> relations, List<Relation> tellingViews, List<Relation> policed, boolean mayFail) {
    static final WithheldRelations NONE = new WithheldRelations(List.of(), List.of(), List.of(), false);

    WithheldRelations {
        relations = List.copyOf(relations);
        tellingViews = List.copyOf(tellingViews);
        policed = List.copyOf(policed);
    }

    /**
     * Finds them.
     *
     * @param isProtected whether a relation, given by oid, is not clear
     * @param isProtectedColumn whether a column is not clear
     */
    static WithheldRelations find(
            CatalogSnapshot catalog, IntPredicate isProtected, Predicate<ColumnOrigin> isProtectedColumn) {
        List<Relation> reading = catalog.relations().stream()
                .filter(relation ->
                        !SystemCatalogs.isSystemSchema(relation.name().schema()))
                .filter(relation -> isProtected.test(relation.oid())
                        || uses(catalog, relation).stream().anyMatch(isProtectedColumn))
                .toList();
        List<Relation> policed = catalog.relations().stream()
                .filter(relation -> relation.policed().stream()
                        .anyMatch(read -> isProtectedColumn.test(read)
                                || read.column() == 0 && isProtected.test(read.relation())))
                .toList();
        List<Relation> ruled = catalog.relations().stream()
                .filter(relation -> relation.ruled().stream().anyMatch(isProtected::test))
                .toList();
        boolean mayFail = !policed.isEmpty()
                || reading.stream()
                        .anyMatch(relation -> relation.kind() == RelationKind.FOREIGN_TABLE
                                || computes(catalog, relation, isProtectedColumn)
                                || hasPolicy(relation, isProtectedColumn));
        List<Relation> withheld = Stream.of(reading, policed, ruled)
                .flatMap(List::stream)
                .distinct()
                .toList();
        return new WithheldRelations(withheld, tellingViews(catalog, reading), policed, mayFail);
    }

    private static boolean computes(
            CatalogSnapshot catalog, Relation relation, Predicate<ColumnOrigin> isProtectedColumn) {
        boolean virtual = relation.columns().stream()
                .filter(Column::failsTelling)
                .flatMap(column -> column.generatedFrom().stream())
                .anyMatch(source -> isProtectedColumn.test(new ColumnOrigin(relation.oid(), source)));
        ViewLineage lineage = catalog.views().get(relation.oid());
        return virtual
                || relation.kind() == RelationKind.VIEW
                        && lineage != null
                        && lineage.failsTelling()
                        && lineage.uses().stream().anyMatch(isProtectedColumn);
    }

    private static boolean hasPolicy(Relation relation, Predicate<ColumnOrigin> isProtectedColumn) {
        return relation.couplings().stream()
                .filter(coupling -> coupling.kind() == Coupling.Kind.POLICY)
                .flatMap(coupling -> coupling.columns().stream())
                .anyMatch(column -> isProtectedColumn.test(new ColumnOrigin(relation.oid(), column)));
    }

    private static Collection<ColumnOrigin> uses(CatalogSnapshot catalog, Relation relation) {
        ViewLineage lineage = catalog.views().get(relation.oid());
        return lineage == null ? Set.of() : lineage.uses();
    }

    private static List<Relation> tellingViews(CatalogSnapshot catalog, List<Relation> withheld) {
        Set<Integer> telling = withheld.stream().map(Relation::oid).collect(Collectors.toCollection(HashSet::new));
        telling.retainAll(catalog.views().keySet());
        boolean changed = true;
        while (changed) {
            changed = false;
            for (Map.Entry<Integer, ViewLineage> view : catalog.views().entrySet()) {
                boolean over = view.getValue().uses().stream().anyMatch(origin -> telling.contains(origin.relation()));
                changed |= over && telling.add(view.getKey());
            }
        }
        return telling.stream()
                .map(catalog::relation)
                .flatMap(Stream::ofNullable)
                .toList();
    }

    /** Their oids as an SQL constant. */
    String oids() {
        return Definitions.oids(relations.stream().map(Relation::oid).toList());
    }
}
