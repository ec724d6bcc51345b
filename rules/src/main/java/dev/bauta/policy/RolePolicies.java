package dev.bauta.policy;

import dev.bauta.catalog.CatalogSnapshot;
import dev.bauta.rulefile.Access;
import dev.bauta.rulefile.DataRules;
import dev.bauta.rulefile.RoleRule;
import dev.bauta.rulefile.RuleSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * A rule set applied to a catalog snapshot as it holds at one moment: who has which role, and what each role sees. Roles whose rules
 * say the same share one policy, which is compiled when it is first asked for. Thread-safe.
 */
public final class RolePolicies {
    private final RuleSet rules;
    private final RuleSet current;
    private final CatalogSnapshot catalog;
    private final Optional<Instant> end;
    private final Map<DataRules, Policy> policies = new ConcurrentHashMap<>();

    private RolePolicies(RuleSet rules, CatalogSnapshot catalog, Instant now) {
        this.rules = rules;
        this.current = rules.at(now);
        this.catalog = catalog;
        this.end = rules.nextEnd(now);
    }

    /** Applies rules to what the catalogs say. */
    public static RolePolicies of(RuleSet rules, CatalogSnapshot catalog, Instant now) {
        return new RolePolicies(rules, catalog, now);
    }

    /** The rules, those that have ended included. */
    public RuleSet rules() {
        return rules;
    }

    /** The rules that are in force: without those that have ended. */
    public RuleSet current() {
        return current;
    }

    /** The catalog snapshot. */
    public CatalogSnapshot catalog() {
        return catalog;
    }

    /** The moment from which on these are not in force any more, as an entry of the rules ends; empty when none does. */
    public Optional<Instant> end() {
        return end;
    }

    /** Every role there is, in the order in which they are tried; {@link Role#DEFAULT} comes last. */
    public List<Role> roles() {
        List<Role> roles = new ArrayList<>();
        current.roles().forEach(rule -> roles.add(role(rule)));
        roles.add(Role.DEFAULT);
        return List.copyOf(roles);
    }

    /** The role of that name. */
    public Optional<Role> findRole(String name) {
        return roles().stream().filter(role -> role.name().equals(name)).findFirst();
    }

    /** The role of a principal: the first whose conditions fit, else {@link Role#DEFAULT}. */
    public Role roleOf(Principal principal) {
        return current.roles().stream()
                .filter(rule ->
                        RoleMatcher.matches(rule.conditions(), principal, catalog.membershipsOf(principal.user())))
                .findFirst()
                .map(RolePolicies::role)
                .orElse(Role.DEFAULT);
    }

    /** True when a principal's role might be another one if its user were, or were not, a member of PostgreSQL's roles. */
    public boolean dependsOnMemberships(Principal principal) {
        for (RoleRule rule : current.roles()) {
            if (!rule.conditions().memberOf().isEmpty()) {
                return true;
            }
            if (RoleMatcher.matches(rule.conditions(), principal, Set.of())) {
                return false;
            }
        }
        return false;
    }

    /** What a role sees. For a role that is not masked, and one that is not there, what everybody sees whom no role matches. */
    public Policy policyOf(Role role) {
        return policies.computeIfAbsent(rulesOf(role), own -> Policy.compile(current, own, catalog));
    }

    /** What the rules say to a role of columns by themselves, for those who look through rules. */
    public Classification classificationOf(Role role) {
        return Classification.of(current, rulesOf(role), catalog);
    }

    /** A role's own rules. */
    private DataRules rulesOf(Role role) {
        return current.roles().stream()
                .filter(rule -> rule.name().equals(role.name()))
                .findFirst()
                .map(RoleRule::own)
                .orElse(DataRules.NONE);
    }

    /** The queries of all roles by which the server can say whether masks that were written in SQL fit. */
    public Set<String> trials() {
        if (!current.mayFailOnValues()) {
            return Set.of();
        }
        return roles().stream()
                .filter(role -> role.access() == Access.MASKED)
                .flatMap(role -> policyOf(role).trials().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Role role(RoleRule rule) {
        return new Role(rule.name(), rule.access(), rule.purpose());
    }

    @Override
    public String toString() {
        return "RolePolicies[rules " + rules.version() + ", " + catalog + "]";
    }
}
