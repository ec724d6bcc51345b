package dev.bauta.rulefile;

import dev.bauta.yaml.Location;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Who belongs to a role and what the role may see. Immutable.
 *
 * @param name the role's name in the rule file, which audit and messages use
 * @param conditions whom it is for
 * @param access what it may see
 * @param purpose what it sees it for, in the DBA's words, for audit; null when the file does not say
 * @param until when the role ends, from when on it is nobody's; null for one that does not
 * @param own its own rules, which come before the file's
 * @param at where the rule stands
 */
public record RoleRule(
        String name,
        RoleConditions conditions,
        Access access,
        @Nullable String purpose,
        @Nullable Instant until,
        DataRules own,
        Location at)
        implements Expiry {
    @Override
    public String subject() {
        return "role " + name;
    }

    /** Without the parts of it that have ended. */
    RoleRule at(Instant now) {
        return new RoleRule(name, conditions, access, purpose, until, own.at(now), at);
    }
}
