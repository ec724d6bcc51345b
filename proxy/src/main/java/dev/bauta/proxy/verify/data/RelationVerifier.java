package dev.bauta.proxy.verify.data;

import dev.bauta.catalog.Relation;
import dev.bauta.mask.Row;
import dev.bauta.policy.Protection;
import dev.bauta.policy.Protection.MaskedColumn;
import dev.bauta.proxy.verify.connect.Side;
import dev.bauta.proxy.verify.connect.TwoSides;
import dev.bauta.proxy.verify.result.Area;
import dev.bauta.proxy.verify.result.Check;
import dev.bauta.proxy.verify.result.Status;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Verifies relations one at a time: what the masked user sees of each against what it holds. Not thread-safe. */
public final class RelationVerifier {
    private final TwoSides sides;
    private final Side again;
    private final Limits limits;
    private final List<Check> checks = new ArrayList<>();

    /**
     * How much is looked at, and how close people may stand together. Immutable.
     *
     * @param sample how many rows of a table are compared, 0 for all
     * @param quasi the columns that together may point to a person, none for no such check
     * @param smallest how many rows the smallest group of equal quasi-identifiers must have
     */
    public record Limits(long sample, List<String> quasi, int smallest) {
        public Limits {
            quasi = List.copyOf(quasi);
        }
    }

    /** Some checks that belong together. */
    private interface Step {
        List<Check> run() throws SQLException;
    }

    /**
     * @param again a second masked session, in which masks must come out as in the first
     */
    public RelationVerifier(TwoSides sides, Side again, Limits limits) {
        this.sides = sides;
        this.again = again;
        this.limits = limits;
    }

    /**
     * Verifies a relation.
     *
     * @return the checks, in the order in which they were made
     * @throws SQLException when the connections are of no use any more
     */
    public List<Check> verify(Relation relation, Protection protection) throws SQLException {
        checks.clear();
        begin();
        String subject = relation.name().toString();
        if (protection instanceof Protection.Refused) {
            String sql = "SELECT 1 FROM " + relation.name().sql() + " LIMIT 1";
            attempt(Area.COMPLIANCE, subject, "refusal", () -> List.of(refusal(Area.COMPLIANCE, subject, "", sql)));
        } else {
            attempt(Area.SCHEMA, subject, "comparison", () -> {
                compare(relation, protection);
                return List.of();
            });
        }
        return List.copyOf(checks);
    }

    private void begin() throws SQLException {
        String snapshot = sides.raw().begin();
        sides.masked().beginLike(snapshot);
        again.beginLike(snapshot);
    }

    /** A failure of the server's or of a mask is a failed check, and the next step starts afresh. */
    private void attempt(Area area, String subject, String name, Step step) throws SQLException {
        try {
            checks.addAll(step.run());
        } catch (SQLException | RuntimeException e) {
            checks.add(Failures.toCheck(area, subject, name, e));
            begin();
        }
    }

    private Check refusal(Area area, String subject, String rule, String sql) throws SQLException {
        Check check =
                Check.of(area, subject, "refusal", Status.PASSED, "is refused").withRule(rule);
        try {
            sides.masked().query(sql, result -> result);
        } catch (SQLException e) {
            begin();
            boolean refused = "42501".equals(e.getSQLState()) || "0A000".equals(e.getSQLState());
            return refused
                    ? check
                    : Failures.toCheck(area, subject, "refusal", e).withRule(rule);
        }
        return Check.of(area, subject, "refusal", Status.FAILED, "is shown, and must be refused")
                .withRule(rule);
    }

    /** Columns of which every statement that takes them is refused. */
    private List<MaskedColumn> refusedColumns(Protection protection) {
        return protection instanceof Protection.Masked some
                ? some.columns().values().stream()
                        .filter(MaskedColumn::isRefused)
                        .sorted(Comparator.comparing(column -> column.column().number()))
                        .toList()
                : List.of();
    }

