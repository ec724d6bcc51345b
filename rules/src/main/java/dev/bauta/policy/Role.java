package dev.bauta.policy;

import dev.bauta.rulefile.Access;

/**
 * The role that a principal has under a policy. Immutable.
 *
 * @param name its name in the rule file, or {@code default} for a principal whom no role matches
 * @param access what it may see
 */
public record Role(String name, Access access) {
    /** The role of everybody whom the rule file does not name. */
    public static final Role DEFAULT = new Role("default", Access.MASKED);
}
