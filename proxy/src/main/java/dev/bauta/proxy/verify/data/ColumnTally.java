package dev.bauta.proxy.verify.data;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Counts what became of one column's values. Takes a bounded amount of memory however many there are, and keeps no value. Not
 * thread-safe.
 */
final class ColumnTally {
    /** Values of this many characters and more are counted together. */
    private static final int LONGEST = 40;

    private final ComparedColumn column;
    private long values;
    private long differing;
    private long raw;
    private long unchanged;
    private long newNulls;
    private final Map<Integer, LengthClass> lengths = new TreeMap<>();

    /** Different values of one length, and those of them that the mask shows bare. */
    private static final class LengthClass {
        private static final int MOST = 64;
        private static final int ENOUGH = 8;

        private final Set<Integer> seen = new HashSet<>();
        private final Set<Integer> bare = new HashSet<>();

        void add(int hash, boolean isBare) {
            if (seen.size() < MOST) {
                seen.add(hash);
                if (isBare) {
                    bare.add(hash);
                }
            }
        }

        /** True when it is no chance: a pseudonym of one digit is the digit itself one time in ten. */
        boolean isShown() {
            return seen.size() >= ENOUGH && bare.size() * 2 > seen.size();
        }
    }

    ColumnTally(ComparedColumn column) {
        this.column = column;
    }

    ComparedColumn column() {
        return column;
    }

    /**
     * Counts a value of a row whose two sides are known.
     *
     * @param rawValue what is there
     * @param expected what the mask makes of it
     * @param shown what is shown
     */
    void add(@Nullable Object rawValue, @Nullable Object expected, @Nullable Object shown) {
        addRaw(rawValue, expected);
        Object before = ComparedColumn.comparable(rawValue);
        Object masked = ComparedColumn.comparable(shown);
        if (!Objects.equals(masked, ComparedColumn.comparable(expected))) {
            differing++;
            raw += before != null && before.equals(masked) ? 1 : 0;
        }
        newNulls += before != null && masked == null ? 1 : 0;
    }

    /** Counts a raw value and what the mask makes of it, where it is not known by row what is shown. */
    void addRaw(@Nullable Object rawValue, @Nullable Object expected) {
        values += rawValue == null ? 0 : 1;
        if (rawValue != null && column.mask() != null) {
            Object before = ComparedColumn.comparable(rawValue);
            boolean same = Objects.equals(before, ComparedColumn.comparable(expected));
            unchanged += same ? 1 : 0;
            int length = Math.min(LONGEST, rawValue.toString().strip().length());
            lengths.computeIfAbsent(length, l -> new LengthClass())
                    .add(Objects.hashCode(before), same && isBare(column, rawValue));
        }
    }

    /** Says that the values shown are not those expected, where it is not known in which rows. */
    void addDifference() {
        differing++;
    }

    /** True when the mask leaves a value as it is and takes no other to it, so that the value shows; false when that is not known. */
    static boolean isBare(ComparedColumn column, Object value) {
        if (column.needsMore()) {
            return false;
        }
        Optional<List<Object>> neighbours = Neighbours.of(value);
        Object same = ComparedColumn.comparable(value);
        return neighbours.isPresent()
                && neighbours.get().stream()
                        .filter(neighbour -> !neighbour.equals(value))
                        .noneMatch(neighbour ->
                                Objects.equals(same, ComparedColumn.comparable(column.expected(neighbour))));
    }

    /** Values that are not NULL. */
    long values() {
        return values;
    }

    /** Values shown that are not what they must be. */
    long differing() {
        return differing;
    }

    /** Values shown that are the raw value where the mask makes something else of it. */
    long raw() {
        return raw;
    }

    /** Values that the mask leaves as they are. */
    long unchanged() {
        return unchanged;
    }

    /** NULLs shown in place of values. */
    long newNulls() {
        return newNulls;
    }

    /** The lengths in characters at which most values come out bare. */
    List<Integer> bareLengths() {
        return lengths.entrySet().stream()
                .filter(length -> length.getValue().isShown())
                .map(Map.Entry::getKey)
                .toList();
    }
}
