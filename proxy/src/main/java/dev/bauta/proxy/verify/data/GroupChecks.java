package dev.bauta.proxy.verify.data;

import dev.bauta.catalog.SqlNames;
import dev.bauta.proxy.verify.connect.TwoSides;
import dev.bauta.proxy.verify.result.Area;
import dev.bauta.proxy.verify.result.Check;
import dev.bauta.proxy.verify.result.Status;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/** What tells people apart in masked data: values that stay unique, and small groups of equal quasi-identifiers. */
final class GroupChecks {
    private GroupChecks() {}

    static List<Check> uniqueness(TwoSides sides, Selection selection, ComparedColumn column) throws SQLException {
        long[] counts = sides.masked().query(selection.distinct(column), result -> {
            result.next();
            return new long[] {result.getLong(1), result.getLong(2)};
        });
        boolean unique = counts[0] > 1 && counts[1] * 10 >= counts[0] * 9;
        return List.of(Check.of(
                        Area.ANONYMITY,
                        selection.name() + "." + column.name(),
                        "uniqueness",
                        unique ? Status.WARNING : Status.PASSED,
                        unique
                                ? "nearly each value has a mask of its own: whoever knows one mask's owner finds all of that "
                                        + "person's rows"
                                : "values share their masks")
                .withRule(column.rule())
                .withCount("values", counts[0])
                .withCount("different masks", counts[1]));
    }

    /** The smallest group of rows that agree in all quasi-identifiers, in relations that have all of them. */
    static List<Check> smallest(TwoSides sides, Selection selection, RelationVerifier.Limits limits)
            throws SQLException {
        List<String> names =
                selection.columns().stream().map(ComparedColumn::name).toList();
        if (limits.quasi().isEmpty() || !names.containsAll(limits.quasi())) {
            return List.of();
        }
        String quasi = limits.quasi().stream().map(SqlNames::quote).collect(Collectors.joining(", "));
        String sql = "SELECT pg_catalog.min(g.n), pg_catalog.count(*), pg_catalog.count(*) FILTER (WHERE g.n < "
                + limits.smallest() + "), pg_catalog.sum(g.n) FILTER (WHERE g.n < " + limits.smallest()
                + ") FROM (SELECT pg_catalog.count(*) AS n FROM "
                + selection.name().sql() + " GROUP BY " + quasi
                + ") AS g";
        return sides.masked().query(sql, result -> {
            result.next();
            long smallest = result.getLong(1);
            boolean empty = result.getLong(2) == 0;
            boolean enough = empty || smallest >= limits.smallest();
            return List.of(Check.of(
                            Area.ANONYMITY,
                            selection.name().toString(),
                            "k-anonymity",
                            enough ? Status.PASSED : Status.FAILED,
                            "the smallest group of equal " + String.join(", ", limits.quasi()) + " has " + smallest
                                    + " of at least " + limits.smallest() + " rows")
                    .withCount("groups", result.getLong(2))
                    .withCount("groups too small", result.getLong(3))
                    .withCount("rows in them", result.getLong(4)));
        });
    }
}
