package dev.bauta.rulefile;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An entry of the rule file that can end by itself. */
interface Expiry {
    /** From this moment on the entry is as if it were not there; null for one that does not end. */
    @Nullable
    Instant until();

    /** True when the entry still holds. */
    default boolean isInForce(Instant now) {
        Instant end = until();
        return end == null || now.isBefore(end);
    }
}
