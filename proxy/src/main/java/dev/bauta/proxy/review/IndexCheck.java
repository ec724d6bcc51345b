package dev.bauta.proxy.review;

import dev.bauta.catalog.CatalogSnapshot;
import dev.bauta.catalog.Column;
import dev.bauta.catalog.Relation;
import dev.bauta.proxy.review.Finding.Kind;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Indexes by which clear columns can be read in the order of a protected one: {@code (country, salary)} for one country, or
 * {@code (salary, id)} without looking into the table.
 */
final class IndexCheck {
    private final List<LiveIndex> indexes;
    private final Findings findings;

    IndexCheck(List<LiveIndex> indexes, Findings findings) {
        this.indexes = indexes;
        this.findings = findings;
    }

    void examine(Audience audience) {
        CatalogSnapshot catalog = audience.policy().catalog();
        Set<Integer> children = Names.children(catalog);
        indexes.stream()
                .filter(index -> catalog.relation(index.relation()) != null && !children.contains(index.relation()))
                .sorted(Comparator.comparing(index -> relation(catalog, index).name()))
                .forEach(index -> examine(audience, index, relation(catalog, index)));
    }

    private static Relation relation(CatalogSnapshot catalog, LiveIndex index) {
        return Objects.requireNonNull(catalog.relation(index.relation()));
    }

    private void examine(Audience audience, LiveIndex index, Relation relation) {
        List<Column> hidden = relation.columns().stream()
                .filter(column -> audience.masked(relation, column) != null)
                .toList();
        boolean shows = relation.columns().stream()
                .anyMatch(column -> index.columns().contains(column.number()) && !hidden.contains(column));
        if (audience.isRefused(relation) || !shows) {
            return;
        }
        hidden.stream()
                .filter(column -> index.keys().contains(column.number()))
                .forEach(column -> findings.add(
                        audience.roles(),
                        Severity.NOTE,
                        Kind.INDEX,
                        Names.of(relation, column),
                        "rows that the server finds by the index " + index.name()
                                + " come in this column's order, which tells who has more",
                        "where that must not be known, have it in an index without clear columns"));
    }
}
