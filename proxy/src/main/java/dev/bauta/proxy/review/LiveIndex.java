package dev.bauta.proxy.review;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * An index that finds rows in an order. Immutable.
 *
 * @param name without schema, which is that of the table
 * @param relation {@code pg_class.oid} of the table
 * @param keys numbers of the columns that it orders by, from the first; 0 for an expression
 * @param columns numbers of all columns in it
 */
record LiveIndex(String name, int relation, List<Integer> keys, List<Integer> columns) {
    private static final String INDEXES =
            """
            SELECT c.relname, i.indrelid::int8, i.indnkeyatts, i.indkey::text
            FROM pg_index i
            JOIN pg_class c ON c.oid = i.indexrelid
            JOIN pg_am a ON a.oid = c.relam
            WHERE a.amname = 'btree' AND i.indnatts > 1
            ORDER BY c.relname
            """;

    LiveIndex {
        keys = List.copyOf(keys);
        columns = List.copyOf(columns);
    }

    /** Reads those of more than one column; the search_path must be {@code pg_catalog}. */
    static List<LiveIndex> read(Statement statement) throws SQLException {
        List<LiveIndex> indexes = new ArrayList<>();
        try (ResultSet row = statement.executeQuery(INDEXES)) {
            while (row.next()) {
                List<Integer> columns = Arrays.stream(row.getString(4).split(" "))
                        .map(Integer::valueOf)
                        .toList();
                indexes.add(new LiveIndex(
                        row.getString(1), (int) row.getLong(2), columns.subList(0, row.getInt(3)), columns));
            }
        }
        return indexes;
    }
}
