package dev.bauta.proxy.verify.data;

import dev.bauta.catalog.CatalogSnapshot;
import dev.bauta.catalog.Column;
import dev.bauta.catalog.Relation;
import dev.bauta.policy.Protection;
import dev.bauta.proxy.verify.connect.TwoSides;
import dev.bauta.proxy.verify.result.Area;
import dev.bauta.proxy.verify.result.Check;
import dev.bauta.proxy.verify.result.Status;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** Verifies that what joins on raw data joins on masks. Not thread-safe. */
public final class JoinVerifier {
    private final TwoSides sides;
    private final JoinFinder finder;

    private final Set<Integer> unread;

    /**
     * @param protection how each relation of the catalog is protected from the masked user
     * @param unread oids of relations that must not be read; their joins are skipped
     */
    public JoinVerifier(
            TwoSides sides, CatalogSnapshot catalog, Function<Relation, Protection> protection, Set<Integer> unread) {
        this.sides = sides;
        this.unread = Set.copyOf(unread);
        this.finder = new JoinFinder(catalog, protection);
    }

    /**
     * Verifies all joins over protected columns between chosen relations.
     *
     * @param relations those that are verified
     */
    public List<Check> verify(List<Relation> relations) throws SQLException {
        sides.begin();
        Predicate<Join> chosen = join -> relations.contains(join.from()) || relations.contains(join.to());
        List<Check> checks = new ArrayList<>();
        for (Join join : finder.foreignKeys(sides.raw()).stream().filter(chosen).toList()) {
            checks.add(verify(join, "foreign key " + join.name()));
        }
        for (Join join : finder.domains(relations)) {
            checks.add(verify(join, join.name()));
        }
        return checks;
    }

    private Check verify(Join join, String name) throws SQLException {
        Check check = Check.of(Area.COMPLIANCE, join.subject(), name, Status.PASSED, "joins on masks as on raw values");
        for (int i = 0; i < join.fromColumns().size(); i++) {
            Column from = join.fromColumns().get(i);
            Column to = join.toColumns().get(i);
            boolean fromMasked = finder.masked(join.from(), from);
            if (fromMasked != finder.masked(join.to(), to)) {
                String clear = fromMasked
                        ? join.to().name() + "." + to.name()
                        : join.from().name() + "." + from.name();
                return with(
                        check,
                        Status.FAILED,
                        clear
                                + " is not protected and shows values that the other end hides; protect both ends with one mask");
            }
        }
        if (unread.contains(join.from().oid()) || unread.contains(join.to().oid())) {
            return with(check, Status.SKIPPED, "one end is not read in the user's place");
        }
        boolean filtered = finder.filtered(join.from()) || finder.filtered(join.to());
        return filtered
                ? with(check, Status.SKIPPED, "the rules show some rows only, so that fewer join")
                : count(join, check);
    }

    private Check count(Join join, Check check) throws SQLException {
        try {
            long rawKeys = sides.raw().number(join.keys());
            long maskedKeys = sides.masked().number(join.keys());
            long rawMatches = sides.raw().number(join.matches());
            long maskedMatches = sides.masked().number(join.matches());
            Check counted = check.withCount("different raw keys", rawKeys)
                    .withCount("different masked keys", maskedKeys)
                    .withCount("raw rows with a partner", rawMatches)
                    .withCount("masked rows with a partner", maskedMatches);
            if (maskedMatches < rawMatches) {
                return with(counted, Status.FAILED, "rows that join on raw values do not join on masks");
            }
            if (maskedKeys < rawKeys) {
                return with(counted, Status.WARNING, "the mask merges keys, so joins find more than they should");
            }
            return maskedMatches == rawMatches
                    ? counted
                    : with(counted, Status.FAILED, "rows join on masks that do not join on raw values");
        } catch (SQLException e) {
            sides.begin();
            if ("42501".equals(e.getSQLState())) {
                return with(check, Status.SKIPPED, "the user may not read both ends");
            }
            return Failures.toCheck(check.area(), check.subject(), check.name(), e);
        }
    }

    private static Check with(Check check, Status status, String message) {
        return new Check(check.area(), check.subject(), check.name(), check.rule(), status, message, check.evidence());
    }
}
