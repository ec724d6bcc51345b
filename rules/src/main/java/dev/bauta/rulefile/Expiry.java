package dev.bauta.rulefile;

import dev.bauta.yaml.Location;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An entry of the rule file that can end by itself. */
public interface Expiry {
    /** From this moment on the entry is as if it were not there; null for one that does not end. */
    @Nullable
    Instant until();

    /** What the entry is about, such as {@code role support} or {@code columns public.customers.phone}; the same wherever it stands. */
    String subject();

    /** Where the entry stands. */
    Location at();

    /** True when the entry still holds. */
    default boolean isInForce(Instant now) {
        Instant end = until();
        return end == null || now.isBefore(end);
    }
}
