package dev.bauta.proxy.review;

import static dev.bauta.proxy.review.Severity.ERROR;
import static dev.bauta.proxy.review.Severity.WARNING;

import dev.bauta.annotation.ColumnAnnotation;
import dev.bauta.catalog.CatalogSnapshot;
import dev.bauta.catalog.QualifiedName;
import dev.bauta.catalog.Relation;
import dev.bauta.proxy.review.Finding.Kind;
import dev.bauta.rulefile.ColumnPattern;
import dev.bauta.rulefile.DataRules;
import dev.bauta.rulefile.NamePattern;
import dev.bauta.rulefile.RoleRule;
import dev.bauta.rulefile.RuleSet;
import dev.bauta.rulefile.RuleSet.FunctionPattern;
import dev.bauta.rulefile.TablePattern;
import dev.bauta.yaml.Location;
import dev.bauta.yaml.Words;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Names and patterns in rules that nothing in the database has. */
final class NameCheck {
    private static final String CORRECT = "correct the name, or take it out";
    private static final String CORRECT_PATTERN = "correct the pattern, or take it out";

    private final CatalogSnapshot catalog;
    private final List<Relation> relations;
    private final LiveNames live;
    private final Findings findings;

    NameCheck(CatalogSnapshot catalog, LiveNames live, Findings findings) {
        this.catalog = catalog;
        this.relations = Names.relations(catalog);
        this.live = live;
        this.findings = findings;
    }

    void examine(RuleSet rules) {
        examine(rules.data());
        Set<String> tags = Stream.concat(
                        rules.columns().stream().flatMap(rule -> Stream.ofNullable(rule.tag())),
                        rules.fromComments() ? tagsOfComments() : Stream.empty())
                .collect(Collectors.toSet());
        examineTags(rules.data(), tags);
        for (RoleRule role : rules.roles()) {
            examine(role.own());
            examineTags(role.own(), tags);
            examineConditions(role);
        }
        rules.allowedFunctions().forEach(this::examine);
    }

    private Stream<String> tagsOfComments() {
        return relations.stream()
                .flatMap(relation -> relation.columns().stream())
                .flatMap(column -> ColumnAnnotation.find(column).stream())
                .flatMap(annotation -> Stream.ofNullable(annotation.tag()));
    }

    private void examine(DataRules rules) {
        rules.columns().forEach(rule -> rule.columns().columns().forEach(pattern -> examine(pattern, rule.at())));
        rules.tables().forEach(rule -> rule.tables().forEach(pattern -> examine(pattern, rule.at())));
    }

    private void examine(ColumnPattern pattern, Location at) {
        if (pattern.isExact()) {
            findFault(pattern).ifPresent(fault -> findings.add(ERROR, Kind.UNKNOWN_NAME, at, fault, CORRECT));
        } else if (relations.stream().noneMatch(pattern::matchesAnyOf)) {
            unmatched(at, "column", pattern.toString());
        }
    }

    private Optional<String> findFault(ColumnPattern pattern) {
        QualifiedName name =
                new QualifiedName(pattern.schema().text(), pattern.relation().text());
        Relation relation = catalog.findRelation(name).orElse(null);
        if (relation == null) {
            return Optional.of(findFault(name));
        }
        List<String> columns =
                relation.columns().stream().map(column -> column.name()).toList();
        String column = pattern.column().text();
        return columns.contains(column)
                ? Optional.empty()
                : Optional.of(Names.of(relation) + " has no column " + Words.quoted(column) + nearest(column, columns));
    }

    private String findFault(QualifiedName name) {
        List<String> siblings = relations.stream()
                .filter(relation -> relation.name().schema().equals(name.schema()))
                .map(relation -> relation.name().name())
                .toList();
        if (siblings.isEmpty()) {
            List<String> schemas = relations.stream()
                    .map(relation -> relation.name().schema())
                    .distinct()
                    .toList();
            return "there is no schema " + Words.quoted(name.schema()) + " with tables"
                    + nearest(name.schema(), schemas);
        }
        return "schema " + Words.quoted(name.schema()) + " has no table or view " + Words.quoted(name.name())
                + nearest(name.name(), siblings);
    }

    private static String nearest(String name, Collection<String> known) {
        return Words.findNearest(name, List.copyOf(known))
                .map(near -> "; did you mean " + Words.quoted(near) + "?")
                .orElse("");
    }

    private void examine(TablePattern pattern, Location at) {
        boolean known = relations.stream().anyMatch(relation -> pattern.matches(relation.name()));
        if (known) {
            return;
        }
        if (pattern.schema().isExact() && pattern.relation().isExact()) {
            QualifiedName name = new QualifiedName(
                    pattern.schema().text(), pattern.relation().text());
            findings.add(ERROR, Kind.UNKNOWN_NAME, at, findFault(name), CORRECT);
        } else {
            unmatched(at, "table or view", pattern.toString());
        }
    }

    private void examineTags(DataRules rules, Set<String> tags) {
        rules.tags().stream()
                .filter(rule -> tags.stream().noneMatch(rule.tag()::matches))
                .forEach(rule -> findings.add(
                        WARNING,
                        Kind.UNMATCHED_PATTERN,
                        rule.at(),
                        "no rule of 'columns' gives a tag that "
                                + Words.quoted(rule.tag().text()) + " matches",
                        CORRECT_PATTERN));
    }

    private void examineConditions(RoleRule role) {
        examine(role, "database user", role.conditions().users(), live.users());
        examine(role, "PostgreSQL role", role.conditions().memberOf(), live.users());
        examine(role, "database", role.conditions().databases(), live.databases());
    }

    /** Somebody who is not there yet may come, and until then nobody sees more than meant. */
    private void examine(RoleRule role, String what, List<NamePattern> patterns, Set<String> names) {
        patterns.stream()
                .filter(pattern -> names.stream().noneMatch(pattern::matches))
                .forEach(pattern -> findings.add(
                        WARNING,
                        pattern.isExact() ? Kind.UNKNOWN_NAME : Kind.UNMATCHED_PATTERN,
                        role.at(),
                        "role " + role.name() + ": no " + what + " is called " + Words.quoted(pattern.text())
                                + (pattern.isExact() ? nearest(pattern.text(), names) : ""),
                        pattern.isExact() ? CORRECT : CORRECT_PATTERN));
    }

    private void examine(FunctionPattern pattern) {
        if (live.functions().stream().anyMatch(pattern::matches)) {
            return;
        }
        boolean exact = pattern.schema().isExact() && pattern.function().isExact();
        findings.add(
                exact ? ERROR : WARNING,
                exact ? Kind.UNKNOWN_NAME : Kind.UNMATCHED_PATTERN,
                pattern.at(),
                "no function is called " + Words.quoted(pattern.toString()) + (exact ? nearest(pattern) : ""),
                exact ? CORRECT : CORRECT_PATTERN);
    }

    private String nearest(FunctionPattern pattern) {
        return nearest(
                pattern.toString(),
                live.functions().stream().map(QualifiedName::toString).toList());
    }

    private void unmatched(Location at, String what, String pattern) {
        findings.add(
                WARNING,
                Kind.UNMATCHED_PATTERN,
                at,
                "no " + what + " matches " + Words.quoted(pattern),
                CORRECT_PATTERN);
    }
}
