package dev.bauta.proxy.review;

import static dev.bauta.proxy.review.Severity.ERROR;
import static dev.bauta.proxy.review.Severity.NOTE;
import static dev.bauta.proxy.review.Severity.WARNING;

import dev.bauta.catalog.Column;
import dev.bauta.catalog.ColumnOrigin;
import dev.bauta.catalog.ColumnType;
import dev.bauta.catalog.Relation;
import dev.bauta.catalog.RelationKind;
import dev.bauta.catalog.ViewLineage;
import dev.bauta.mask.Mask;
import dev.bauta.mask.MaskParameterException;
import dev.bauta.mask.Masks;
import dev.bauta.mask.Row;
import dev.bauta.mask.SubjectMask;
import dev.bauta.policy.Classification.Ruling;
import dev.bauta.policy.Protection;
import dev.bauta.proxy.draft.DraftMask;
import dev.bauta.proxy.review.Finding.Kind;
import dev.bauta.rulefile.DataRules;
import dev.bauta.rulefile.RoleRule;
import dev.bauta.rulefile.RuleSet;
import dev.bauta.rulefile.TableRule;
import dev.bauta.rulefile.Treatment;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Masks that cannot be used where a rule puts them or are weak there, and relations that are refused though no rule says so. */
final class MaskCheck {
    private final RuleSet rules;
    private final Set<ColumnOrigin> keys;
    private final Findings findings;

    /** @param keys the columns that are a key by themselves */
    MaskCheck(RuleSet rules, Set<ColumnOrigin> keys, Findings findings) {
        this.rules = rules;
        this.keys = Set.copyOf(keys);
        this.findings = findings;
    }

    void examine(Audience audience) {
        for (Relation relation : Names.relations(audience.policy().catalog())) {
            Row row = Row.of(relation);
            boolean unfit = false;
            for (Column column : relation.columns()) {
                unfit |= audience.classification()
                        .find(relation, column)
                        .filter(ruling -> isUnfit(audience, relation, row, column, ruling))
                        .isPresent();
            }
            if (!unfit && audience.policy().protection(relation) instanceof Protection.Refused refused) {
                reportRefused(audience, relation, refused);
            }
        }
    }

    private boolean isUnfit(Audience audience, Relation relation, Row row, Column column, Ruling ruling) {
        if (!(ruling.treatment() instanceof Treatment.Masked masked)) {
            return false;
        }
        Mask mask = masked.mask();
        String use = "the mask '" + mask.name() + "' ";
        String consequence = ", so that every statement that names the table is refused";
        try {
            Mask bound = mask.in(row);
            if (bound.fits(column.type())) {
                bound.weakness(column.type())
                        .or(() -> sharedSubject(relation, bound))
                        .ifPresent(weakness -> findings.add(
                                audience.roles(),
                                NOTE,
                                Kind.WEAK_MASK,
                                ruling.rule(),
                                use + "is weak for " + Names.of(relation, column) + ": " + weakness,
                                "take one that tells less, or leave it where whoever sees it may know as much"));
                return false;
            }
            findings.add(
                    audience.roles(),
                    ERROR,
                    Kind.UNFIT_MASK,
                    ruling.rule(),
                    use + "does not fit " + Names.of(relation, column) + " of type " + shown(column.type())
                            + consequence,
                    "give the column one that fits: " + fitting(column.type()));
        } catch (MaskParameterException e) {
            findings.add(
                    audience.roles(),
                    ERROR,
                    Kind.UNFIT_MASK,
                    ruling.rule(),
                    use + "cannot be used for " + Names.of(relation, column) + ": " + e.getMessage() + consequence,
                    "give the column a mask that reads no other column, or only columns that the table has");
        }
        return true;
    }

    /** Of views nothing is known about keys. */
    private Optional<String> sharedSubject(Relation relation, Mask mask) {
        return mask instanceof SubjectMask drawn && drawn.isPerRow() && !isKey(relation, drawn.subject())
                ? Optional.of("its subject " + drawn.subject().name()
                        + " is no key by itself, and rows of one subject with equal values are shown alike")
                : Optional.empty();
    }

    /** No key of a table holds for its child tables. */
    private boolean isKey(Relation relation, Column column) {
        boolean view = relation.kind() == RelationKind.VIEW || relation.kind() == RelationKind.MATERIALIZED_VIEW;
        boolean whole = relation.kind() == RelationKind.PARTITIONED_TABLE
                || relation.children().isEmpty();
        return view || whole && keys.contains(new ColumnOrigin(relation.oid(), column.number()));
    }

    private static String shown(ColumnType type) {
        String prefix = "pg_catalog.";
        return type.sql().startsWith(prefix) ? type.sql().substring(prefix.length()) : type.sql();
    }

    private static String fitting(ColumnType type) {
        return Masks.names().stream()
                .filter(name -> DraftMask.of(name).fits(type))
                .collect(Collectors.joining(", "));
    }

    private void reportRefused(Audience audience, Relation relation, Protection.Refused refused) {
        if (isRefusedByRule(audience, relation) || isRefusedByParent(audience, relation, refused)) {
            return;
        }
        findings.add(
                audience.roles(),
                severity(audience, relation),
                Kind.REFUSED,
                Names.of(relation),
                "every statement that names it is refused: " + refused.reason(),
                refused.remedy());
    }

    /** A table is refused by a rule that cannot work; a view by what it does, or as a consequence of what is refused behind it. */
    private static Severity severity(Audience audience, Relation relation) {
        ViewLineage lineage = audience.policy().catalog().views().get(relation.oid());
        if (lineage == null) {
            return ERROR;
        }
        return lineage.relations().stream()
                        .map(audience.policy().catalog()::relation)
                        .anyMatch(source -> source != null && audience.isRefused(source))
                ? NOTE
                : WARNING;
    }

    /** True for a partition or child table, of which all is said when it is said of its parent. */
    private static boolean isRefusedByParent(Audience audience, Relation relation, Protection.Refused refused) {
        return audience.policy().catalog().relations().stream()
                .filter(parent -> parent.children().contains(relation.oid()))
                .anyMatch(parent -> audience.policy().protection(parent).equals(refused));
    }

    private boolean isRefusedByRule(Audience audience, Relation relation) {
        DataRules all = rules.roles().stream()
                .filter(role -> role.name().equals(audience.roles().get(0)))
                .findFirst()
                .map(RoleRule::own)
                .orElse(DataRules.NONE)
                .before(rules.data());
        return all.findTableRule(relation.name(), TableRule::readable)
                .filter(rule -> Boolean.FALSE.equals(rule.readable()))
                .isPresent();
    }
}
