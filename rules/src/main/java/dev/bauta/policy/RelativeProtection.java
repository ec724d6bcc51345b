package dev.bauta.policy;

import dev.bauta.catalog.CatalogSnapshot;
import dev.bauta.catalog.Column;
import dev.bauta.catalog.Relation;
import dev.bauta.policy.Protection.MaskedColumn;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Protects alike what inherits: partitions, children and parents. */
final class RelativeProtection {
    private final CatalogSnapshot catalog;
    private final ProtectionDraft draft;

    RelativeProtection(CatalogSnapshot catalog, ProtectionDraft draft) {
        this.catalog = catalog;
        this.draft = draft;
    }

    /** A rule on a table covers its children and parents for the columns they share by name. */
    void share() {
        Relatives.passBothWays(catalog, this::share);
    }

    private boolean share(Relation from, Relation to) {
        boolean changed = false;
        for (MaskedColumn column : draft.maskedColumns(from.oid())) {
            Optional<Column> same = to.findColumn(column.column().name());
            if (same.isPresent() && draft.maskOf(to.oid(), same.get().number()) == null && !draft.isRefused(to.oid())) {
                draft.protect(to, column.on(same.get()));
                changed = true;
            }
        }
        Protection.@Nullable Refused reason = draft.refusalOf(from.oid());
        if (reason != null && draft.refuse(to.oid(), reason)) {
            changed = true;
        }
        return changed;
    }
}
