package dev.bauta.policy;

import dev.bauta.rulefile.NamePattern;
import dev.bauta.rulefile.RoleConditions;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Whether a principal is among those whom a role is for. What is not known of it fits no condition. */
final class RoleMatcher {
    private RoleMatcher() {}

    /**
     * Whether every condition fits.
     *
     * @param memberships the PostgreSQL roles of which the principal's user is a member
     */
    static boolean matches(RoleConditions conditions, Principal principal, Set<String> memberships) {
        ClientOrigin origin = principal.origin();
        String certificate = origin.certificate();
        return fits(conditions.users(), List.of(principal.user()))
                && fits(conditions.memberOf(), memberships)
                && fits(conditions.databases(), List.of(principal.database()))
                && (conditions.networks().isEmpty()
                        || conditions.networks().stream().anyMatch(network -> network.contains(origin.address())))
                && (!conditions.tls() || origin.encrypted())
                && fits(conditions.certificates(), certificate == null ? List.of() : List.of(certificate));
    }

    private static boolean fits(List<NamePattern> patterns, Collection<String> facts) {
        return patterns.isEmpty()
                || patterns.stream().anyMatch(pattern -> facts.stream().anyMatch(pattern::matches));
    }
}
