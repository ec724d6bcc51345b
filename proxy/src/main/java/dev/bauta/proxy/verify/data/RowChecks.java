package dev.bauta.proxy.verify.data;

import dev.bauta.mask.SubjectMask;
import dev.bauta.proxy.verify.connect.TwoSides;
import dev.bauta.proxy.verify.result.Area;
import dev.bauta.proxy.verify.result.Check;
import dev.bauta.proxy.verify.result.Status;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Compares the rows of both sides and judges what was counted. */
final class RowChecks {
    private RowChecks() {}

    static List<Check> run(TwoSides sides, Selection selection) throws SQLException {
        RowComparison comparison = new RowComparison(selection.columns());
        sides.raw().query(selection.rawRows(), raw -> sides.masked().query(selection.rows(), masked -> {
            if (selection.isOrdered()) {
                comparison.compare(raw, masked);
            } else {
                comparison.compareUnordered(raw, masked);
            }
            return comparison;
        }));
        return judge(selection.name().toString(), comparison, selection.isOrdered());
    }

    /** @param byRow whether it is known in which rows values differ */
    static List<Check> judge(String subject, RowComparison comparison, boolean byRow) {
        List<Check> checks = new ArrayList<>();
        checks.add(sameRows(subject, comparison));
        checks.add(clearColumns(subject, comparison, byRow));
        for (ColumnTally tally : comparison.tallies()) {
            if (tally.column().mask() != null) {
                checks.add(masked(subject, tally, byRow));
                if (tally.newNulls() > 0 && tally.column().column().notNull()) {
                    checks.add(nulls(subject, tally));
                }
            }
        }
        return checks;
    }

    private static Check sameRows(String subject, RowComparison comparison) {
        boolean same = comparison.missing() == 0 && comparison.added() == 0;
        return Check.of(
                        Area.INTEGRITY,
                        subject,
                        "rows",
                        same ? Status.PASSED : Status.FAILED,
                        same ? "each row is there once" : "rows are missing or added")
                .withCount("rows compared", comparison.rows())
                .withCount("missing", comparison.missing())
                .withCount("added", comparison.added());
    }

    private static Check clearColumns(String subject, RowComparison comparison, boolean byRow) {
        List<ColumnTally> clear = comparison.tallies().stream()
                .filter(tally -> tally.column().mask() == null)
                .toList();
        List<ColumnTally> changed =
                clear.stream().filter(tally -> tally.differing() > 0).toList();
        String names =
                changed.stream().map(tally -> tally.column().name()).sorted().collect(Collectors.joining(", "));
        Status status = clear.isEmpty() ? Status.SKIPPED : changed.isEmpty() ? Status.PASSED : Status.FAILED;
        String message =
                switch (status) {
                    case SKIPPED -> "has no unprotected column";
                    case PASSED -> "identical with and without masks";
                    default -> "changed: " + names;
                };
        Check check = Check.of(Area.INTEGRITY, subject, "unprotected columns", status, message)
                .withCount("columns", clear.size())
                .withCount("rows compared", comparison.rows());
        long differing = changed.stream().mapToLong(ColumnTally::differing).sum();
        return byRow ? check.withCount("changed values", differing) : check;
    }

    private static Check masked(String subject, ColumnTally tally, boolean byRow) {
        Check check = Check.of(
                        Area.COMPLIANCE,
                        subject + "." + tally.column().name(),
                        "masked values",
                        status(tally),
                        message(tally, byRow))
                .withRule(tally.column().rule())
                .withCount("values", tally.values());
        if (byRow) {
            check = check.withCount("not as the mask makes them", tally.differing())
                    .withCount("raw values shown", tally.raw());
        }
        return check.withCount("left as they are by the mask", tally.unchanged());
    }

    private static Status status(ColumnTally tally) {
        if (tally.differing() > 0 || !tally.bareLengths().isEmpty()) {
            return Status.FAILED;
        }
        return hidesLittle(tally) ? Status.WARNING : Status.PASSED;
    }

    private static String message(ColumnTally tally, boolean byRow) {
        String mask = "the mask '" + maskName(tally) + "'";
        if (tally.raw() > 0) {
            return "%s of the values are raw, though %s makes something else of them"
                    .formatted(share(tally.raw(), tally.values()), mask);
        }
        if (tally.differing() > 0) {
            String amount = byRow ? share(tally.differing(), tally.values()) + " of the values" : "some values";
            return amount + " are not what " + mask + " makes of the raw ones";
        }
        if (!tally.bareLengths().isEmpty()) {
            return mask + " shows values bare that have this many characters: "
                    + tally.bareLengths().stream().map(String::valueOf).collect(Collectors.joining(", "));
        }
        if (hidesLittle(tally)) {
            return mask
                    + " leaves %s of the values as they are: it hides little in this column"
                            .formatted(share(tally.unchanged(), tally.values()));
        }
        return "every value shown is what " + mask + " makes of the raw one";
    }

    /** Not of a mask that draws: there any value may be another one. */
    private static boolean hidesLittle(ColumnTally tally) {
        boolean drawn = tally.column().mask() instanceof SubjectMask mask && mask.isPerRow();
        return !drawn && tally.unchanged() * 2 > tally.values();
    }

    private static String maskName(ColumnTally tally) {
        return tally.column().mask() == null ? "none" : tally.column().mask().name();
    }

    /** A share in per cent, never rounded down to nothing. */
    static String share(long part, long whole) {
        double percent = whole == 0 ? 0 : 100.0 * part / whole;
        return part > 0 && percent < 0.1 ? "less than 0.1 %" : String.format(Locale.ROOT, "%.1f %%", percent);
    }

    private static Check nulls(String subject, ColumnTally tally) {
        return Check.of(
                        Area.SCHEMA,
                        subject + "." + tally.column().name(),
                        "NOT NULL",
                        Status.WARNING,
                        "declared NOT NULL, and the mask '" + maskName(tally)
                                + "' shows NULL: clients may not expect it")
                .withRule(tally.column().rule())
                .withCount("NULL shown for a value", tally.newNulls());
    }
}
