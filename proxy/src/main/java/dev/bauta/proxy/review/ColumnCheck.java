package dev.bauta.proxy.review;

import static dev.bauta.proxy.review.Severity.NOTE;
import static dev.bauta.proxy.review.Severity.WARNING;

import dev.bauta.catalog.Column;
import dev.bauta.catalog.QualifiedName;
import dev.bauta.catalog.Relation;
import dev.bauta.proxy.discovery.Evidence;
import dev.bauta.proxy.draft.DraftRule;
import dev.bauta.proxy.review.Finding.Kind;
import dev.bauta.rulefile.Posture;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Columns of which no rule says anything, and which of them seem to hold personal data. */
final class ColumnCheck {
    private final List<dev.bauta.proxy.discovery.Finding> likely;
    private final Findings findings;
    private final Map<String, DraftRule> patch = new LinkedHashMap<>();

    /** A column by name. */
    private record Place(QualifiedName relation, String column) {}

    /** @param likely what seems to hold personal data */
    ColumnCheck(List<dev.bauta.proxy.discovery.Finding> likely, Findings findings) {
        this.likely = List.copyOf(likely);
        this.findings = findings;
    }

    void examine(Audience audience) {
        Posture posture = audience.classification().posture();
        Set<Place> unclassified = new HashSet<>();
        Set<Integer> children = Names.children(audience.policy().catalog());
        for (Relation relation : Names.relations(audience.policy().catalog())) {
            List<String> columns = audience.classification().unclassified(relation).stream()
                    .filter(column -> posture != Posture.ALLOW || audience.masked(relation, column) == null)
                    .map(Column::name)
                    .toList();
            columns.forEach(column -> unclassified.add(new Place(relation.name(), column)));
            if (!columns.isEmpty() && !children.contains(relation.oid())) {
                report(audience, posture, relation, columns);
            }
        }
        likely.stream()
                .filter(found -> unclassified.contains(new Place(found.relation(), found.column())))
                .forEach(found -> report(audience, posture, found));
    }

    private void report(Audience audience, Posture posture, Relation relation, List<String> columns) {
        findings.add(
                audience.roles(),
                NOTE,
                Kind.UNCLASSIFIED,
                Names.of(relation),
                columns.size() + " of " + relation.columns().size() + " columns are in no rule and are "
                        + consequence(posture) + ": " + Names.list(columns),
                "give them rules, or mask: none where they are harmless");
    }

    private void report(Audience audience, Posture posture, dev.bauta.proxy.discovery.Finding found) {
        String column = DraftRule.pattern(found.relation(), found.column());
        String reasons = found.evidence().stream().map(Evidence::text).collect(Collectors.joining("; "));
        String confidence = String.format(Locale.ROOT, "%.2f", Math.min(found.confidence(), 0.99));
        DraftRule rule = DraftRule.of(
                List.of(confidence + ": " + reasons),
                column,
                Optional.of(found.kind().tag()),
                found.mask());
        patch.putIfAbsent(column, rule);
        findings.add(
                audience.roles(),
                posture == Posture.ALLOW ? WARNING : NOTE,
                Kind.LIKELY_PERSONAL,
                column,
                "it seems to hold " + found.kind().plural() + " (" + confidence + ": " + reasons
                        + "), is in no rule and is " + consequence(posture),
                "give it a rule, such as tag: " + found.kind().tag() + ", mask: "
                        + found.mask().yaml());
    }

    private static String consequence(Posture posture) {
        String says = " (unclassified: " + posture.name().toLowerCase(Locale.ROOT) + ")";
        return switch (posture) {
            case ALLOW -> "shown raw" + says;
            case MASK -> "redacted" + says;
            case REFUSE -> "refused" + says;
        };
    }

    /** Rules for what seems to hold personal data. */
    Collection<DraftRule> patch() {
        return patch.values();
    }
}
