package dev.bauta.catalog;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A table, view or other thing that can stand in FROM. Immutable.
 *
 * @param oid {@code pg_class.oid}
 * @param name schema and name
 * @param kind what it is
 * @param columns live columns in {@code attnum} order
 * @param primaryKey numbers of the primary key's columns, empty when there is none, or one that may not hold at all times: that can be
 *     deferred, or is not in all partitions yet
 * @param children oids of relations that inherit from it or are its partitions, direct ones only
 * @param couplings its columns that are looked at together when a row is written
 * @param ruled oids of the relations that its rules read or write when it is written, itself among them; empty where it has no such rules
 * @param policed the columns of other relations that its row security policies read; number 0 for a relation as a whole
 */
public record Relation(
        int oid,
        QualifiedName name,
        RelationKind kind,
        List<Column> columns,
        List<Integer> primaryKey,
        List<Integer> children,
        List<Coupling> couplings,
        Set<Integer> ruled,
        Set<ColumnOrigin> policed) {
    public Relation {
        columns = List.copyOf(columns);
        primaryKey = List.copyOf(primaryKey);
        children = List.copyOf(children);
        couplings = List.copyOf(couplings);
        ruled = Set.copyOf(ruled);
        policed = Set.copyOf(policed);
    }

    /** The column of that name, if there is one. */
    public Optional<Column> findColumn(String column) {
        return columns.stream().filter(c -> c.name().equals(column)).findFirst();
    }

    /** The column of that number ({@code pg_attribute.attnum}), if there is one. */
    public Optional<Column> findColumn(int number) {
        for (Column column : columns) {
            if (column.number() == number) {
                return Optional.of(column);
            }
        }
        return Optional.empty();
    }
}
