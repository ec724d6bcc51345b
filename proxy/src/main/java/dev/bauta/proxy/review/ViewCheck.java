package dev.bauta.proxy.review;

import static dev.bauta.proxy.review.Severity.ERROR;
import static dev.bauta.proxy.review.Severity.NOTE;
import static dev.bauta.proxy.review.Severity.WARNING;

import dev.bauta.catalog.CatalogSnapshot;
import dev.bauta.catalog.Column;
import dev.bauta.catalog.ColumnOrigin;
import dev.bauta.catalog.Relation;
import dev.bauta.catalog.ViewLineage;
import dev.bauta.mask.Mask;
import dev.bauta.mask.MaskParameterException;
import dev.bauta.mask.Row;
import dev.bauta.mask.SubjectMask;
import dev.bauta.policy.Protection.MaskedColumn;
import dev.bauta.proxy.review.Finding.Kind;
import dev.bauta.rulefile.ColumnRule;
import dev.bauta.rulefile.RuleSet;
import dev.bauta.yaml.Location;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Views and materialized views over protected columns: which of their columns a rule shows although the column behind is protected, and
 * which come out as NULL.
 */
final class ViewCheck {
    private static final Set<String> SHOWING_NOTHING = Set.of("null", "redact", "constant");

    private final RuleSet rules;
    private final Findings findings;

    ViewCheck(RuleSet rules, Findings findings) {
        this.rules = rules;
        this.findings = findings;
    }

    void examine(Audience audience) {
        CatalogSnapshot catalog = audience.policy().catalog();
        for (Relation view : Names.relations(catalog)) {
            ViewLineage lineage = catalog.views().get(view.oid());
            if (lineage == null || audience.isRefused(view)) {
                continue;
            }
            List<String> hidden = lineage.uses().stream()
                    .filter(audience::hides)
                    .map(origin -> Names.of(catalog, origin))
                    .sorted()
                    .toList();
            for (Column column : view.columns()) {
                if (!hidden.isEmpty()) {
                    examine(audience, view, column, lineage, hidden);
                }
                reportClearBehind(audience, view, column, lineage.origins().get(column.number()));
            }
        }
    }

    private void examine(Audience audience, Relation view, Column column, ViewLineage lineage, List<String> hidden) {
        ColumnOrigin origin = lineage.origins().get(column.number());
        MaskedColumn masked = audience.masked(view, column);
        Optional<Location> rule = audience.classification().find(view, column).map(ruling -> ruling.rule());
        if (masked == null && rule.isPresent()) {
            if (origin == null) {
                reportComputed(audience, view, column, rule.get(), hidden);
            } else if (audience.hides(origin)) {
                reportCopied(audience, view, column, rule.get(), origin);
            }
        } else if (masked != null && rule.isPresent() && origin != null) {
            reportMaskedOtherwise(audience, column, rule.get(), origin, masked, view);
        } else if (masked != null && rule.isEmpty() && masked.mask().name().equals("null")) {
            reportSuppressed(audience, view, column, origin, masked, hidden);
        }
    }

    private void reportCopied(Audience audience, Relation view, Column column, Location rule, ColumnOrigin origin) {
        boolean meant = isNamed(view, column, rule);
        findings.add(
                audience.roles(),
                meant ? WARNING : ERROR,
                Kind.VIEW,
                rule,
                Names.of(view, column) + " shows raw values of the protected "
                        + Names.of(audience.policy().catalog(), origin)
                        + (meant ? "" : ", as a pattern of this rule matches the view's column too"),
                "give the view's column a mask in a rule before this one, or take it out of this one");
    }

    /** A view's column that a rule masks while the table's is in no rule: raw values show there, and whoever may write them has any value masked. */
    private void reportClearBehind(Audience audience, Relation view, Column column, @Nullable ColumnOrigin origin) {
        MaskedColumn masked = audience.masked(view, column);
        Relation source = origin == null ? null : audience.policy().catalog().relation(origin.relation());
        if (masked == null || origin == null || source == null || audience.hides(origin)) {
            return;
        }
        boolean meant = source.findColumn(origin.column())
                .flatMap(each -> audience.classification().find(source, each))
                .isPresent();
        if (!meant) {
            findings.add(
                    audience.roles(),
                    WARNING,
                    Kind.VIEW,
                    Names.of(audience.policy().catalog(), origin),
                    "it is clear, and " + Names.of(view, column) + ", which copies it, is protected by "
                            + masked.rule(),
                    "protect it alike, or give it mask: none where it may be shown");
        }
    }

