package dev.bauta.catalog;

/**
 * A column of a relation, by its numbers, as RowDescription gives a field's origin. Immutable.
 *
 * @param relation {@code pg_class.oid}
 * @param column {@code attnum}
 */
public record ColumnOrigin(int relation, int column) {}
