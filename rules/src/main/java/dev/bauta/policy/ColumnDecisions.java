package dev.bauta.policy;

import dev.bauta.catalog.Column;
import dev.bauta.catalog.QualifiedName;
import dev.bauta.rulefile.ColumnRule;
import dev.bauta.rulefile.DataRules;
import dev.bauta.rulefile.TagRule;
import dev.bauta.rulefile.Treatment;
import dev.bauta.yaml.Location;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the rules say of a column by its name, type and comment. In this order: the role's own rule on the column, the role's own
 * rule on its tag, the file's rule on the column, the file's rule on its tag. Immutable.
 */
final class ColumnDecisions {
    private final DataRules everybody;
    private final DataRules own;

    /**
     * What is done to a column.
     *
     * @param treatment what
     * @param tag what kind of data it holds, null when it is not known
     * @param rule where the rule that decided stands
     */
    record ColumnDecision(Treatment treatment, @Nullable String tag, Location rule) {}

    ColumnDecisions(DataRules everybody, DataRules own) {
        this.everybody = everybody;
        this.own = own;
    }

    /** The same for the columns of one relation alone, found among the few rules that can be about it. */
    ColumnDecisions on(QualifiedName relation) {
        return new ColumnDecisions(everybody.on(relation), own.on(relation));
    }

    /** Empty for a column of which no rule says anything. */
    Optional<ColumnDecision> find(QualifiedName relation, Column column) {
        Optional<ColumnRule> general = first(everybody.columns(), relation, column);
        String tag = general.map(ColumnRule::tag).orElse(null);
        return first(own.columns(), relation, column)
                .flatMap(rule -> decide(rule, tag))
                .or(() -> byTag(own, tag))
                .or(() -> general.flatMap(rule -> decide(rule, tag)))
                .or(() -> byTag(everybody, tag))
                .or(() -> general.map(rule -> new ColumnDecision(Treatment.Refused.REFUSED, tag, rule.at())));
    }

    private static Optional<ColumnRule> first(List<ColumnRule> rules, QualifiedName relation, Column column) {
        return rules.stream()
                .filter(rule -> rule.columns().matches(relation, column))
                .findFirst();
    }

    private static Optional<ColumnDecision> decide(ColumnRule rule, @Nullable String tag) {
        return rule.treatment().map(treatment -> new ColumnDecision(treatment, tag, rule.at()));
    }

    private static Optional<ColumnDecision> byTag(DataRules rules, @Nullable String tag) {
        return tag == null ? Optional.empty() : rules.findTagRule(tag).map(rule -> decide(rule, tag));
    }

    private static ColumnDecision decide(TagRule rule, String tag) {
        return new ColumnDecision(rule.treatment(), tag, rule.at());
    }
}
