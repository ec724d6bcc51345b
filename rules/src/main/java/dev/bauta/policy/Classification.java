package dev.bauta.policy;

import dev.bauta.catalog.CatalogSnapshot;
import dev.bauta.catalog.Column;
import dev.bauta.catalog.ColumnOrigin;
import dev.bauta.catalog.Relation;
import dev.bauta.rulefile.DataRules;
import dev.bauta.rulefile.Posture;
import dev.bauta.rulefile.RuleSet;
import dev.bauta.rulefile.Treatment;
import dev.bauta.yaml.Location;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the rules say to a role of the columns of a snapshot by themselves, before partitions, views and generated columns follow from
 * that. For those who look through rules; decisions are made by {@link Policy}. Immutable.
 */
public final class Classification {
    private final Map<ColumnOrigin, Ruling> rulings;
    private final Unclassified unclassified;
    private final Posture posture;

    /**
     * What a rule says of a column.
     *
     * @param treatment what is done to it
     * @param rule where the rule that decided stands
     */
    public record Ruling(Treatment treatment, Location rule) {}

    private Classification(Map<ColumnOrigin, Ruling> rulings, Unclassified unclassified, Posture posture) {
        this.rulings = Map.copyOf(rulings);
        this.unclassified = unclassified;
        this.posture = posture;
    }

    static Classification of(RuleSet rules, DataRules own, CatalogSnapshot catalog) {
        ColumnDecisions decisions = new ColumnDecisions(rules, own);
        Unclassified unclassified = new Unclassified(catalog);
        Map<ColumnOrigin, Ruling> rulings = new HashMap<>();
        for (Relation relation : catalog.relations()) {
            if (isBuiltIn(relation)) {
                continue;
            }
            ColumnDecisions ofRelation = decisions.on(relation.name());
            for (Column column : relation.columns()) {
                ofRelation.find(relation, column).ifPresent(decision -> {
                    unclassified.classify(relation, column);
                    rulings.put(
                            new ColumnOrigin(relation.oid(), column.number()),
                            new Ruling(decision.treatment(), decision.rule()));
                });
            }
        }
        unclassified.share();
        Posture posture =
                Optional.ofNullable(own.before(rules.data()).unclassified()).orElse(Posture.ALLOW);
        return new Classification(rulings, unclassified, posture);
    }

    /** What is done to the columns of which no rule says anything. */
    public Posture posture() {
        return posture;
    }

    /** What a rule says of this very column; empty where none does. */
    public Optional<Ruling> find(Relation relation, Column column) {
        return Optional.ofNullable(rulings.get(new ColumnOrigin(relation.oid(), column.number())));
    }

    /** The columns of which nothing is said, neither here nor in partitions, child and parent tables; none for a view. */
    public List<Column> unclassified(Relation relation) {
        return unclassified.of(relation);
    }

    /** True for a relation that Bauta's own rules are about, whatever the rule file says. */
    public static boolean isBuiltIn(Relation relation) {
        return SystemCatalogs.isSystemSchema(relation.name().schema()) || SystemCatalogs.isRefused(relation.name());
    }
}
