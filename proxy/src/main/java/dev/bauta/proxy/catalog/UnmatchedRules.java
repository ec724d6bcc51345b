package dev.bauta.proxy.catalog;

import dev.bauta.catalog.CatalogSnapshot;
import dev.bauta.policy.Classification;
import dev.bauta.rulefile.ColumnPattern;
import dev.bauta.rulefile.ColumnRule;
import dev.bauta.rulefile.RuleSet;
import dev.bauta.rulefile.Treatment;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns of rules that protect nothing, as no column is called so: a name was misspelt, or the column that it meant has another one by now.
 * Each is told once, until it matches again. Thread-safe.
 */
final class UnmatchedRules {
    private static final Logger LOG = LoggerFactory.getLogger(UnmatchedRules.class);

    private Set<Unmatched> told = Set.of();

    private record Unmatched(String rule, List<String> columns) {}

    /** Looks at rules beside all databases. */
    synchronized void look(RuleSet rules, Collection<CatalogSnapshot> catalogs) {
        RuleSet current = rules.at(Instant.now());
        Set<Unmatched> found = new LinkedHashSet<>();
        Stream.concat(
                        current.columns().stream(),
                        current.roles().stream().flatMap(role -> role.own().columns().stream()))
                .filter(rule -> rule.own() != Treatment.Clear.CLEAR)
                .map(rule -> new Unmatched(rule.at().toString(), unmatched(rule, catalogs)))
                .filter(rule -> !rule.columns().isEmpty())
                .forEach(found::add);
        found.stream().filter(rule -> !told.contains(rule)).forEach(rule -> LOG.atWarn()
                .addKeyValue("rule", rule.rule())
                .addKeyValue("columns", rule.columns())
                .log("the rule protects nothing of that name: no database has such a column"));
        told = found;
    }

    /** Names that nothing has, and patterns where nothing matches any of the rule. */
    private static List<String> unmatched(ColumnRule rule, Collection<CatalogSnapshot> catalogs) {
        List<ColumnPattern> patterns = rule.columns().columns();
        List<ColumnPattern> missing = patterns.stream()
                .filter(pattern -> catalogs.stream().noneMatch(catalog -> matches(pattern, catalog)))
                .toList();
        return missing.stream()
                .filter(pattern -> pattern.isExact() || missing.size() == patterns.size())
                .map(ColumnPattern::toString)
                .toList();
    }

    private static boolean matches(ColumnPattern pattern, CatalogSnapshot catalog) {
        return catalog.relations().stream()
                .anyMatch(relation -> pattern.matchesAnyOf(relation) && !Classification.isBuiltIn(relation));
    }
}
