package dev.bauta.policy;

import dev.bauta.catalog.CatalogSnapshot;
import dev.bauta.catalog.Relation;
import dev.bauta.policy.RowCondition.UnusableConditionException;
import dev.bauta.rulefile.DataRules;
import dev.bauta.rulefile.RowExpression;
import dev.bauta.rulefile.TableRule;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What the rules say of whole tables: which must not be read, which of their rows are shown, which may be written. Used once and
 * thrown away.
 */
final class TableDecisions {
    private final DataRules rules;
    private final CatalogSnapshot catalog;
    /** The rules that say of relations which rows are shown. */
    private final Map<Integer, TableRule> filters = new HashMap<>();
    /** Conditions of the relations of which not all rows are shown. */
    private final Map<Integer, String> conditions = new HashMap<>();

    private final Set<Integer> inherited = new HashSet<>();
    private final Map<Integer, Protection.Refused> refused = new HashMap<>();

    /** @param rules all rules of the role, its own first */
    TableDecisions(DataRules rules, CatalogSnapshot catalog) {
        this.rules = rules;
        this.catalog = catalog;
    }

    /** Finds them for all tables; those of tables hold for their partitions and child tables. */
    void find() {
        for (Relation relation : catalog.relations()) {
            if (!SystemCatalogs.isSystemSchema(relation.name().schema())) {
                find(relation);
            }
        }
        Relatives.passDown(catalog, this::inherit);
        requireFilteredParents();
    }

    private void find(Relation relation) {
        rules.findTableRule(relation.name(), TableRule::readable)
                .filter(rule -> Boolean.FALSE.equals(rule.readable()))
                .ifPresent(rule -> refused.put(
                        relation.oid(),
                        new Protection.Refused(
                                rule.at().withoutFolder() + " refuses it to your role",
                                "give the table access: masked for the role, under tables")));
        rowsRule(relation).ifPresent(rule -> filter(relation, rule));
    }

    private Optional<TableRule> rowsRule(Relation relation) {
        return rules.findTableRule(relation.name(), TableRule::rows);
    }

    private void filter(Relation relation, TableRule rule) {
        filters.put(relation.oid(), rule);
        RowExpression condition = rule.rows() == null ? null : rule.rows().condition();
        if (condition == null) {
            return;
        }
        try {
            conditions.put(relation.oid(), RowCondition.sql(condition, relation));
        } catch (UnusableConditionException e) {
            conditions.put(relation.oid(), "FALSE");
            refuse(relation, rule, String.valueOf(e.getMessage()));
        }
    }

    private void refuse(Relation relation, TableRule rule, String fault) {
        refused.putIfAbsent(
                relation.oid(),
                new Protection.Refused(
                        "the row filter of " + rule.at().withoutFolder() + " " + fault,
                        "write a filter over columns of the table, as docs/rules.md describes"));
    }

    /** A child without rows of its own shows those that its parent does. */
    private boolean inherit(Relation parent, Relation child) {
        TableRule rule = filters.get(parent.oid());
        TableRule known = filters.get(child.oid());
        if (rule == null || known != null && !inherited.contains(child.oid())) {
            return false;
        }
        if (known != null) {
            if (!Objects.equals(known.rows(), rule.rows())) {
                refuse(child, rule, "is not that of another parent of the table");
            }
            return false;
        }
        inherited.add(child.oid());
        filter(child, rule);
        return true;
    }

    /** A parent shows the rows of its children, so one must be said for it where one is said for a child. */
    private void requireFilteredParents() {
        boolean changed = true;
        while (changed) {
            changed = false;
            for (Relation parent : catalog.relations()) {
                boolean hidden = parent.children().stream().anyMatch(this::isFiltered);
                if (hidden && !filters.containsKey(parent.oid()) && !refused.containsKey(parent.oid())) {
                    refused.put(
                            parent.oid(),
                            new Protection.Refused(
                                    "rows of one of its partitions or child tables are filtered and its own are not",
                                    "give the table rows of its own, under tables"));
                    changed = true;
                }
            }
        }
    }

    /** The relations that must not be read. */
    Map<Integer, Protection.Refused> refused() {
        return refused;
    }

    /** True when some of a relation's rows are not shown. */
    boolean isFiltered(int relation) {
        return conditions.containsKey(relation);
    }

    /** True when a rule says of the relation itself which rows are shown. */
    boolean saysRows(Relation relation) {
        return rowsRule(relation).isPresent();
    }

    /** The condition on the rows that are shown, in which the row is called {@code r}; empty where all are. */
    String condition(int relation) {
        return conditions.getOrDefault(relation, "");
    }

    /** The relations of which some rows are not shown. */
    Iterable<Integer> filtered() {
        return conditions.keySet();
    }

    /** True when a rule allows writes to the relation. */
    boolean isWritable(Relation relation) {
        return rules.findTableRule(relation.name(), TableRule::writable)
                .filter(rule -> Boolean.TRUE.equals(rule.writable()))
                .isPresent();
    }
}
