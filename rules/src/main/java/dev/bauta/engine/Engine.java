package dev.bauta.engine;

import dev.bauta.catalog.CatalogSnapshot;
import dev.bauta.lexer.LexerSettings;
import dev.bauta.policy.Policy;
import dev.bauta.policy.Principal;
import dev.bauta.policy.Role;
import dev.bauta.rulefile.RuleSet;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The rules and the catalogs of one database, and the sessions that are decided by them. Rules and catalog snapshot can be
 * replaced at any time; open sessions follow with their next statement. Thread-safe.
 */
public final class Engine {
    /** A policy with its deciders, one for each way of reading text. */
    private record Current(Policy policy, Map<LexerSettings, PolicyEngine> engines) {
        Current(Policy policy) {
            this(policy, new ConcurrentHashMap<>());
        }

        PolicyEngine engine(LexerSettings settings) {
            return engines.computeIfAbsent(settings, s -> new PolicyEngine(policy, s));
        }
    }

    private volatile Current current;

    private Engine(Policy policy) {
        this.current = new Current(policy);
    }

    /** An engine for one database. */
    public static Engine of(RuleSet rules, CatalogSnapshot catalog) {
        return new Engine(Policy.compile(rules, catalog));
    }

    /** The policy in force. */
    public Policy policy() {
        return current.policy();
    }

    /** Puts other rules in force. */
    public synchronized void replaceRules(RuleSet rules) {
        current = new Current(Policy.compile(rules, current.policy().catalog()));
    }

    /** Puts a newer catalog snapshot in force. */
    public synchronized void replaceCatalog(CatalogSnapshot catalog) {
        current = new Current(Policy.compile(current.policy().rules(), catalog));
    }

    /** Opens a session; its role is decided now, see {@link Session#reviewRole}. */
    public Session open(Principal principal, LexerSettings settings) {
        Policy policy = policy();
        Role role = policy.roleOf(principal);
        RoleReview review = new RoleReview(this, principal, role, policy);
        return switch (role.access()) {
            case RAW -> new RawSession(this, principal, role, settings, review);
            case MASKED, REFUSED -> new MaskedSession(this, principal, role, settings, review, policy);
        };
    }

    PolicyEngine policyEngine(LexerSettings settings) {
        return current.engine(settings);
    }

    @Override
    public String toString() {
        return "Engine[" + policy() + "]";
    }
}
