package dev.bauta.policy;

import dev.bauta.catalog.CatalogSnapshot;
import dev.bauta.catalog.Column;
import dev.bauta.catalog.ColumnOrigin;
import dev.bauta.catalog.Relation;
import dev.bauta.catalog.ViewLineage;
import dev.bauta.mask.Mask;
import dev.bauta.mask.Masks;
import dev.bauta.mask.Row;
import dev.bauta.mask.SubjectMask;
import dev.bauta.policy.ColumnDecisions.ColumnDecision;
import dev.bauta.policy.Protection.MaskedColumn;
import dev.bauta.rulefile.DataRules;
import dev.bauta.rulefile.Posture;
import dev.bauta.rulefile.RuleSet;
import dev.bauta.rulefile.Treatment;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Works out how each relation is protected: by rules on its own columns, by rules on its parents and children, as a
 * generated column, as one that holds rows of a protected relation, or as a view over protected columns. Used once and thrown away.
 */
final class ProtectionCompiler {
    private static final Mask SUPPRESSION = Masks.suppression();
    private static final Mask REDACTION = Masks.redaction();

    /** The numbers of system columns. */
    private static final int CTID = -1;

    private static final int XMAX = -4;
    private static final int TABLEOID = -6;

    private final RuleSet rules;
    private final ColumnDecisions decisions;
    private final TableDecisions tables;
    private final Unclassified unclassified;
    private final Posture posture;
    private final CatalogSnapshot catalog;
    private final ColumnSources sources;
    private final ProtectionDraft draft;
    private final RelativeProtection relatives;
    private final ViewProtection views;
    private WithheldRelations withheld = WithheldRelations.NONE;
    private WriteProbes probes = WriteProbes.NONE;
    private Placement placement = new Placement(Set.of(), List.of());

    ProtectionCompiler(RuleSet rules, DataRules own, CatalogSnapshot catalog) {
        this.rules = rules;
        this.decisions = new ColumnDecisions(rules, own);
        DataRules all = own.before(rules.data());
        this.tables = new TableDecisions(all, catalog);
        this.unclassified = new Unclassified(catalog);
        this.posture = Optional.ofNullable(all.unclassified()).orElse(Posture.ALLOW);
        this.catalog = catalog;
        this.sources = new ColumnSources(catalog);
        this.draft = new ProtectionDraft(catalog);
        this.relatives = new RelativeProtection(catalog, draft);
        this.views = new ViewProtection(rules, decisions, tables, catalog, draft);
    }

