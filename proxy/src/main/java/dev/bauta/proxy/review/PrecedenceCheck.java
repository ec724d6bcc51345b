package dev.bauta.proxy.review;

import static dev.bauta.proxy.review.Severity.WARNING;

import dev.bauta.catalog.CatalogSnapshot;
import dev.bauta.catalog.Column;
import dev.bauta.catalog.Relation;
import dev.bauta.proxy.review.Finding.Kind;
import dev.bauta.rulefile.ColumnRule;
import dev.bauta.rulefile.RuleSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Rules that decide nothing in this database: no column has the type or the comment, or earlier rules match all that they do. That
 * earlier patterns cover a pattern in any database, the rule file's reader tells.
 */
final class PrecedenceCheck {
    private final List<Relation> relations;
    private final Findings findings;

    /** What becomes of a rule. */
    private static final class Tally {
        private final ColumnRule rule;
        /** Columns whose names it matches. */
        private int named;
        /** Of these, columns that it matches. */
        private int matched;
        /** Of these, columns that no earlier rule matches. */
        private int decided;
        /** The earlier rule that takes the first of the others. */
        private @Nullable ColumnRule winner;
        /** True when one of the earlier rules ends, and leaves its columns to this one. */
        private boolean waiting;

        Tally(ColumnRule rule) {
            this.rule = rule;
        }

        boolean names(Relation relation) {
            return rule.columns().columns().stream()
                    .anyMatch(pattern -> pattern.schema()
                                    .matches(relation.name().schema())
                            && pattern.relation().matches(relation.name().name()));
        }

        boolean names(Relation relation, Column column) {
            return rule.columns().columns().stream()
                    .anyMatch(pattern -> pattern.matches(relation.name(), column.name()));
        }
    }

    PrecedenceCheck(CatalogSnapshot catalog, Findings findings) {
        this.relations = Names.relations(catalog);
        this.findings = findings;
    }

    void examine(RuleSet rules) {
        examine(rules.columns());
        rules.roles().forEach(role -> examine(role.own().columns()));
    }

    private void examine(List<ColumnRule> rules) {
        List<Tally> tallies = rules.stream().map(Tally::new).toList();
        for (Relation relation : relations) {
            List<Tally> near =
                    tallies.stream().filter(tally -> tally.names(relation)).toList();
            relation.columns().forEach(column -> count(near, relation, column));
        }
        tallies.forEach(this::report);
    }

    private static void count(List<Tally> tallies, Relation relation, Column column) {
        ColumnRule first = null;
        for (Tally tally : tallies) {
            if (!tally.names(relation, column)) {
                continue;
            }
            tally.named++;
            if (!tally.rule.columns().matches(relation.name(), column)) {
                continue;
            }
            tally.matched++;
            if (first == null) {
                first = tally.rule;
                tally.decided++;
            } else {
                tally.winner = tally.winner == null ? first : tally.winner;
                tally.waiting |= first.until() != null;
            }
        }
    }

    private void report(Tally tally) {
        if (tally.named > 0 && tally.matched == 0) {
            findings.add(
                    WARNING,
                    Kind.UNMATCHED_PATTERN,
                    tally.rule.at(),
                    "no column that the rule names has such a type or comment",
                    "correct 'types' or 'comments', or take the rule out");
        } else if (tally.matched > 0 && tally.decided == 0 && !tally.waiting) {
            findings.add(
                    WARNING,
                    Kind.OVERRULED,
                    tally.rule.at(),
                    "the rule decides nothing: earlier rules, such as "
                            + Objects.requireNonNull(tally.winner).at().lineFrom(tally.rule.at())
                            + ", match every column that it does",
                    "put it before them, or take it out");
        }
    }
}
