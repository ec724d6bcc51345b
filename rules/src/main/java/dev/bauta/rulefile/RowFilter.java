package dev.bauta.rulefile;

import org.jspecify.annotations.Nullable;

/**
 * Which rows of a table are shown. Immutable.
 *
 * @param condition a condition over the table's own columns; null where all rows are shown
 */
public record RowFilter(@Nullable RowExpression condition) {
    /** All rows: for what would be filtered by a later rule. */
    public static final RowFilter ALL = new RowFilter(null);

    /** Not the condition: it may tell about the data. */
    @Override
    public String toString() {
        return condition == null ? "RowFilter[all]" : "RowFilter[]";
    }
}
