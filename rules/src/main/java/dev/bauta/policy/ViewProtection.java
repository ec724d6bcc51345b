package dev.bauta.policy;

import dev.bauta.catalog.CatalogSnapshot;
import dev.bauta.catalog.Column;
import dev.bauta.catalog.ColumnOrigin;
import dev.bauta.catalog.Relation;
import dev.bauta.catalog.ViewLineage;
import dev.bauta.mask.MaskParameterException;
import dev.bauta.mask.Row;
import dev.bauta.policy.Protection.MaskedColumn;
import dev.bauta.rulefile.RuleSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Protects the views over protected columns: what is copied as its origin is, what is computed by suppression. */
final class ViewProtection {
    private final RuleSet rules;
    private final ColumnDecisions decisions;
    private final TableDecisions tables;
    private final CatalogSnapshot catalog;
    private final ProtectionDraft draft;
    private final Set<Integer> done = new HashSet<>();

    ViewProtection(
            RuleSet rules,
            ColumnDecisions decisions,
            TableDecisions tables,
            CatalogSnapshot catalog,
            ProtectionDraft draft) {
        this.rules = rules;
        this.decisions = decisions;
        this.tables = tables;
        this.catalog = catalog;
        this.draft = draft;
    }

    /** Protects every view, those that it reads first. What was protected before stays so. */
    void protect() {
        done.clear();
        catalog.views().keySet().forEach(this::applyLineage);
    }

    private void applyLineage(int oid) {
        Relation view = catalog.relation(oid);
        ViewLineage lineage = catalog.views().get(oid);
        if (view == null || lineage == null || !done.add(oid)) {
            return;
        }
        lineage.relations().forEach(this::applyLineage);
        protectView(view, lineage);
    }

    private void protectView(Relation view, ViewLineage lineage) {
        Optional<String> unsafe = findUnsafeFunction(lineage);
        if (unsafe.isPresent()) {
            draft.refuse(
                    view.oid(),
                    "the view calls " + unsafe.get() + ", which is not known to be safe",
                    "allow the function in the rule file, under functions: allow:");
            return;
        }
        boolean usesRefused = lineage.relations().stream().anyMatch(draft::isRefused);
        boolean usesFiltered = lineage.relations().stream().anyMatch(tables::isFiltered);
        boolean usesProtected = lineage.uses().stream().anyMatch(draft::isMasked);
        if (usesRefused) {
            draft.refuse(
                    view.oid(), "the view reads a relation that is refused", "name the relation's columns in a rule");
        } else if (usesFiltered && !tables.saysRows(view)) {
            draft.refuse(
                    view.oid(),
                    "the view reads a table of which not all rows are shown",
                    "give the view rows of its own, under tables");
        } else if (usesProtected) {
            protectColumns(view, lineage);
        }
    }

    /** A function behind the view that the DBA does not allow; the view is unsafe unless all that are behind it are known. */
    private Optional<String> findUnsafeFunction(ViewLineage lineage) {
        if (!lineage.callsUnsafeFunctions()) {
            return Optional.empty();
        }
        if (lineage.unsafeFunctions().isEmpty()) {
            return Optional.of("a function");
        }
        return lineage.unsafeFunctions().stream()
                .filter(name -> rules.allowedFunctions().stream().noneMatch(allowed -> allowed.matches(name)))
                .sorted()
                .findFirst()
                .map(name -> "function " + name);
    }

    private void protectColumns(Relation view, ViewLineage lineage) {
        for (Column column : view.columns()) {
            if (decisions.find(view, column).isPresent()) {
                continue;
            }
            ColumnOrigin origin = lineage.origins().get(column.number());
            if (!lineage.analysable()) {
                draft.refuse(
                        view.oid(),
                        "the view reads protected columns and its column " + column.name() + " cannot be traced",
                        "name each column of the view in a rule");
            } else if (origin == null) {
                draft.suppress(view, column, "computed from protected columns");
            } else {
                inherit(
                        view,
                        column,
                        draft.maskOf(origin.relation(), origin.column()),
                        rowOf(view, lineage, origin.relation()));
            }
        }
    }

    /**
     * The view's columns by the names that they have in a relation from which they are copied. There are none where the view
     * reads the relation more than once, and its columns may come from different rows.
     */
    private Row rowOf(Relation view, ViewLineage lineage, int relation) {
        if (lineage.repeated().contains(relation)) {
            return new Row(Map.of());
        }
        Map<Integer, Column> copies = new HashMap<>();
        for (Column column : view.columns()) {
            ColumnOrigin origin = lineage.origins().get(column.number());
            if (origin != null && origin.relation() == relation) {
                copies.putIfAbsent(origin.column(), column);
            }
        }
        Map<String, Column> named = new HashMap<>();
        Relation source = Objects.requireNonNull(catalog.relation(relation));
        source.columns().stream()
                .filter(column -> copies.containsKey(column.number()))
                .forEach(column -> named.put(column.name(), Objects.requireNonNull(copies.get(column.number()))));
        return new Row(named);
    }

    /** The mask of the column that a view's column is copied from; nothing is shown where the view lacks what that mask reads. */
    private void inherit(Relation view, Column column, @Nullable MaskedColumn source, Row row) {
        if (source == null) {
            return;
        }
        if (Definitions.isMask(source.mask())) {
            draft.suppress(view, column, source.rule());
            return;
        }
        try {
            draft.protectBound(view, source.on(column).boundTo(row));
        } catch (MaskParameterException e) {
            draft.suppress(view, column, source.rule());
        }
    }
}
