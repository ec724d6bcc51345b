package dev.bauta.policy;

import dev.bauta.catalog.CatalogSnapshot;
import dev.bauta.catalog.Column;
import dev.bauta.catalog.ColumnOrigin;
import dev.bauta.catalog.Relation;
import dev.bauta.catalog.ViewLineage;
import dev.bauta.mask.Mask;
import dev.bauta.mask.Row;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where the values of a column come from: of a view's column the one that it copies, of one that partitions and child tables share with their
 * parents that of the topmost, of several the first by name. Used by one {@link ProtectionCompiler}.
 */
final class ColumnSources {
    private final CatalogSnapshot catalog;
    /** Oids of parents and children, by oid. */
    private final Map<Integer, TreeSet<Integer>> relatives = new HashMap<>();
    /** The topmost of those that share a column, by the column's name and the oid of each. */
    private final Map<String, Map<Integer, Relation>> heads = new HashMap<>();

    ColumnSources(CatalogSnapshot catalog) {
        this.catalog = catalog;
        for (Relation parent : catalog.relations()) {
            for (int child : parent.children()) {
                relatives.computeIfAbsent(parent.oid(), none -> new TreeSet<>()).add(child);
                relatives.computeIfAbsent(child, none -> new TreeSet<>()).add(parent.oid());
            }
        }
    }

    /** The mask for a column wherever its values are seen, see {@link Mask#of}. Views do not go round in circles. */
    Mask on(Relation relation, Column column, Mask mask) {
        ColumnOrigin origin = origin(relation, column);
        Relation source = origin == null ? null : catalog.relation(origin.relation());
        Optional<Column> copied =
                origin == null || source == null ? Optional.empty() : source.findColumn(origin.column());
        if (source != null && copied.isPresent()) {
            return on(source, copied.get(), mask);
        }
        return mask.of(head(relation, column.name()).name(), column.name());
    }

    /**
     * The columns that come from the row from which a column's value comes, under the names that they have in the relation: in a view that copies the
     * column those that it copies from the same row, through all views between.
     */
    Row rowOf(Relation relation, Column column) {
        return new Row(relation.columns().stream()
                .filter(other -> isBeside(relation, column, other))
                .collect(Collectors.toMap(Column::name, other -> other)));
    }

    private boolean isBeside(Relation relation, Column column, Column other) {
        ColumnOrigin origin = origin(relation, column);
        if (origin == null) {
            return true;
        }
        ColumnOrigin beside = origin(relation, other);
        Relation source = catalog.relation(origin.relation());
        ViewLineage view = Objects.requireNonNull(catalog.views().get(relation.oid()));
        if (source == null
                || beside == null
                || beside.relation() != origin.relation()
                || view.repeated().contains(origin.relation())) {
            return false;
        }
        Optional<Column> copied = source.findColumn(origin.column());
        Optional<Column> known = source.findColumn(beside.column());
        return copied.isPresent() && known.isPresent() && isBeside(source, copied.get(), known.get());
    }

    private @Nullable ColumnOrigin origin(Relation relation, Column column) {
        ViewLineage view = catalog.views().get(relation.oid());
        return view == null ? null : view.origins().get(column.number());
    }

    private Relation head(Relation relation, String column) {
        if (!relatives.containsKey(relation.oid())) {
            return relation;
        }
        Map<Integer, Relation> known = heads.computeIfAbsent(column, none -> new HashMap<>());
        if (!known.containsKey(relation.oid())) {
            Map<Integer, Relation> family = family(relation, column);
            List<Integer> children = family.values().stream()
                    .flatMap(member -> member.children().stream())
                    .toList();
            Map<Integer, Relation> topmost = new HashMap<>(family);
            children.forEach(topmost::remove);
            Relation first = topmost.values().stream()
                    .min(Comparator.comparing(Relation::name))
                    .orElse(relation);
            family.keySet().forEach(member -> known.put(member, first));
        }
        return Objects.requireNonNull(known.get(relation.oid()));
    }

    /** Those that share a column with a relation, itself among them, by oid: what is a child of two has one row to show in both. */
    private Map<Integer, Relation> family(Relation relation, String column) {
        Map<Integer, Relation> family = new LinkedHashMap<>(Map.of(relation.oid(), relation));
        Deque<Integer> fresh = new ArrayDeque<>(List.of(relation.oid()));
        while (!fresh.isEmpty()) {
            for (int oid : relatives.getOrDefault(fresh.remove(), new TreeSet<>())) {
                Relation found = catalog.relation(oid);
                boolean shares = found != null && found.findColumn(column).isPresent();
                if (found != null && shares && family.putIfAbsent(oid, found) == null) {
                    fresh.add(oid);
                }
            }
        }
        return family;
    }
}