    /** The protection of each relation that is not clear, by oid. */
    Map<Integer, Protection> compile() {
        for (Relation relation : catalog.relations()) {
            if (SystemCatalogs.isSystemSchema(relation.name().schema())) {
                applyBuiltInRules(relation);
            } else if (SystemCatalogs.isRefused(relation.name())) {
                draft.refuse(relation.oid(), "it holds the statements of other sessions", "query it as a raw role");
            } else {
                applyRules(relation);
            }
        }
        if (rules.fromComments()) {
            applyComments();
        }
        tables.find();
        tables.refused().forEach(draft::refuse);
        protectUnclassified();
        boolean changed = true;
        while (changed) {
            // A column that a child computes can be a plain one of its parent.
            relatives.share();
            changed = false;
            for (Relation relation : catalog.relations()) {
                changed |= suppressGeneratedColumns(relation);
                changed |= suppressRows(relation);
            }
        }
        refusePartitions();
        probes = WriteProbes.find(catalog, this::isAnyProtected);
        refuseTellingSystemColumns();
        views.protect();
        withholdDefinitions();
        probes.addViews(catalog, this::isProtected, withheld.tellingViews());
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
                    draft.protect(relation, new MaskedColumn(column, mask, "built-in rule", null));
                }
            }
        }
        views.protect(); // Those of the database's own can show definitions, too.
    }

    private boolean isProtected(int relation) {
        return draft.isMasked(relation) || draft.isRefused(relation) || tables.isFiltered(relation);
    }

    private boolean mustNotShow(ColumnOrigin origin) {
        return draft.isRefused(origin.relation()) || tables.isFiltered(origin.relation()) || draft.isMasked(origin);
    }

    private Map<Integer, Protection> collect() {
        Map<Integer, Protection> protections = new HashMap<>();
        tables.filtered().forEach(draft::addMasked);
        draft.masked().forEach((oid, columns) -> {
            Relation relation = Objects.requireNonNull(catalog.relation(oid));
            protections.put(
                    oid,
                    new Protection.Masked(
                            columns,
                            tables.condition(oid),
                            tables.isWritable(relation),
                            placement.parents().contains(oid),
                            isComputed(columns)));
        });
        protections.putAll(draft.refused());
        return protections;
    }

    // ---- rules

    private void applyBuiltInRules(Relation relation) {
        if (SystemCatalogs.isRefused(relation.name())) {
            draft.refuse(
                    relation.oid(),
                    "it holds samples of data, statements of other sessions, secrets, or how much was written",
                    "query it as a raw role");
        }
        Set<String> suppressed = SystemCatalogs.suppressedColumns(relation.name());
        for (Column column : relation.columns()) {
            if (suppressed.contains(column.name())) {
                draft.suppress(relation, column, "built-in rule");
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
        relatives.share();
        for (Relation relation : catalog.relations()) {
            if (!Classification.isBuiltIn(relation)) {
                applyComments(relation);
            }
        }
    }

    private void applyComments(Relation relation) {
        ColumnDecisions ofRelation = decisions.on(relation.name());
        for (Column column : relation.columns()) {
            if (draft.maskOf(relation.oid(), column.number()) == null
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
                draft.protect(relation, new MaskedColumn(column, mask, rule, null));
            }
        }
    }

    private void apply(Relation relation, Column column, ColumnDecision decision) {
        unclassified.classify(relation, column);
        String rule = decision.rule().withoutFolder().toString();
        if (decision.treatment() instanceof Treatment.Masked masking) {
            Mask mask = sources.on(relation, column, masking.mask());
            draft.protect(
                    relation, new MaskedColumn(column, mask, rule, decision.tag()), rowOf(relation, column, mask));
        } else if (decision.treatment() instanceof Treatment.Refused) {
            draft.protect(relation, new MaskedColumn(column, RefusedColumn.REFUSED, rule, decision.tag()));
        }
    }

    /** What is drawn for a row must be drawn for that row wherever it is seen; all other masks take a view's rows as they come. */
    private Row rowOf(Relation relation, Column column, Mask mask) {
        return mask instanceof SubjectMask drawn && drawn.isPerRow()
                ? sources.rowOf(relation, column)
                : draft.rowOf(relation);
    }

    /** The queries by which the server can say whether masks fit. */
    Set<String> trials() {
        return draft.trials();
    }

    // ---- partitions

    /** Which rows a partition holds tells of the values by which they were put there. */
    private void refusePartitions() {
        placement = Placement.find(catalog, (relation, column) -> draft.maskOf(relation, column) != null);
        for (Relation partition : placement.partitions()) {
            draft.refuse(
                    partition.oid(),
                    "it is a partition whose rows are chosen by a protected column",
                    "query the partitioned table instead");
        }
        for (int parent : placement.parents()) {
            Relation relation = Objects.requireNonNull(catalog.relation(parent));
            for (Column column : relation.columns()) {
                if (column.generatedFrom().contains(TABLEOID) && draft.maskOf(parent, column.number()) == null) {
                    draft.suppress(relation, column, "generated from tableoid, which tells of a protected column");
                }
            }
        }
    }

    // ---- views of system columns

    /** Views can show under any name what a query may not take from the table: where a row lies, and whether another refers to it. */
    private void refuseTellingSystemColumns() {
        catalog.views().forEach((view, lineage) -> {
            if (lineage.uses().stream().anyMatch(this::isTellingSystemColumn)) {
                draft.refuse(
                        view,
                        "the view reads a system column that tells of protected values",
                        "make the view without tableoid, ctid and xmax");
            }
        });
    }

    private boolean isTellingSystemColumn(ColumnOrigin origin) {
        return switch (origin.column()) {
            case CTID, TABLEOID -> placement.parents().contains(origin.relation());
            case XMAX -> probes.of(origin.relation()).contains(WriteProbe.REFERRED);
            default -> false;
        };
    }

    // ---- writes

    /** The relations that must not be written freely. */
    WriteProbes probes() {
        return probes;
    }

    private boolean isAnyProtected(int relation, Collection<Integer> columns) {
        return draft.isRefused(relation)
                || tables.isFiltered(relation)
                || columns.stream().anyMatch(column -> draft.maskOf(relation, column) != null);
    }

    // ---- generated columns

    private boolean suppressGeneratedColumns(Relation relation) {
        boolean changed = false;
        for (Column column : relation.columns()) {
            boolean computed =
                    column.generatedFrom().stream().anyMatch(source -> draft.maskOf(relation.oid(), source) != null);
            if (computed && draft.maskOf(relation.oid(), column.number()) == null) {
                draft.suppress(relation, column, "generated from a protected column");
                changed = true;
            }
        }
        return changed;
    }

    /** Whether masks read virtual columns; what is virtual in a child table is so in its parents. */
    private static boolean isComputed(Map<Integer, MaskedColumn> columns) {
        return columns.values().stream()
                .anyMatch(masked -> masked.column().virtual() && !masked.mask().equals(SUPPRESSION)
                        || masked.mask().reads().stream()
                                .anyMatch(read -> read.virtual() && columns.containsKey(read.number())));
    }

    // ---- rows as values

    /** A column of a table whose values are rows of a protected relation shows what these hold, unless rules say something of it. */
    private boolean suppressRows(Relation relation) {
        if (catalog.views().containsKey(relation.oid())) {
            return false; // It follows what it is made of.
        }
        boolean changed = false;
        for (Column column : relation.columns()) {
            if (column.type().rows().stream().anyMatch(this::isOrReadsProtected)
                    && draft.maskOf(relation.oid(), column.number()) == null
                    && decisions.find(relation, column).isEmpty()) {
                draft.suppress(relation, column, "holds rows of a protected relation");
                changed = true;
            }
        }
        return changed;
    }

    private boolean isOrReadsProtected(int relation) {
        ViewLineage view = catalog.views().get(relation);
        if (view == null) {
            return isProtected(relation);
        }
        return view.uses().stream().anyMatch(this::mustNotShow)
                || view.relations().stream()
                        .anyMatch(source -> catalog.views().containsKey(source) && isOrReadsProtected(source));
    }
}
