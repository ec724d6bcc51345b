package dev.bauta.proxy.verify.data;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Compares the two sides of a relation row by row, while they stream. Rows are matched by where they lie: the first two columns
 * are {@code tableoid} and {@code ctid}, and both results are sorted by them. Behind the columns the raw side has what it takes
 * besides to tell what must be shown: subjects of dates, and what the server makes of values whose masks have no Java form. Not thread-safe.
 */
final class RowComparison {
    private final List<ColumnTally> tallies;
    private long rows;
    private long missing;
    private long added;

    RowComparison(List<ComparedColumn> columns) {
        this.tallies = columns.stream().map(ColumnTally::new).toList();
    }

    /** Where a row lies, in the order in which PostgreSQL sorts. */
    private record Place(long table, long block, int offset) implements Comparable<Place> {
        static @Nullable Place read(ResultSet result) throws SQLException {
            if (!result.next()) {
                return null;
            }
            String[] ctid = result.getString(2).replaceAll("[()]", "").split(",");
            return new Place(result.getLong(1), Long.parseLong(ctid[0]), Integer.parseInt(ctid[1]));
        }

        @Override
        public int compareTo(Place other) {
            int byTable = Long.compare(table, other.table);
            int byBlock = Long.compare(block, other.block);
            return byTable != 0 ? byTable : byBlock != 0 ? byBlock : Integer.compare(offset, other.offset);
        }
    }

    /** Reads both results to their ends. */
    void compare(ResultSet raw, ResultSet masked) throws SQLException {
        Place left = Place.read(raw);
        Place right = Place.read(masked);
        while (left != null || right != null) {
            int order = left == null ? 1 : right == null ? -1 : left.compareTo(right);
            if (order == 0) {
                addRow(raw, masked);
            } else if (order < 0) {
                missing++;
            } else {
                added++;
            }
            left = order <= 0 ? Place.read(raw) : left;
            right = order >= 0 ? Place.read(masked) : right;
        }
    }

    private void addRow(ResultSet raw, ResultSet masked) throws SQLException {
        rows++;
        int more = tallies.size() + 3;
        for (int i = 0; i < tallies.size(); i++) {
            ComparedColumn column = tallies.get(i).column();
            Object before = column.read(raw, i + 3);
            Object expected = column.expected(before, raw, more);
            more += column.needsMore() ? 1 : 0;
            tallies.get(i).add(before, expected, column.read(masked, i + 3));
        }
    }

    /** Reads both results to their ends, where rows cannot be matched: the values must be the same ones, in whatever order. */
    void compareUnordered(ResultSet raw, ResultSet masked) throws SQLException {
        int columns = tallies.size();
        Digest[] expected = digests(columns + 1);
        Digest[] shown = digests(columns + 1);
        long shownRows = 0;
        while (raw.next()) {
            rows++;
            int more = columns + 1;
            Object[] row = new Object[columns];
            for (int i = 0; i < columns; i++) {
                ComparedColumn column = tallies.get(i).column();
                Object before = column.read(raw, i + 1);
                Object masks = column.expected(before, raw, more);
                more += column.needsMore() ? 1 : 0;
                tallies.get(i).addRaw(before, masks);
                row[i] = ComparedColumn.comparable(masks);
                expected[i].add(row[i]);
            }
            expected[columns].add(Arrays.toString(row));
        }
        while (masked.next()) {
            shownRows++;
            Object[] row = new Object[columns];
            for (int i = 0; i < columns; i++) {
                row[i] = ComparedColumn.comparable(tallies.get(i).column().read(masked, i + 1));
                shown[i].add(row[i]);
            }
            shown[columns].add(Arrays.toString(row));
        }
        missing = Math.max(0, rows - shownRows);
        added = Math.max(0, shownRows - rows);
        boolean same = true;
        for (int i = 0; i < columns; i++) {
            if (!expected[i].isSameAs(shown[i])) {
                tallies.get(i).addDifference();
                same = false;
            }
        }
        if (same && !expected[columns].isSameAs(shown[columns])) {
            tallies.forEach(ColumnTally::addDifference);
        }
    }

    private static Digest[] digests(int count) {
        Digest[] digests = new Digest[count];
        Arrays.setAll(digests, i -> new Digest());
        return digests;
    }

    /** What was counted, a tally for each column. */
    List<ColumnTally> tallies() {
        return tallies;
    }

    /** Rows that both sides have. */
    long rows() {
        return rows;
    }

    /** Rows that the masked side lacks. */
    long missing() {
        return missing;
    }

    /** Rows that the masked side has and the raw one has not. */
    long added() {
        return added;
    }

    /** The tally of a column. */
    ColumnTally tally(String column) {
        return tallies.stream()
                .filter(tally -> Objects.equals(tally.column().name(), column))
                .findFirst()
                .orElseThrow();
    }
}
