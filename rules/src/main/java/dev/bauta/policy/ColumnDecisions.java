package dev.bauta.policy;

import dev.bauta.annotation.ColumnAnnotation;
import dev.bauta.annotation.NamedMask;
import dev.bauta.catalog.Column;
import dev.bauta.catalog.QualifiedName;
import dev.bauta.catalog.Relation;
import dev.bauta.catalog.RelationKind;
import dev.bauta.mask.MaskParameterException;
import dev.bauta.rulefile.ColumnRule;
import dev.bauta.rulefile.DataRules;
import dev.bauta.rulefile.RuleSet;
import dev.bauta.rulefile.TagRule;
import dev.bauta.rulefile.Treatment;
import dev.bauta.yaml.Location;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the rules say of a column by its name, type and comment. In this order: the role's own rule on the column, the role's own
 * rule on its tag, the file's rule on the column, the file's rule on its tag. Where the rule file says so, what the database says of a
 * column stands in for the file's rule on it where there is none. Immutable.
 */
final class ColumnDecisions {
    private final RuleSet rules;
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

    ColumnDecisions(RuleSet rules, DataRules own) {
        this(rules, rules.data(), own);
    }

    private ColumnDecisions(RuleSet rules, DataRules everybody, DataRules own) {
        this.rules = rules;
        this.everybody = everybody;
        this.own = own;
    }

    /** The same for the columns of one relation alone, found among the few rules that can be about it. */
    ColumnDecisions on(QualifiedName relation) {
        return new ColumnDecisions(rules, everybody.on(relation), own.on(relation));
    }

    /** Empty for a column of which neither the rule file nor, where that lets it count, the database says anything. */
    Optional<ColumnDecision> find(Relation relation, Column column) {
        return decide(
                first(everybody.columns(), relation.name(), column).or(() -> ofDatabase(relation, column)),
                relation,
                column);
    }

    /** What the rule file says alone. */
    Optional<ColumnDecision> findInFile(Relation relation, Column column) {
        return decide(first(everybody.columns(), relation.name(), column), relation, column);
    }

    /** @param general the rule on the column for everybody */
    private Optional<ColumnDecision> decide(Optional<ColumnRule> general, Relation relation, Column column) {
        String tag = general.map(ColumnRule::tag).orElse(null);
        return first(own.columns(), relation.name(), column)
                .flatMap(rule -> decide(rule, tag))
                .or(() -> byTag(own, tag))
                .or(() -> general.flatMap(rule -> decide(rule, tag)))
                .or(() -> byTag(everybody, tag))
                .or(() -> general.map(rule -> new ColumnDecision(Treatment.Refused.REFUSED, tag, rule.at())));
    }

    /**
     * What the database itself says of a column of a table. A view's owner need not be the one of the tables behind it, so nobody is asked
     * there.
     */
    private Optional<ColumnRule> ofDatabase(Relation relation, Column column) {
        boolean view = relation.kind() == RelationKind.VIEW || relation.kind() == RelationKind.MATERIALIZED_VIEW;
        return rules.fromComments() && !view
                ? ColumnAnnotation.find(column).map(annotation -> rule(annotation, relation, column))
                : Optional.empty();
    }

    private ColumnRule rule(ColumnAnnotation annotation, Relation relation, Column column) {
        String where = (annotation.source() == ColumnAnnotation.Source.COMMENT ? "the comment" : "the label") + " on "
                + relation.name() + "." + column.name();
        return treatment(annotation)
                .map(treatment -> new ColumnRule(List.of(), annotation.tag(), treatment, Location.ofFile(where)))
                .orElseGet(() -> annotation.problem() == null && annotation.mask() == null
                        ? new ColumnRule(List.of(), annotation.tag(), null, Location.ofFile(where))
                        : new ColumnRule(
                                List.of(),
                                null,
                                Treatment.Refused.REFUSED,
                                Location.ofFile(where + ", which cannot be understood")));
    }

    /** Empty where there is a tag alone, and where it cannot be understood, as a keyed mask where there is no key. */
    private Optional<Treatment> treatment(ColumnAnnotation annotation) {
        NamedMask mask = annotation.mask();
        try {
            return mask == null ? Optional.empty() : Optional.of(mask.treatment(rules.keys()));
        } catch (MaskParameterException e) {
            return Optional.empty();
        }
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
