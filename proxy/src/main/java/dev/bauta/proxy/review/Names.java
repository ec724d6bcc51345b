package dev.bauta.proxy.review;

import dev.bauta.catalog.CatalogSnapshot;
import dev.bauta.catalog.Column;
import dev.bauta.catalog.ColumnOrigin;
import dev.bauta.catalog.Relation;
import dev.bauta.policy.Classification;
import dev.bauta.proxy.draft.DraftRule;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Names of a snapshot for findings, spelled as rules spell them. */
final class Names {
    /** So many are named in one finding; of more, the number is told. */
    private static final int MOST = 8;

    private Names() {}

    /** A relation, as a pattern of rules. */
    static String of(Relation relation) {
        return DraftRule.part(relation.name().schema()) + "."
                + DraftRule.part(relation.name().name());
    }

    /** A column, as a pattern of rules. */
    static String of(Relation relation, Column column) {
        return DraftRule.pattern(relation.name(), column.name());
    }

    /** A column of the snapshot. */
    static String of(CatalogSnapshot catalog, ColumnOrigin origin) {
        Relation relation = Objects.requireNonNull(catalog.relation(origin.relation()));
        return relation.findColumn(origin.column())
                .map(column -> of(relation, column))
                .orElseGet(() -> of(relation));
    }

    /** Several, in their order. */
    static String list(Collection<String> names) {
        String first = names.stream().limit(MOST).collect(Collectors.joining(", "));
        return names.size() <= MOST ? first : first + " and " + (names.size() - MOST) + " more";
    }

    /** The relations that rules are about, by name. */
    static List<Relation> relations(CatalogSnapshot catalog) {
        return catalog.relations().stream()
                .filter(relation -> !Classification.isBuiltIn(relation)
                        && !relation.name().schema().startsWith("pg_toast")
                        && !relation.columns().isEmpty())
                .sorted(Comparator.comparing(Relation::name))
                .toList();
    }

    /** Oids of partitions and child tables, for which their parents stand. */
    static Set<Integer> children(CatalogSnapshot catalog) {
        Set<Integer> children = new HashSet<>();
        catalog.relations().forEach(relation -> children.addAll(relation.children()));
        return children;
    }
}
