package dev.bauta.catalog;

import org.jspecify.annotations.Nullable;

/**
 * One column of a relation. Immutable.
 *
 * @param number {@code attnum}, 1 and up
 * @param name {@code attname}
 * @param type its type, domains resolved to their base
 * @param notNull {@code attnotnull}
 * @param generatedFrom numbers of the columns that a generated column is computed from, -6 for {@code tableoid}; empty for any other column
 * @param virtual true for a generated column that is computed whenever it is read, as PostgreSQL 18 and later can; others are stored
 * @param failsTelling true for such a column whose expression can fail on a value that it reads, with a message that quotes it
 * @param collation the collation where it is not the type's default, else null
 * @param hasDefault true when a row can get a value here that no statement gives: a default, an identity or that of the domain
 * @param comment its comment, null when it has none
 * @param label its security label of PostgreSQL Anonymizer, whose provider is {@code anon}; null when it has none
 */
public record Column(
        int number,
        String name,
        ColumnType type,
        boolean notNull,
        java.util.Set<Integer> generatedFrom,
        boolean virtual,
        boolean failsTelling,
        @Nullable QualifiedName collation,
        boolean hasDefault,
        @Nullable String comment,
        @Nullable String label) {
    public Column {
        generatedFrom = java.util.Set.copyOf(generatedFrom);
    }
}
