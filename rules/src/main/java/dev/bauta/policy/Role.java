package dev.bauta.policy;

import dev.bauta.rulefile.Access;
import org.jspecify.annotations.Nullable;

/**
 * The role that a principal has. Immutable.
 *
 * @param name its name in the rule file, or {@code default} for a principal whom no role matches
 * @param access what it may see
 * @param purpose what it sees it for, for audit; null when the rule file does not say
 */
public record Role(String name, Access access, @Nullable String purpose) {
    /** The role of everybody whom the rule file does not name. */
    public static final Role DEFAULT = new Role("default", Access.MASKED);

    /** A role without a purpose. */
    public Role(String name, Access access) {
        this(name, access, null);
    }
}
