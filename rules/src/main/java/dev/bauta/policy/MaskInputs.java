package dev.bauta.policy;

import dev.bauta.catalog.CatalogSnapshot;
import dev.bauta.catalog.CatalogSnapshot.ForeignKey;
import dev.bauta.catalog.Column;
import dev.bauta.catalog.ColumnOrigin;
import dev.bauta.catalog.Relation;
import dev.bauta.policy.Protection.Masked;
import dev.bauta.policy.Protection.MaskedColumn;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The columns by which a writer has a say in what masks show: those that masks read beside their own, and those whose masks tell of other
 * values where they are of a value that the writer knows. Immutable.
 */
final class MaskInputs {
    private final Set<ColumnOrigin> read = new HashSet<>();
    private final Set<ColumnOrigin> telling = new HashSet<>();

    private MaskInputs() {}

    static MaskInputs find(CatalogSnapshot catalog, Map<Integer, Protection> protections) {
        MaskInputs found = new MaskInputs();
        protections.forEach((relation, protection) -> {
            if (protection instanceof Masked masked) {
                masked.columns().values().forEach(column -> found.add(relation, column, masked));
            }
        });
        if (!found.read.isEmpty() || !found.telling.isEmpty()) {
            Map<ColumnOrigin, Set<ColumnOrigin>> writers = writers(catalog);
            spread(found.read, writers);
            spread(found.telling, writers);
        }
        return found;
    }

    private void add(int relation, MaskedColumn column, Masked all) {
        boolean readsHidden = false;
        for (Column input : column.mask().reads()) {
            read.add(new ColumnOrigin(relation, input.number()));
            readsHidden |= all.columns().containsKey(input.number());
        }
        if (readsHidden || column.mask().tellsByExample()) {
            telling.add(new ColumnOrigin(relation, column.column().number()));
        }
    }

    private static void spread(Set<ColumnOrigin> columns, Map<ColumnOrigin, Set<ColumnOrigin>> writers) {
        Deque<ColumnOrigin> fresh = new ArrayDeque<>(columns);
        while (!fresh.isEmpty()) {
            writers.getOrDefault(fresh.remove(), Set.of()).stream()
                    .filter(columns::add)
                    .forEach(fresh::add);
        }
    }

    /**
     * By which other columns a column is written: a view's by those that it copies and the other way round, one of a table by those of its
     * parents and children, a generated one by what it is generated from, one of a foreign key that cascades by what it refers to.
     */
    private static Map<ColumnOrigin, Set<ColumnOrigin>> writers(CatalogSnapshot catalog) {
        Map<ColumnOrigin, Set<ColumnOrigin>> writers = new HashMap<>();
        catalog.views().forEach((view, lineage) -> lineage.origins()
                .forEach((column, origin) -> addBoth(writers, new ColumnOrigin(view, column), origin)));
        for (Relation relation : catalog.relations()) {
            for (Column column : relation.columns()) {
                ColumnOrigin written = new ColumnOrigin(relation.oid(), column.number());
                column.generatedFrom()
                        .forEach(source -> add(writers, written, new ColumnOrigin(relation.oid(), source)));
                for (int child : relation.children()) {
                    Relation known = catalog.relation(child);
                    if (known != null) {
                        known.findColumn(column.name())
                                .ifPresent(same -> addBoth(writers, written, new ColumnOrigin(child, same.number())));
                    }
                }
            }
        }
        for (ForeignKey key : catalog.foreignKeys()) {
            for (int i = 0; key.cascades() && i < key.columns().size(); i++) {
                add(
                        writers,
                        new ColumnOrigin(key.relation(), key.columns().get(i)),
                        new ColumnOrigin(
                                key.referenced(), key.referencedColumns().get(i)));
            }
        }
        return writers;
    }

    private static void addBoth(Map<ColumnOrigin, Set<ColumnOrigin>> writers, ColumnOrigin one, ColumnOrigin other) {
        add(writers, one, other);
        add(writers, other, one);
    }

    private static void add(Map<ColumnOrigin, Set<ColumnOrigin>> writers, ColumnOrigin written, ColumnOrigin by) {
        writers.computeIfAbsent(written, none -> new HashSet<>()).add(by);
    }

    /** Oids of the relations with columns that masks read. */
    Set<Integer> relations() {
        return read.stream().map(ColumnOrigin::relation).collect(Collectors.toSet());
    }

    /** True for a column that a mask reads beside its own. */
    boolean isRead(ColumnOrigin column) {
        return read.contains(column);
    }

    /** True for a column whose mask tells of other values to those who know the value. */
    boolean isTelling(ColumnOrigin column) {
        return telling.contains(column);
    }
}
