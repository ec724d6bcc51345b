package dev.bauta.policy;

import dev.bauta.catalog.CatalogSnapshot;
import dev.bauta.catalog.Column;
import dev.bauta.catalog.ColumnOrigin;
import dev.bauta.catalog.Relation;
import dev.bauta.mask.Mask;
import dev.bauta.mask.MaskParameterException;
import dev.bauta.mask.Masks;
import dev.bauta.mask.Row;
import dev.bauta.policy.Protection.MaskedColumn;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The protections that were found so far. A mask that does not fit its column refuses the relation, and a relation once refused
 * stays so. Used by one {@link ProtectionCompiler}.
 */
final class ProtectionDraft {
    private static final Mask SUPPRESSION = Masks.suppression();

    /** Masked columns by relation and number; absent is clear. */
    private final Map<Integer, Map<Integer, MaskedColumn>> masked = new HashMap<>();

    private final Map<Integer, Protection.Refused> refused = new HashMap<>();
    /** The relations whose columns are masked, as their masks see them. */
    private final Map<Integer, Row> rows = new HashMap<>();

    private final WrittenMasks writtenMasks;

    ProtectionDraft(CatalogSnapshot catalog) {
        this.writtenMasks = new WrittenMasks(catalog);
    }

    // ---- adding

    /** Masks a column; where the mask cannot be used, refuses its relation. */
    void protect(Relation relation, MaskedColumn protection) {
        protect(relation, protection, rowOf(relation));
    }

    /** The same of a mask that may read some columns alone. */
    void protect(Relation relation, MaskedColumn protection, Row row) {
        try {
            protectBound(relation, protection.boundTo(row));
        } catch (MaskParameterException e) {
            refuse(
                    relation.oid(),
                    "the mask '" + protection.mask().name() + "' of " + protection.rule() + " for its column "
                            + protection.column().name() + " cannot be used: " + e.getMessage(),
                    "give the column a mask that reads no other column, or only columns that the relation has");
        }
    }

    /** As {@link #protect}, with a mask that knows its row. */
    void protectBound(Relation relation, MaskedColumn protection) {
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

    /** Masks a column by NULL. */
    void suppress(Relation relation, Column column, String rule) {
        protect(relation, new MaskedColumn(column, SUPPRESSION, rule, null));
    }

    /** Refuses a relation, unless it was refused before. */
    boolean refuse(int relation, String reason, String remedy) {
        return refuse(relation, new Protection.Refused(reason, remedy));
    }

    /** As above; returns whether it was not refused before. */
    boolean refuse(int relation, Protection.Refused reason) {
        return refused.putIfAbsent(relation, reason) == null;
    }

    /** Has the relation masked even if none of its columns is. */
    void addMasked(int relation) {
        masked.computeIfAbsent(relation, none -> new HashMap<>());
    }

    // ---- asking

    /** All columns of a relation. */
    Row rowOf(Relation relation) {
        return rows.computeIfAbsent(relation.oid(), oid -> Row.of(relation));
    }

    @Nullable
    MaskedColumn maskOf(int relation, int column) {
        return masked.getOrDefault(relation, Map.of()).get(column);
    }

    boolean isMasked(ColumnOrigin origin) {
        return maskOf(origin.relation(), origin.column()) != null;
    }

    boolean isMasked(int relation) {
        return masked.containsKey(relation);
    }

    /** The masked columns of a relation as they are now. */
    Collection<MaskedColumn> maskedColumns(int relation) {
        return List.copyOf(masked.getOrDefault(relation, Map.of()).values());
    }

    Protection.@Nullable Refused refusalOf(int relation) {
        return refused.get(relation);
    }

    boolean isRefused(int relation) {
        return refused.containsKey(relation);
    }

    Map<Integer, Map<Integer, MaskedColumn>> masked() {
        return masked;
    }

    Map<Integer, Protection.Refused> refused() {
        return refused;
    }

    /** The queries by which the server can say whether masks fit. */
    Set<String> trials() {
        return writtenMasks.trials();
    }
}
