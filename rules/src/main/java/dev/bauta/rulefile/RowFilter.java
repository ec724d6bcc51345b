package dev.bauta.rulefile;

import dev.bauta.catalog.SqlNames;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Which rows of a table are shown: an SQL condition over the table's own columns, as SQL that means the same whatever the
 * search_path holds. Immutable.
 *
 * @param columns the columns that it reads
 * @param sql the condition, in which the row is called {@code r}; empty where all rows are shown
 */
public record RowFilter(Set<String> columns, String sql) {
    /** All rows: for what would be filtered by a later rule. */
    public static final RowFilter ALL = new RowFilter(Set.of(), "");

    public RowFilter {
        columns = Set.copyOf(columns);
    }

    /** True when all rows are shown. */
    public boolean isAll() {
        return sql.isEmpty();
    }

    /** Not the condition: it may tell about the data. */
    @Override
    public String toString() {
        return "RowFilter" + new LinkedHashSet<>(columns);
    }

    /** How the condition refers to a column. */
    static String reference(String column) {
        return "r." + SqlNames.quote(column);
    }
}
