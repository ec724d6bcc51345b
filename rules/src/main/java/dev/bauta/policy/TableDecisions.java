package dev.bauta.policy;

import dev.bauta.catalog.CatalogSnapshot;
import dev.bauta.catalog.Column;
import dev.bauta.catalog.Relation;
import dev.bauta.rulefile.DataRules;
import dev.bauta.rulefile.RowFilter;
import dev.bauta.rulefile.TableRule;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the rules say of whole tables: which must not be read, which of their rows are shown, which may be written. Used once and
 * thrown away.
 */
final class TableDecisions {
    private final DataRules rules;
    private final CatalogSnapshot catalog;
    private final Map<Integer, RowFilter> filters = new HashMap<>();
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
        boolean changed = true;
        while (changed) {
            changed = false;
            for (Relation parent : catalog.relations()) {
                for (int oid : parent.children()) {
                    Relation child = catalog.relation(oid);
                    changed |= child != null && inherit(parent, child);
                }
            }
        }
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
        RowFilter filter = rule.rows();
        if (filter == null) {
            return;
        }
        for (String name : filter.columns()) {
            Optional<Column> column = relation.findColumn(name);
            if (column.isEmpty()) {
                refuse(relation, rule, "reads a column " + name + ", which it does not have");
            } else if (!isBuiltIn(column.get())) {
                refuse(
                        relation,
                        rule,
                        "reads the column " + name + " of type "
                                + column.get().type().sql() + ", whose operators are not PostgreSQL's own");
            }
        }
        filters.put(relation.oid(), filter);
    }

    private static boolean isBuiltIn(Column column) {
        return column.type().name().schema().equals("pg_catalog")
                || column.type().typtype() == 'e';
    }

    private void refuse(Relation relation, TableRule rule, String fault) {
        refused.putIfAbsent(
                relation.oid(),
                new Protection.Refused(
                        "the row filter of " + rule.at().withoutFolder() + " " + fault,
                        "write a filter over columns of the table, or cast the column to text"));
    }

    /** A child without rows of its own shows those that its parent does. */
    private boolean inherit(Relation parent, Relation child) {
        RowFilter filter = filters.get(parent.oid());
        if (filter == null || filters.containsKey(child.oid())) {
            return false;
        }
        filters.put(child.oid(), filter);
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
        return !filter(relation).isAll();
    }

    /** True when a rule says of the relation itself which rows are shown. */
    boolean saysRows(Relation relation) {
        return rowsRule(relation).isPresent();
    }

    /** Which rows are shown. */
    RowFilter filter(int relation) {
        return filters.getOrDefault(relation, RowFilter.ALL);
    }

    /** The relations of which some rows are not shown. */
    Iterable<Integer> filtered() {
        return filters.keySet().stream().filter(this::isFiltered).toList();
    }

    /** True when a rule allows writes to the relation. */
    boolean isWritable(Relation relation) {
        return rules.findTableRule(relation.name(), TableRule::writable)
                .filter(rule -> Boolean.TRUE.equals(rule.writable()))
                .isPresent();
    }
}
