package dev.bauta.engine;

import dev.bauta.catalog.CatalogLoader;
import dev.bauta.catalog.CatalogSnapshot;
import dev.bauta.lexer.LexerSettings;
import dev.bauta.policy.Policy;
import dev.bauta.policy.Principal;
import dev.bauta.policy.Role;
import dev.bauta.policy.RolePolicies;
import dev.bauta.rulefile.RuleSet;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The rules and the catalogs of one database, and the sessions that are decided by them. Rules and catalog snapshot can be
 * replaced at any time, and entries of the rules can end by themselves; open sessions follow with their next statement.
 * Thread-safe.
 */
public final class Engine {
    /** The policies with their deciders, one for each policy and way of reading text. */
    static final class Current {
        private final RolePolicies policies;
        /** In milliseconds; {@link Long#MAX_VALUE} for rules without an end. */
        private final long end;

        private final Map<DeciderKey, PolicyEngine> deciders = new ConcurrentHashMap<>();

        private record DeciderKey(Policy policy, LexerSettings settings) {}

        Current(RolePolicies policies) {
            this.policies = policies;
            this.end = policies.end().map(Instant::toEpochMilli).orElse(Long.MAX_VALUE);
        }

        RolePolicies policies() {
            return policies;
        }

        PolicyEngine decider(Policy policy, LexerSettings settings) {
            return deciders.computeIfAbsent(
                    new DeciderKey(policy, settings), key -> new PolicyEngine(key.policy(), key.settings()));
        }
    }

    private final Clock clock;
    private volatile Current current;

    private Engine(RuleSet rules, CatalogSnapshot catalog, Clock clock) {
        this.clock = clock;
        this.current = new Current(RolePolicies.of(rules, catalog, clock.instant()));
    }

    /** An engine for one database. */
    public static Engine of(RuleSet rules, CatalogSnapshot catalog) {
        return of(rules, catalog, Clock.systemUTC());
    }

    /**
     * An engine for one database.
     *
     * @param clock by which entries of the rules end
     */
    public static Engine of(RuleSet rules, CatalogSnapshot catalog, Clock clock) {
        return new Engine(rules, catalog, clock);
    }

    /**
     * An engine for the database of a connection.
     *
     * @param connection as for {@link CatalogLoader#load}
     * @throws SQLException when the catalogs cannot be read
     */
    public static Engine load(RuleSet rules, Connection connection) throws SQLException {
        Engine engine = of(rules, CatalogLoader.load(connection));
        engine.tryMasks(connection);
        return engine;
    }

    /**
     * Reads the catalogs anew if they have changed, and asks the server about masks that it was not asked about.
     *
     * @param connection as for {@link CatalogLoader#load}
     * @return true when the catalogs had changed
     * @throws SQLException when they cannot be read; the last snapshot then stays in force
     */
    public boolean refresh(Connection connection) throws SQLException {
        boolean changed = !CatalogLoader.fingerprint(connection)
                .equals(policies().catalog().fingerprint());
        if (changed) {
            replaceCatalog(CatalogLoader.load(connection));
        }
        tryMasks(connection);
        return changed;
    }

    /** Where the answer is that a mask does not fit, its relation is refused from then on, before any query fails. */
    private void tryMasks(Connection connection) throws SQLException {
        RolePolicies known = policies();
        Set<String> trials = known.trials();
        if (trials.stream().anyMatch(query -> known.catalog().trial(query) == null)) {
            Map<String, String> faults = CatalogLoader.tryQueries(connection, trials);
            if (trials.stream()
                    .allMatch(query ->
                            Objects.equals(faults.get(query), known.catalog().trial(query)))) {
                return; // It says no more than before: sessions keep what they have decided.
            }
            CatalogSnapshot tried = known.catalog().withTrials(faults);
            synchronized (this) {
                if (current.policies().catalog() == known.catalog()) {
                    replaceCatalog(tried);
                }
            }
        }
    }

    /** What is in force now, for each role. */
    public RolePolicies policies() {
        return current().policies();
    }

    /** Puts other rules in force. */
    public synchronized void replaceRules(RuleSet rules) {
        replace(rules, current.policies().catalog());
    }

    /** Puts a newer catalog snapshot in force. */
    public synchronized void replaceCatalog(CatalogSnapshot catalog) {
        replace(current.policies().rules(), catalog);
    }

    private void replace(RuleSet rules, CatalogSnapshot catalog) {
        current = new Current(RolePolicies.of(rules, catalog, clock.instant()));
    }

    /** Opens a session; its role is decided now, see {@link Session#reviewRole}. */
    public Session open(Principal principal, LexerSettings settings) {
        return open(new Standing(this, policies -> policies.roleOf(principal)), principal, settings);
    }

    /**
     * Opens a session in which statements are decided as for a role, whoever the principal is: to look at decisions, never for a
     * client.
     *
     * @param role a role's name; one that is not there has what everybody has whom no role matches
     */
    public Session preview(Principal principal, String role, LexerSettings settings) {
        return open(new Standing(this, policies -> policies.findRole(role).orElse(Role.DEFAULT)), principal, settings);
    }

    private static Session open(Standing standing, Principal principal, LexerSettings settings) {
        Role role = standing.role();
        return switch (role.access()) {
            case RAW -> new RawSession(principal, standing, settings);
            case MASKED, REFUSED -> new MaskedSession(principal, standing, settings);
        };
    }

    /** What is in force. */
    Current current() {
        Current known = current;
        return known.end == Long.MAX_VALUE || clock.millis() < known.end ? known : withoutEnded();
    }

    private synchronized Current withoutEnded() {
        if (clock.millis() >= current.end) {
            replace(current.policies().rules(), current.policies().catalog());
        }
        return current;
    }

    @Override
    public String toString() {
        return "Engine[" + policies() + "]";
    }
}
