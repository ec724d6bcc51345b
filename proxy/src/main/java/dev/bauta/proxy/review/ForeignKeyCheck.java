package dev.bauta.proxy.review;

import static dev.bauta.proxy.review.Severity.ERROR;
import static dev.bauta.proxy.review.Severity.WARNING;

import dev.bauta.catalog.CatalogSnapshot;
import dev.bauta.catalog.CatalogSnapshot.ForeignKey;
import dev.bauta.catalog.Column;
import dev.bauta.catalog.Relation;
import dev.bauta.policy.Protection.MaskedColumn;
import dev.bauta.proxy.review.Finding.Kind;
import dev.bauta.rulefile.RoleRule;
import dev.bauta.rulefile.RuleSet;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Foreign keys whose ends are not protected alike. Both ends hold the same values: what one hides, the other must hide too, and by one
 * keyed mask of one domain where joins are to go on.
 */
final class ForeignKeyCheck {
    /** Masks under which equal values of one key domain stay equal, and others stay apart. */
    private static final Set<String> JOINABLE = Set.of("hash", "token", "pseudonym", "uuid");

    private final Set<String> columnRules;
    private final Findings findings;

    /** One column of a foreign key, and the column that it refers to. */
    private record Link(String key, Relation from, Column column, Relation to, Column referenced) {}

    ForeignKeyCheck(RuleSet rules, Findings findings) {
        this.columnRules = Stream.concat(
                        Stream.of(rules.data()), rules.roles().stream().map(RoleRule::own))
                .flatMap(data -> data.columns().stream())
                .map(rule -> rule.at().withoutFolder().toString())
                .collect(Collectors.toUnmodifiableSet());
        this.findings = findings;
    }

    void examine(Audience audience) {
        CatalogSnapshot catalog = audience.policy().catalog();
        Set<Integer> children = Names.children(catalog);
        catalog.foreignKeys().stream()
                .filter(key -> !children.contains(key.relation()) && !children.contains(key.referenced()))
                .flatMap(key -> links(catalog, key).stream())
                .sorted(Comparator.comparing((Link link) -> link.from().name())
                        .thenComparing(Link::key)
                        .thenComparing(link -> link.column().number()))
                .forEach(link -> examine(audience, link));
    }

    private static List<Link> links(CatalogSnapshot catalog, ForeignKey key) {
        Relation from = catalog.relation(key.relation());
        Relation to = catalog.relation(key.referenced());
        if (from == null || to == null) {
            return List.of();
        }
        return IntStream.range(0, key.columns().size())
                .mapToObj(i -> new Link(
                        key.name(),
                        from,
                        column(from, key.columns().get(i)),
                        to,
                        column(to, key.referencedColumns().get(i))))
                .toList();
    }

    private static Column column(Relation relation, int number) {
        return relation.findColumn(number).orElseThrow();
    }

    private void examine(Audience audience, Link link) {
        if (audience.isRefused(link.from()) && audience.isRefused(link.to())) {
            return;
        }
        MaskedColumn from = audience.masked(link.from(), link.column());
        MaskedColumn to = audience.masked(link.to(), link.referenced());
        boolean fromHidden = from != null || audience.isRefused(link.from());
        boolean toHidden = to != null || audience.isRefused(link.to());
        String name = "foreign key " + link.key() + ": ";
        String referring = Names.of(link.from(), link.column());
        String referenced = Names.of(link.to(), link.referenced());
        if (toHidden && !fromHidden) {
            report(
                    audience,
                    link.from(),
                    link.column(),
                    name + "it is clear and holds the values of " + referenced,
                    to);
        } else if (fromHidden && !toHidden) {
            report(
                    audience,
                    link.to(),
                    link.referenced(),
                    name + "it is clear and holds the values of " + referring,
                    from);
        } else if (from != null && to != null && breaks(link, from, to)) {
            findings.add(
                    audience.roles(),
                    WARNING,
                    Kind.FOREIGN_KEY,
                    referring,
                    name + "the mask '" + from.mask().name() + "'" + by(from) + " and the mask '"
                            + to.mask().name() + "'" + by(to) + " of " + referenced
                            + " make different things of one value, so that joins break",
                    "give both one mask with one 'domain' and the same parameters");
        }
    }

    /** One end shows what the other hides: on purpose where a rule says something of it. */
    private void report(
            Audience audience, Relation relation, Column clear, String message, @Nullable MaskedColumn other) {
        boolean meant = audience.classification().find(relation, clear).isPresent();
        String column = Names.of(relation, clear);
        findings.add(
                audience.roles(),
                meant ? WARNING : ERROR,
                Kind.FOREIGN_KEY,
                column,
                message + ", which is protected" + by(other),
                advice(column, other));
    }

    private static String by(@Nullable MaskedColumn masked) {
        return masked == null ? "" : " by " + masked.rule();
    }

    private String advice(String column, @Nullable MaskedColumn other) {
        if (other == null) {
            return "protect it too";
        } else if (columnRules.contains(other.rule())) {
            return "protect it alike: add " + column + " to the 'match' of " + other.rule();
        }
        return "protect it alike" + (other.tag() == null ? "" : ": give it the tag " + other.tag());
    }

    private static boolean breaks(Link link, MaskedColumn from, MaskedColumn to) {
        boolean joinable = JOINABLE.contains(from.mask().name())
                || JOINABLE.contains(to.mask().name());
        return joinable && !isSame(link, from, to);
    }

    /** Whether both masks make the same of a value. They can depend on the type: a hash has as many digits as an integer has room for. */
    private static boolean isSame(Link link, MaskedColumn from, MaskedColumn to) {
        if (link.column().type().oid() != link.referenced().type().oid()) {
            return from.mask().equals(to.mask())
                    && link.column().type().category() == 'S'
                    && link.referenced().type().category() == 'S';
        }
        return sql(from, link.referenced()).equals(sql(to, link.referenced()));
    }

    private static String sql(MaskedColumn masked, Column column) {
        return masked.mask().sql("r.v", column.type());
    }
}
