package dev.bauta.proxy.verify.data;

import dev.bauta.proxy.verify.connect.Side;
import dev.bauta.proxy.verify.connect.TwoSides;
import dev.bauta.proxy.verify.result.Area;
import dev.bauta.proxy.verify.result.Check;
import dev.bauta.proxy.verify.result.Status;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/** Checks that look at masks alone: two sessions see the same, and short values are not shown. */
final class MaskChecks {
    /** Rows that are read twice. */
    private static final int TWICE = 1_000;

    /** Masks that leave alone what does not look sensitive to them; whether they find it cannot be told from made-up values. */
    private static final Set<String> BY_CONTENT = Set.of("text", "regex", "json", "each", "sql");

    private static final int LONGEST = 24;
    private static final int TRIES = 16;
    private static final long SEED = 1597;
    private static final List<String> ALPHABETS =
            List.of("0123456789", "abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ 0123456789äßøłçñ");

    private MaskChecks() {}

    static List<Check> determinism(TwoSides sides, Side again, Selection selection) throws SQLException {
        List<ComparedColumn> masked = selection.columns().stream()
                .filter(column -> column.mask() != null)
                .toList();
        List<Digest> first = digests(sides.masked(), selection, masked.size());
        List<Digest> second = digests(again, selection, masked.size());
        List<Check> checks = new ArrayList<>();
        for (int i = 0; i < masked.size(); i++) {
            boolean same = first.get(i).isSameAs(second.get(i));
            checks.add(Check.of(
                            Area.COMPLIANCE,
                            selection.name() + "." + masked.get(i).name(),
                            "determinism",
                            same ? Status.PASSED : Status.FAILED,
                            same ? "two sessions see the same masks" : "two sessions see different masks")
                    .withRule(masked.get(i).rule()));
        }
        return checks;
    }

    private static List<Digest> digests(Side side, Selection selection, int columns) throws SQLException {
        return side.query(selection.masks(TWICE), result -> {
            List<Digest> digests = new ArrayList<>();
            for (int i = 0; i < columns; i++) {
                digests.add(new Digest());
            }
            while (result.next()) {
                for (int i = 0; i < columns; i++) {
                    digests.get(i).add(result.getString(i + 1));
                }
            }
            return digests;
        });
    }

    /** Gives the mask made-up strings of every small length, and sees whether it shows them. */
    static List<Check> shortValues(String subject, ComparedColumn column) {
        if (column.mask() == null
                || column.needsMore()
                || column.type().category() != 'S'
                || !column.type().name().schema().equals("pg_catalog")
                || BY_CONTENT.contains(column.mask().name())) {
            return List.of();
        }
        Random random = new Random(SEED);
        List<String> shown = new ArrayList<>();
        int limit = column.type().typmod() < 0
                ? LONGEST
                : Math.min(LONGEST, column.type().typmod() - 4);
        for (int length = 1; length <= limit; length++) {
            if (isShown(column, length, random)) {
                shown.add(Integer.toString(length));
            }
        }
        Check check = Check.of(
                        Area.COMPLIANCE,
                        subject,
                        "short values",
                        shown.isEmpty() ? Status.PASSED : Status.FAILED,
                        shown.isEmpty()
                                ? "no made-up value is shown, however short"
                                : "made-up values are shown bare that have this many characters: "
                                        + shown.stream().collect(Collectors.joining(", ")))
                .withRule(column.rule())
                .withCount("made-up values", (long) limit * TRIES * ALPHABETS.size());
        return List.of(check);
    }

    /** A pseudonym can be its own value by chance: more than half of the tries must come out bare. */
    private static boolean isShown(ComparedColumn column, int length, Random random) {
        // The driver gives values of char(n) with their padding.
        boolean padded = column.type().is("bpchar") && column.type().typmod() >= 0;
        int padding = padded ? column.type().typmod() - 4 : length;
        for (String alphabet : ALPHABETS) {
            int bare = 0;
            for (int i = 0; i < TRIES; i++) {
                String value = random.ints(length, 0, alphabet.length())
                        .mapToObj(at -> alphabet.substring(at, at + 1))
                        .collect(Collectors.joining());
                value += " ".repeat(padding - length);
                boolean same = Objects.equals(value, column.expected(value));
                bare += same && ColumnTally.isBare(column, value) ? 1 : 0;
            }
            if (bare * 2 > TRIES) {
                return true;
            }
        }
        return false;
    }
}