    /** What is shown by two masks that each keep something. */
    private void reportMaskedOtherwise(
            Audience audience, Column column, Location rule, ColumnOrigin origin, MaskedColumn masked, Relation view) {
        CatalogSnapshot catalog = audience.policy().catalog();
        MaskedColumn source = masked(audience, catalog, origin).orElse(null);
        if (source == null
                || isSame(catalog, view, origin, source.mask(), masked.mask())
                || SHOWING_NOTHING.contains(source.mask().name())
                || SHOWING_NOTHING.contains(masked.mask().name())) {
            return;
        }
        findings.add(
                audience.roles(),
                NOTE,
                Kind.VIEW,
                rule,
                Names.of(view, column) + " shows by the mask '" + masked.mask().name() + "' what "
                        + Names.of(catalog, origin) + " shows by the mask '"
                        + source.mask().name() + "' of " + source.rule() + ": together they tell more than either",
                "give both one mask, or leave the view's column without a rule, so that it follows");
    }

    /** True where the view shows what its table shows: of a mask that goes by a subject, where the view's one is a copy of the table's. */
    private static boolean isSame(
            CatalogSnapshot catalog, Relation view, ColumnOrigin origin, Mask source, Mask shown) {
        if (!(source instanceof SubjectMask from && shown instanceof SubjectMask to)) {
            return source.equals(shown);
        }
        ViewLineage lineage = catalog.views().get(view.oid());
        ColumnOrigin subject =
                lineage == null ? null : lineage.origins().get(to.subject().number());
        try {
            return new ColumnOrigin(origin.relation(), from.subject().number()).equals(subject)
                    && from.in(new Row(Map.of(from.subject().name(), to.subject())))
                            .equals(shown);
        } catch (MaskParameterException e) {
            return false;
        }
    }

    private void reportComputed(Audience audience, Relation view, Column column, Location rule, List<String> hidden) {
        boolean meant = isNamed(view, column, rule);
        findings.add(
                audience.roles(),
                meant ? NOTE : WARNING,
                Kind.VIEW,
                rule,
                Names.of(view, column) + " is shown as it is and may be computed from the protected "
                        + Names.list(hidden)
                        + (meant ? "" : ", as a pattern of this rule matches the view's column too"),
                "look at the view's definition: if raw values can be told from the column, give it a mask");
    }

    private void reportSuppressed(
            Audience audience,
            Relation view,
            Column column,
            @Nullable ColumnOrigin origin,
            MaskedColumn masked,
            List<String> hidden) {
        CatalogSnapshot catalog = audience.policy().catalog();
        String name = Names.of(view, column);
        if (origin == null) {
            findings.add(
                    audience.roles(),
                    NOTE,
                    Kind.VIEW,
                    name,
                    "it comes out as NULL, since the view reads the protected " + Names.list(hidden)
                            + " and the column is no plain copy",
                    "to show something, give " + name + " a rule of its own");
        } else if (!hasNullMask(audience, catalog, origin)) {
            findings.add(
                    audience.roles(),
                    NOTE,
                    Kind.VIEW,
                    name,
                    "it comes out as NULL, since the mask that " + masked.rule() + " gives " + Names.of(catalog, origin)
                            + " reads a column that the view does not have",
                    "to show something, give " + name + " a rule of its own");
        }
    }

    private static boolean hasNullMask(Audience audience, CatalogSnapshot catalog, ColumnOrigin origin) {
        return masked(audience, catalog, origin)
                .map(masked -> masked.mask().name().equals("null"))
                .orElse(true);
    }

    private static Optional<MaskedColumn> masked(Audience audience, CatalogSnapshot catalog, ColumnOrigin origin) {
        Relation relation = catalog.relation(origin.relation());
        return relation == null
                ? Optional.empty()
                : relation.findColumn(origin.column()).map(column -> audience.masked(relation, column));
    }

    /** True when the rule names this very column, so that whoever wrote it meant it. */
    private boolean isNamed(Relation view, Column column, Location rule) {
        return Stream.concat(
                        rules.columns().stream(), rules.roles().stream().flatMap(role -> role.own().columns().stream()))
                .filter((ColumnRule candidate) -> candidate.at().equals(rule))
                .flatMap(candidate -> candidate.columns().columns().stream())
                .anyMatch(pattern -> pattern.isExact() && pattern.matches(view.name(), column.name()));
    }
}
