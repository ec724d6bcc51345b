package dev.bauta.policy;

import dev.bauta.catalog.CatalogSnapshot;
import dev.bauta.catalog.Column;
import dev.bauta.catalog.ColumnOrigin;
import dev.bauta.catalog.Relation;
import dev.bauta.catalog.ViewLineage;
import dev.bauta.mask.Mask;
import dev.bauta.mask.MaskParameterException;
import dev.bauta.mask.Masks;
import dev.bauta.mask.Row;
import dev.bauta.policy.ColumnDecisions.ColumnDecision;
import dev.bauta.policy.Protection.MaskedColumn;
import dev.bauta.rulefile.DataRules;
import dev.bauta.rulefile.Posture;
import dev.bauta.rulefile.RuleSet;
import dev.bauta.rulefile.Treatment;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Works out how each relation is protected: by rules on its own columns, by rules on its parents and children, as a
 * generated column, or as a view over protected columns. Used once and thrown away.
 */
final class ProtectionCompiler {
    private static final Mask SUPPRESSION = Masks.suppression();
    private static final Mask REDACTION = Masks.redaction();

    private final RuleSet rules;
    private final ColumnDecisions decisions;
    private final TableDecisions tables;
    private final Unclassified unclassified;
    private final Posture posture;
    private final CatalogSnapshot catalog;
    private final WrittenMasks writtenMasks;
    /** Masked columns by relation and number; absent is clear. */
    private final Map<Integer, Map<Integer, MaskedColumn>> masked = new HashMap<>();

    private final Map<Integer, Protection.Refused> refused = new HashMap<>();
    /** The relations whose columns are masked, as their masks see them. */
    private final Map<Integer, Row> rows = new HashMap<>();

    private final Set<Integer> viewsDone = new HashSet<>();
    private WithheldRelations withheld = WithheldRelations.NONE;
    private Placement placement = new Placement(Set.of(), List.of());

    ProtectionCompiler(RuleSet rules, DataRules own, CatalogSnapshot catalog) {
        this.rules = rules;
        this.decisions = new ColumnDecisions(rules, own);
        DataRules all = own.before(rules.data());
        this.tables = new TableDecisions(all, catalog);
        this.unclassified = new Unclassified(catalog);
        this.posture = Optional.ofNullable(all.unclassified()).orElse(Posture.ALLOW);
        this.catalog = catalog;
        this.writtenMasks = new WrittenMasks(catalog);
    }

    /** The protection of each relation that is not clear, by oid. */
    Map<Integer, Protection> compile() {
        for (Relation relation : catalog.relations()) {
            if (SystemCatalogs.isSystemSchema(relation.name().schema())) {
                applyBuiltInRules(relation);
            } else if (SystemCatalogs.isRefused(relation.name())) {
                refuse(relation.oid(), "it holds the statements of other sessions", "query it as a raw role");
            } else {
                applyRules(relation);
            }
        }
        if (rules.fromComments()) {
            applyComments();
        }
        tables.find();
        tables.refused().forEach(refused::putIfAbsent);
        protectUnclassified();
        boolean changed = true;
        while (changed) {
            // A column that a child computes can be a plain one of its parent.
            shareWithRelatives();
            changed = false;
            for (Relation relation : catalog.relations()) {
                changed |= suppressGeneratedColumns(relation);
            }
        }
        refusePartitions();
        catalog.views().keySet().forEach(this::applyLineage);
        withholdDefinitions();
        return collect();
    }

    // ---- definitions

    /** The relations whose definitions can hold values of protected columns. */
    WithheldRelations withheld() {
        return withheld;
    }

    private void withholdDefinitions() {
        withheld = WithheldRelations.find(catalog, this::isProtected, this::mustNotShow);
        if (withheld.relations().isEmpty()) {
            return;
        }
        Definitions definitions = new Definitions(withheld.relations());
        for (Relation relation : catalog.relations()) {
            for (Column column : relation.columns()) {
                Mask mask = definitions.find(relation.name(), column.name());
                if (mask != null) {
                    protect(relation, new MaskedColumn(column, mask, "built-in rule", null));
                }
            }
        }
    }

    private boolean isProtected(int relation) {
        return masked.containsKey(relation) || refused.containsKey(relation) || tables.isFiltered(relation);
    }

    private boolean mustNotShow(ColumnOrigin origin) {
        return refused.containsKey(origin.relation()) || tables.isFiltered(origin.relation()) || isProtected(origin);
    }

