package dev.bauta.policy;

import dev.bauta.catalog.CatalogSnapshot;
import dev.bauta.catalog.Column;
import dev.bauta.catalog.ColumnOrigin;
import dev.bauta.catalog.Relation;
import dev.bauta.catalog.RelationKind;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds the columns of tables of which no rule says anything. A rule on a column says it of the same column in partitions, child and
 * parent tables too. Generated columns and those of views follow what they are made of. Used once and thrown away.
 */
final class Unclassified {
    private final CatalogSnapshot catalog;
    private final Set<ColumnOrigin> classified = new HashSet<>();

    Unclassified(CatalogSnapshot catalog) {
        this.catalog = catalog;
    }

    /** A rule says something of this column. */
    void classify(Relation relation, Column column) {
        classified.add(new ColumnOrigin(relation.oid(), column.number()));
    }

    /** Says of relatives what is said of each. */
    void share() {
        Relatives.passBothWays(catalog, this::share);
    }

    private boolean share(Relation from, Relation to) {
        boolean changed = false;
        for (Column column : from.columns()) {
            if (classified.contains(new ColumnOrigin(from.oid(), column.number()))) {
                changed |= to.findColumn(column.name())
                        .filter(same -> classified.add(new ColumnOrigin(to.oid(), same.number())))
                        .isPresent();
            }
        }
        return changed;
    }

    /** The columns of a relation of which nothing is said. */
    List<Column> of(Relation relation) {
        boolean table = relation.kind() == RelationKind.TABLE
                || relation.kind() == RelationKind.PARTITIONED_TABLE
                || relation.kind() == RelationKind.FOREIGN_TABLE;
        if (!table || SystemCatalogs.isSystemSchema(relation.name().schema())) {
            return List.of();
        }
        return relation.columns().stream()
                .filter(column -> column.generatedFrom().isEmpty())
                .filter(column -> !classified.contains(new ColumnOrigin(relation.oid(), column.number())))
                .toList();
    }
}
