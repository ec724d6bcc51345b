package dev.bauta.proxy.review;

import static dev.bauta.proxy.review.Severity.NOTE;
import static dev.bauta.proxy.review.Severity.WARNING;

import dev.bauta.proxy.review.Finding.Kind;
import dev.bauta.rulefile.Access;
import dev.bauta.rulefile.NamePattern;
import dev.bauta.rulefile.Network;
import dev.bauta.rulefile.RoleConditions;
import dev.bauta.rulefile.RoleRule;
import dev.bauta.rulefile.RuleSet;
import java.util.List;

/** Roles that show raw values to whoever comes, as nothing that they ask for tells people apart. */
final class RoleCheck {
    private final Findings findings;

    RoleCheck(Findings findings) {
        this.findings = findings;
    }

    void examine(RuleSet rules) {
        rules.roles().stream()
                .filter(role -> role.access() == Access.RAW && fitsAnybody(role.conditions()))
                .forEach(this::report);
    }

    private static boolean fitsAnybody(RoleConditions conditions) {
        return fitsAny(conditions.users())
                && conditions.memberOf().isEmpty()
                && conditions.certificates().isEmpty();
    }

    private static boolean fitsAny(List<NamePattern> patterns) {
        return patterns.isEmpty() || patterns.stream().anyMatch(NamePattern::isAny);
    }

    private void report(RoleRule role) {
        boolean anywhere = role.conditions().networks().isEmpty()
                || role.conditions().networks().stream().anyMatch(RoleCheck::isEverywhere);
        findings.add(
                anywhere ? WARNING : NOTE,
                Kind.RAW_ROLE,
                role.at(),
                "role " + role.name() + ": every database user" + (anywhere ? "" : " who connects from its networks")
                        + " sees raw values",
                "name those who may, by 'users' or 'member-of'");
    }

    private static boolean isEverywhere(Network network) {
        return network instanceof Network.Range range && range.prefix() == 0;
    }
}