    private Map<Integer, Protection> collect() {
        Map<Integer, Protection> protections = new HashMap<>();
        tables.filtered().forEach(oid -> masked.computeIfAbsent(oid, none -> new HashMap<>()));
        masked.forEach((oid, columns) -> protections.put(
                oid,
                new Protection.Masked(
                        columns,
                        tables.condition(oid),
                        tables.isWritable(Objects.requireNonNull(catalog.relation(oid))),
                        placement.parents().contains(oid))));
        protections.putAll(refused);
        return protections;
    }

    // ---- rules

    private void applyBuiltInRules(Relation relation) {
        if (SystemCatalogs.isRefused(relation.name())) {
            refuse(
                    relation.oid(),
                    "it holds samples of data, statements of other sessions or secrets",
                    "query it as a raw role");
        }
        Set<String> suppressed = SystemCatalogs.suppressedColumns(relation.name());
        for (Column column : relation.columns()) {
            if (suppressed.contains(column.name())) {
                suppress(relation, column, "built-in rule");
            }
        }
    }

    private void applyRules(Relation relation) {
        ColumnDecisions ofRelation = decisions.on(relation.name());
        for (Column column : relation.columns()) {
            ofRelation.findInFile(relation, column).ifPresent(decision -> apply(relation, column, decision));
        }
    }

    /** A rule of the file on a table covers its partitions and children, before what comments on these say. */
    private void applyComments() {
        shareWithRelatives();
        for (Relation relation : catalog.relations()) {
            if (!Classification.isBuiltIn(relation)) {
                applyComments(relation);
            }
        }
    }

    private void applyComments(Relation relation) {
        ColumnDecisions ofRelation = decisions.on(relation.name());
        for (Column column : relation.columns()) {
            if (maskOf(relation.oid(), column.number()) == null
                    && ofRelation.findInFile(relation, column).isEmpty()) {
                ofRelation.find(relation, column).ifPresent(decision -> apply(relation, column, decision));
            }
        }
    }

    private void protectUnclassified() {
        if (posture == Posture.ALLOW) {
            return;
        }
        unclassified.share();
        for (Relation relation : catalog.relations()) {
            for (Column column : unclassified.of(relation)) {
                Mask mask = posture == Posture.REFUSE
                        ? RefusedColumn.REFUSED
                        : REDACTION.fits(column.type()) ? REDACTION : SUPPRESSION;
                String rule = "unclassified: " + posture.name().toLowerCase(Locale.ROOT);
                protect(relation, new MaskedColumn(column, mask, rule, null));
            }
        }
    }

    private void apply(Relation relation, Column column, ColumnDecision decision) {
        unclassified.classify(relation, column);
        String rule = decision.rule().withoutFolder().toString();
        if (decision.treatment() instanceof Treatment.Masked masking) {
            protect(relation, new MaskedColumn(column, masking.mask(), rule, decision.tag()));
        } else if (decision.treatment() instanceof Treatment.Refused) {
            protect(relation, new MaskedColumn(column, RefusedColumn.REFUSED, rule, decision.tag()));
        }
    }

    private void protect(Relation relation, MaskedColumn protection) {
        try {
            protectBound(relation, protection.boundTo(rows.computeIfAbsent(relation.oid(), oid -> Row.of(relation))));
        } catch (MaskParameterException e) {
            refuse(
                    relation.oid(),
                    "the mask '" + protection.mask().name() + "' of " + protection.rule() + " for its column "
                            + protection.column().name() + " cannot be used: " + e.getMessage(),
                    "give the column a mask that reads no other column, or only columns that the relation has");
        }
    }

    private void protectBound(Relation relation, MaskedColumn protection) {
        Column column = protection.column();
        if (!protection.mask().fits(column.type())) {
            refuse(
                    relation.oid(),
                    "the mask '" + protection.mask().name() + "' of " + protection.rule() + " does not fit its column "
                            + column.name() + " of type " + column.type().sql(),
                    "give the column a mask that fits its type");
            return;
        }
        Optional<String> fault = writtenMasks.findFault(relation, protection);
        if (fault.isPresent()) {
            refuse(
                    relation.oid(),
                    "the mask '" + protection.mask().name() + "' of " + protection.rule() + " for its column "
                            + column.name() + " cannot be used: " + fault.get(),
                    "change the mask's expression");
            return;
        }
        masked.computeIfAbsent(relation.oid(), oid -> new HashMap<>()).put(column.number(), protection);
    }

    /** The queries by which the server can say whether masks fit. */
    Set<String> trials() {
        return writtenMasks.trials();
    }

