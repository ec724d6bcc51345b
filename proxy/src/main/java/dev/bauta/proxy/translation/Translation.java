package dev.bauta.proxy.translation;

import dev.bauta.catalog.ColumnType;
import dev.bauta.proxy.draft.DraftMask;
import java.util.Optional;

/**
 * What a mask of another system, or of a comment, is with us. Immutable.
 *
 * @param mask our mask; where there is none of that kind, one that shows nothing
 * @param problem why it is not the mask that was asked for; a clause without values
 */
record Translation(DraftMask mask, Optional<String> problem) {
    /** A mask that takes the other's place. */
    static Translation to(DraftMask mask) {
        return new Translation(mask, Optional.empty());
    }

    /** Nothing of ours does what was asked for. */
    static Translation none(String problem) {
        return new Translation(DraftMask.NULL, Optional.of(problem));
    }

    /** The same for a column of this type, whose mask must fit. */
    Translation forType(ColumnType type) {
        if (problem.isPresent() || !mask.fits(type)) {
            String reason = problem.orElse("the mask '" + mask.name() + "' does not fit the type " + type.sql());
            DraftMask redact = DraftMask.of("redact");
            return new Translation(redact.fits(type) ? redact : DraftMask.NULL, Optional.of(reason));
        }
        return this;
    }
}
