package dev.bauta.policy;

import dev.bauta.catalog.CatalogSnapshot;
import dev.bauta.catalog.Column;
import dev.bauta.catalog.ColumnOrigin;
import dev.bauta.catalog.Relation;
import dev.bauta.catalog.ViewLineage;
import dev.bauta.mask.Mask;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the values of a column come from: of a view's column the one that it copies, of one that a partition or child table has from a parent that
 * parent's. Immutable.
 */
final class ColumnSources {
    private final CatalogSnapshot catalog;
    /** Oids of the first parent that the catalog names, by those of children. */
    private final Map<Integer, Integer> parents = new HashMap<>();

    ColumnSources(CatalogSnapshot catalog) {
        this.catalog = catalog;
        for (Relation parent : catalog.relations()) {
            parent.children().forEach(child -> parents.putIfAbsent(child, parent.oid()));
        }
    }

    /** The mask for a column wherever its values are seen, see {@link Mask#of}. Neither views nor tables go round in circles. */
    Mask on(Relation relation, Column column, Mask mask) {
        ColumnOrigin origin = origin(relation, column);
        Relation source = origin == null ? null : catalog.relation(origin.relation());
        if (origin != null && source != null) {
            Optional<Column> copied = source.findColumn(origin.column());
            if (copied.isPresent()) {
                return on(source, copied.get(), mask);
            }
        }
        return mask.of(relation.name(), column.name());
    }

    /** One step back to where the column's values come from. */
    private @Nullable ColumnOrigin origin(Relation relation, Column column) {
        ViewLineage view = catalog.views().get(relation.oid());
        if (view != null) {
            return view.origins().get(column.number());
        }
        Integer oid = parents.get(relation.oid());
        Relation parent = oid == null ? null : catalog.relation(oid);
        return parent == null
                ? null
                : parent.findColumn(column.name())
                        .map(inherited -> new ColumnOrigin(parent.oid(), inherited.number()))
                        .orElse(null);
    }
}