    private void compare(Relation relation, Protection protection) throws SQLException {
        String subject = relation.name().toString();
        for (MaskedColumn refused : refusedColumns(protection)) {
            String name = subject + "." + refused.column().name();
            String sql = "SELECT " + Row.reference(refused.column()) + " FROM "
                    + relation.name().sql() + " AS " + Row.ALIAS + " LIMIT 1";
            attempt(
                    Area.COMPLIANCE,
                    name,
                    "refusal",
                    () -> List.of(refusal(Area.COMPLIANCE, name, refused.rule(), sql)));
        }
        List<ComparedColumn> columns = readableColumns(relation, protection);
        if (columns.isEmpty()) {
            checks.add(Check.of(Area.SCHEMA, subject, "privileges", Status.SKIPPED, "the user may not read it"));
            return;
        }
        String condition = protection instanceof Protection.Masked some ? some.rowCondition() : "";
        Selection whole = new Selection(relation, columns, 100, condition);
        long rows = sides.raw().number(whole.rawCount());
        Selection selection = new Selection(relation, columns, percent(whole, rows), condition);
        attempt(Area.SCHEMA, subject, "columns", () -> SchemaChecks.columns(sides, selection));
        attempt(Area.SCHEMA, subject, "row count", () -> SchemaChecks.rowCount(sides, selection, rows));
        if (limits.sample() > 0 && !selection.isOrdered() && rows > limits.sample()) {
            checks.add(Check.of(
                            Area.COMPLIANCE,
                            subject,
                            "rows",
                            Status.SKIPPED,
                            "has no pages to take a sample of; compare it with --full")
                    .withCount("rows", rows));
        } else {
            attempt(Area.COMPLIANCE, subject, "rows", () -> RowChecks.run(sides, selection));
            if (columns.stream().anyMatch(column -> column.mask() != null)) {
                attempt(Area.COMPLIANCE, subject, "determinism", () -> MaskChecks.determinism(sides, again, selection));
            }
        }
        for (ComparedColumn column : columns) {
            if (column.mask() != null) {
                String name = subject + "." + column.name();
                attempt(Area.COMPLIANCE, name, "short values", () -> MaskChecks.shortValues(name, column));
                attempt(Area.ANONYMITY, name, "uniqueness", () -> GroupChecks.uniqueness(sides, selection, column));
            }
        }
        attempt(Area.ANONYMITY, subject, "k-anonymity", () -> GroupChecks.smallest(sides, selection, limits));
    }

    private double percent(Selection whole, long rows) {
        boolean all = limits.sample() == 0 || rows <= limits.sample() || !whole.isOrdered();
        return all ? 100 : 100.0 * limits.sample() / rows;
    }

    private List<ComparedColumn> readableColumns(Relation relation, Protection protection) throws SQLException {
        Set<String> readable = sides.raw()
                .texts("SELECT a.attname FROM pg_catalog.pg_attribute a WHERE a.attrelid = "
                        + Integer.toUnsignedString(relation.oid())
                        + " AND a.attnum > 0 AND NOT a.attisdropped"
                        + " AND pg_catalog.has_schema_privilege((SELECT c.relnamespace FROM pg_catalog.pg_class c"
                        + " WHERE c.oid = a.attrelid), 'USAGE')"
                        + " AND pg_catalog.has_column_privilege(a.attrelid, a.attnum, 'SELECT') ORDER BY a.attnum");
        Map<Integer, MaskedColumn> masked = protection instanceof Protection.Masked some ? some.columns() : Map.of();
        return relation.columns().stream()
                .filter(column -> readable.contains(column.name()))
                .filter(column -> !isRefused(masked.get(column.number())))
                .map(column -> {
                    MaskedColumn mask = masked.get(column.number());
                    return mask == null
                            ? new ComparedColumn(column, null, "")
                            : new ComparedColumn(column, mask.mask(), mask.rule());
                })
                .toList();
    }

    private static boolean isRefused(@Nullable MaskedColumn column) {
        return column != null && column.isRefused();
    }
}
