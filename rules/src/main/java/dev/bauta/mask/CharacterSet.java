package dev.bauta.mask;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A set of code points as ranges in ascending order with gaps between them. Immutable.
 *
 * @param ranges the ranges
 */
record CharacterSet(List<Range> ranges) {
    /** PostgreSQL cannot store NUL. */
    private static final int FIRST = 1;

    private static final int LAST = Character.MAX_CODE_POINT;

    static final CharacterSet ANY = of(List.of(new Range(FIRST, LAST)));
    static final CharacterSet DIGITS = of(List.of(new Range('0', '9')));
    static final CharacterSet WORD =
            of(List.of(new Range('0', '9'), new Range('A', 'Z'), new Range('_', '_'), new Range('a', 'z')));
    static final CharacterSet SPACE = of(List.of(new Range('\t', '\r'), new Range(' ', ' ')));

    /** The code points from one to another, both included. */
    record Range(int first, int last) {}

    /** The set of all that is in one of the ranges. */
    static CharacterSet of(List<Range> ranges) {
        List<Range> sorted = new ArrayList<>(ranges);
        sorted.sort(Comparator.comparingInt(Range::first));
        List<Range> merged = new ArrayList<>();
        for (Range range : sorted) {
            Range last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
            if (last != null && range.first() <= last.last() + 1) {
                merged.set(merged.size() - 1, new Range(last.first(), Math.max(last.last(), range.last())));
            } else {
                merged.add(range);
            }
        }
        return new CharacterSet(List.copyOf(merged));
    }

    static CharacterSet of(int character) {
        return of(List.of(new Range(character, character)));
    }

    /** Every other character. */
    CharacterSet complement() {
        List<Range> gaps = new ArrayList<>();
        int next = FIRST;
        for (Range range : ranges) {
            if (next < range.first()) {
                gaps.add(new Range(next, range.first() - 1));
            }
            next = range.last() + 1;
        }
        if (next <= LAST) {
            gaps.add(new Range(next, LAST));
        }
        return of(gaps);
    }

    boolean contains(int character) {
        return ranges.stream().anyMatch(range -> range.first() <= character && character <= range.last());
    }

    boolean isEmpty() {
        return ranges.isEmpty();
    }

    /** The set as PostgreSQL reads it, whatever the collation: ranges go by code point. */
    String sql() {
        if (equals(ANY)) {
            return ".";
        }
        boolean open = ranges.get(ranges.size() - 1).last() == LAST;
        StringBuilder sql = new StringBuilder(open ? "[^" : "[");
        for (Range range : open ? complement().ranges() : ranges) {
            append(sql, range.first());
            if (range.last() > range.first()) {
                sql.append('-');
                append(sql, range.last());
            }
        }
        return sql.append(']').toString();
    }

    private static void append(StringBuilder sql, int character) {
        boolean plain = character > 0x7f || Character.isLetterOrDigit(character);
        if (plain) {
            sql.appendCodePoint(character);
        } else if (character < ' ' || character == 0x7f) {
            sql.append(String.format("\\u%04x", character));
        } else {
            sql.append('\\').appendCodePoint(character);
        }
    }
}
