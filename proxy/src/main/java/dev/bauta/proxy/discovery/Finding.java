package dev.bauta.proxy.discovery;

import dev.bauta.catalog.ColumnType;
import dev.bauta.catalog.QualifiedName;
import dev.bauta.proxy.draft.DraftMask;
import java.util.List;

/**
 * A column that seems to hold personal data. Immutable.
 *
 * @param relation its table
 * @param column its name
 * @param type its type
 * @param kind what it seems to hold
 * @param confidence how likely that is, 0 to 1
 * @param evidence why, the heaviest first
 * @param mask a mask that fits the type
 */
public record Finding(
        QualifiedName relation,
        String column,
        ColumnType type,
        DataKind kind,
        double confidence,
        List<Evidence> evidence,
        DraftMask mask) {
    public Finding {
        evidence = List.copyOf(evidence);
    }
}