    private void suppress(Relation relation, Column column, String rule) {
        protect(relation, new MaskedColumn(column, SUPPRESSION, rule, null));
    }

    /** The same protection for another column. */
    private void extend(MaskedColumn source, Relation relation, Column column) {
        protect(relation, source.on(column));
    }

    private void refuse(int relation, String reason, String remedy) {
        refused.putIfAbsent(relation, new Protection.Refused(reason, remedy));
    }

    private @Nullable MaskedColumn maskOf(int relation, int column) {
        return masked.getOrDefault(relation, Map.of()).get(column);
    }

    // ---- inheritance and partitions

    /** A rule on a table covers its children and parents for the columns they share by name. */
    private void shareWithRelatives() {
        boolean changed = true;
        while (changed) {
            changed = false;
            for (Relation parent : catalog.relations()) {
                for (int oid : parent.children()) {
                    Relation child = catalog.relation(oid);
                    if (child != null) {
                        changed |= share(parent, child);
                        changed |= share(child, parent);
                    }
                }
            }
        }
    }

    private boolean share(Relation from, Relation to) {
        boolean changed = false;
        for (MaskedColumn column :
                Map.copyOf(masked.getOrDefault(from.oid(), Map.of())).values()) {
            Optional<Column> same = to.findColumn(column.column().name());
            if (same.isPresent() && maskOf(to.oid(), same.get().number()) == null && !refused.containsKey(to.oid())) {
                extend(column, to, same.get());
                changed = true;
            }
        }
        Protection.Refused reason = refused.get(from.oid());
        if (reason != null && refused.putIfAbsent(to.oid(), reason) == null) {
            changed = true;
        }
        return changed;
    }

    /** Which rows a partition holds tells of the values by which they were put there. */
    private void refusePartitions() {
        placement = Placement.find(catalog, (relation, column) -> maskOf(relation, column) != null);
        for (Relation partition : placement.partitions()) {
            refuse(
                    partition.oid(),
                    "it is a partition whose rows are chosen by a protected column",
                    "query the partitioned table instead");
        }
    }

    // ---- generated columns

    private boolean suppressGeneratedColumns(Relation relation) {
        boolean changed = false;
        for (Column column : relation.columns()) {
            boolean computed =
                    column.generatedFrom().stream().anyMatch(source -> maskOf(relation.oid(), source) != null);
            if (computed && maskOf(relation.oid(), column.number()) == null) {
                suppress(relation, column, "generated from a protected column");
                changed = true;
            }
        }
        return changed;
    }

    // ---- views

    private void applyLineage(int oid) {
        Relation view = catalog.relation(oid);
        ViewLineage lineage = catalog.views().get(oid);
        if (view == null || lineage == null || !viewsDone.add(oid)) {
            return;
        }
        lineage.relations().forEach(this::applyLineage);
        protectView(view, lineage);
    }

    private void protectView(Relation view, ViewLineage lineage) {
        Optional<String> unsafe = findUnsafeFunction(lineage);
        if (unsafe.isPresent()) {
            refuse(
                    view.oid(),
                    "the view calls " + unsafe.get() + ", which is not known to be safe",
                    "allow the function in the rule file, under functions: allow:");
            return;
        }
        boolean usesRefused = lineage.relations().stream().anyMatch(refused::containsKey);
        boolean usesFiltered = lineage.relations().stream().anyMatch(tables::isFiltered);
        boolean usesProtected = lineage.uses().stream().anyMatch(this::isProtected);
        if (usesRefused) {
            refuse(view.oid(), "the view reads a relation that is refused", "name the relation's columns in a rule");
        } else if (usesFiltered && !tables.saysRows(view)) {
            refuse(
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

    private boolean isProtected(ColumnOrigin origin) {
        return maskOf(origin.relation(), origin.column()) != null;
    }

    private void protectColumns(Relation view, ViewLineage lineage) {
        for (Column column : view.columns()) {
            if (decisions.find(view, column).isPresent()) {
                continue;
            }
            ColumnOrigin origin = lineage.origins().get(column.number());
            if (!lineage.analysable()) {
                refuse(
                        view.oid(),
                        "the view reads protected columns and its column " + column.name() + " cannot be traced",
                        "name each column of the view in a rule");
            } else if (origin == null) {
                suppress(view, column, "computed from protected columns");
            } else {
                inherit(
                        view,
                        column,
                        maskOf(origin.relation(), origin.column()),
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
        try {
            protectBound(view, source.on(column).boundTo(row));
        } catch (MaskParameterException e) {
            suppress(view, column, source.rule());
        }
    }
}
