package dev.bauta.proxy.verify;

import dev.bauta.catalog.Relation;
import dev.bauta.catalog.RelationKind;
import dev.bauta.engine.Engine;
import dev.bauta.policy.Policy;
import dev.bauta.policy.Principal;
import dev.bauta.policy.Protection;
import dev.bauta.policy.Role;
import dev.bauta.policy.RolePolicies;
import dev.bauta.proxy.catalog.CatalogUnavailableException;
import dev.bauta.proxy.postgres.OwnerCode;
import dev.bauta.proxy.verify.attack.SelfTest;
import dev.bauta.proxy.verify.connect.Connections;
import dev.bauta.proxy.verify.connect.LocalProxy;
import dev.bauta.proxy.verify.connect.Side;
import dev.bauta.proxy.verify.connect.TwoSides;
import dev.bauta.proxy.verify.connect.UserAccess;
import dev.bauta.proxy.verify.data.Failures;
import dev.bauta.proxy.verify.data.JoinVerifier;
import dev.bauta.proxy.verify.data.RelationVerifier;
import dev.bauta.proxy.verify.result.Area;
import dev.bauta.proxy.verify.result.Check;
import dev.bauta.proxy.verify.result.Environment;
import dev.bauta.proxy.verify.result.Status;
import dev.bauta.proxy.verify.result.Verification;
import dev.bauta.rulefile.Access;
import dev.bauta.rulefile.RuleFile;
import dev.bauta.rulefile.RuleSet;
import dev.bauta.rulefile.Treatment;
import dev.bauta.yaml.InvalidFileException;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Verifies rules on a live database. One verification each. Not thread-safe but for {@link #abort}. */
public final class Verifier {
    private static final Set<RelationKind> NOT_READ = Set.of(RelationKind.SEQUENCE, RelationKind.TOAST);

    private final Request request;
    private final Connections connections;
    private final Consumer<String> progress;
    private final Clock clock;
    private final String version;
    private final List<Check> checks = new ArrayList<>();
    /** Relations that are not read in the place of another user, with a function that doing so would call. */
    private Map<Integer, String> untrusted = Map.of();

    /**
     * @param connections whose application name should be this verification's alone, so that all it leaves behind can be ended
     * @param progress is told what goes on, a line each time
     * @param version Bauta's own
     */
    public Verifier(Request request, Connections connections, Consumer<String> progress, Clock clock, String version) {
        this.request = request;
        this.connections = connections;
        this.progress = progress;
        this.clock = clock;
        this.version = version;
    }

    /**
     * Runs all checks.
     *
     * @throws InvalidFileException when the rule file has problems
     * @throws UnsuitableUserException when the user is not masked
     * @throws UnknownTableException when a pattern of the request fits nothing
     * @throws CatalogUnavailableException when the proxy cannot read the catalogs
     * @throws SQLException when the database cannot be reached as the request says
     */
    public Verification run()
            throws InvalidFileException, UnsuitableUserException, UnknownTableException, CatalogUnavailableException,
                    SQLException, IOException {
        Instant started = clock.instant();
        RuleSet rules = RuleFile.load(request.rules());
        Engine engine = loadEngine(rules);
        Principal principal = new Principal(request.user(), request.target().database());
        Role role = requireMasked(engine.policies(), principal);
        Environment environment;
        if (request.login().isPresent()) {
            try (LocalProxy proxy = LocalProxy.start(request.target(), rules)) {
                environment = verify(
                        engine,
                        role,
                        new UserAccess.Proxied(
                                connections,
                                request.target(),
                                proxy,
                                engine,
                                request.login().get()));
            }
        } else {
            environment = verify(
                    engine, role, new UserAccess.Impersonated(connections, request.target(), engine, request.user()));
        }
        if (request.attacks()) {
            checks.addAll(selfTest());
        }
        return new Verification(environment, started, Duration.between(started, clock.instant()), checks);
    }

    /** Ends the verification from another thread: {@link #run} fails soon, and cleans up. */
    public void abort() {
        connections.abort();
    }

    private Engine loadEngine(RuleSet rules) throws SQLException, UnsuitableUserException {
        progress.accept("reading the catalogs");
        try (Connection owner = connections.openOwner(request.target(), Map.of())) {
            if (request.login().isEmpty()) {
                requireImpersonation(owner);
                untrusted = OwnerCode.find(owner);
            }
            return Engine.load(rules, owner);
        }
    }

    private void requireImpersonation(Connection owner) throws SQLException, UnsuitableUserException {
        String sql = "SELECT (SELECT r.rolsuper FROM pg_catalog.pg_roles r WHERE r.rolname = CURRENT_USER),"
                + " EXISTS (SELECT FROM pg_catalog.pg_roles r WHERE r.rolname = ?)";
        try (PreparedStatement statement = owner.prepareStatement(sql)) {
            statement.setString(1, request.user());
            try (ResultSet result = statement.executeQuery()) {
                result.next();
                if (!result.getBoolean(2)) {
                    throw new UnsuitableUserException(
                            "there is no user " + request.user() + "; name one who is shown masks with --as");
                }
                if (!result.getBoolean(1)) {
                    throw new UnsuitableUserException(
                            "the user " + request.target().owner().user() + " is no superuser and cannot act for "
                                    + request.user()
                                    + "; say where that user's password is with --as-password-from");
                }
            }
        }
    }

    private static Role requireMasked(RolePolicies policies, Principal principal) throws UnsuitableUserException {
        Role role = policies.roleOf(principal);
        if (role.access() != Access.MASKED) {
            throw new UnsuitableUserException("the user " + principal.user() + " has the role " + role.name()
                    + ", which the rules give "
                    + (role.access() == Access.RAW ? "raw data" : "no access")
                    + "; name a user who is shown masks with --as");
        }
        return role;
    }

    private Environment verify(Engine engine, Role role, UserAccess access) throws SQLException, UnknownTableException {
        Policy policy = engine.policies().policyOf(role);
        List<Relation> relations = chosen(policy);
        try (TwoSides sides = TwoSides.open(access);
                Side again = access.openMasked()) {
            RelationVerifier verifier = new RelationVerifier(sides, again, request.limits());
            int done = 0;
            for (Relation relation : relations) {
                progress.accept("%d of %d: %s".formatted(++done, relations.size(), relation.name()));
                Protection protection = policy.protection(relation);
                boolean unread = untrusted.containsKey(relation.oid()) && !(protection instanceof Protection.Refused);
                checks.addAll(unread ? List.of(unread(relation)) : verifier.verify(relation, protection));
            }
            progress.accept("joins");
            checks.addAll(new JoinVerifier(sides, policy.catalog(), policy::protection, untrusted.keySet())
                    .verify(relations));
            if (checks.stream().allMatch(check -> check.status() == Status.SKIPPED)) {
                checks.add(nothingCompared());
            }
            checks.addAll(idleRules(policy));
            return environment(policy, role, access, sides.raw());
        }
    }

    /** A verification that has looked at nothing has not passed. */
    private Check nothingCompared() {
        return Check.of(
                Area.COMPLIANCE,
                "database " + request.target().database(),
                "coverage",
                Status.FAILED,
                "nothing was compared: the rules protect no table here, or the user may read none that they protect");
    }

    private Check unread(Relation relation) {
        return Check.of(
                Area.COMPLIANCE,
                relation.name().toString(),
                "rows",
                Status.FAILED,
                "could not be checked: reading it can call " + untrusted.get(relation.oid())
                        + ", whose owner is no superuser, with a superuser's rights; say where the user's password is"
                        + " with --as-password-from");
    }

    private List<Relation> chosen(Policy policy) throws UnknownTableException {
        List<Relation> relations = policy.catalog().relations().stream()
                .filter(relation -> !NOT_READ.contains(relation.kind()))
                .filter(relation -> !isSystem(relation))
                .filter(relation -> request.clear() || !(policy.protection(relation) instanceof Protection.Clear))
                .filter(relation -> request.tables().isEmpty()
                        || request.tables().stream().anyMatch(pattern -> pattern.matches(relation.name())))
                .sorted(Comparator.comparing(Relation::name))
                .toList();
        for (TablePattern pattern : request.tables()) {
            if (relations.stream().noneMatch(relation -> pattern.matches(relation.name()))) {
                throw new UnknownTableException(pattern, request.clear());
            }
        }
        return relations;
    }

    private static boolean isSystem(Relation relation) {
        String schema = relation.name().schema();
        return schema.startsWith("pg_") || schema.equals("information_schema");
    }

    /** Rules that mask no column of this database protect nothing, which their author may not know. */
    private static List<Check> idleRules(Policy policy) {
        List<Protection> protections =
                policy.catalog().relations().stream().map(policy::protection).toList();
        return policy.rules().columns().stream()
                .filter(rule -> rule.treatment().orElse(null) instanceof Treatment.Masked)
                .filter(rule -> protections.stream()
                        .noneMatch(one -> isBy(rule.at().withoutFolder().toString(), one)))
                .map(rule -> Check.of(
                                Area.COMPLIANCE,
                                rule.columns().columns().stream()
                                        .map(Object::toString)
                                        .collect(Collectors.joining(", ")),
                                "rule",
                                Status.WARNING,
                                "the rule protects no column of this database from this user")
                        .withRule(rule.at().withoutFolder().toString()))
                .toList();
    }

    private static boolean isBy(String rule, Protection protection) {
        if (protection instanceof Protection.Masked masked) {
            return masked.columns().values().stream()
                    .anyMatch(column -> column.rule().equals(rule));
        }
        return protection instanceof Protection.Refused refused
                && refused.reason().contains(rule);
    }

    private List<Check> selfTest() {
        try {
            return new SelfTest(request.target(), connections, progress).run(request.login());
        } catch (SQLException | IOException | RuntimeException e) {
            return List.of(Failures.toCheck(Area.ATTACKS, "self-test", "attacks", e));
        }
    }

    private Environment environment(Policy policy, Role role, UserAccess access, Side raw) throws SQLException {
        raw.begin();
        String server = raw.texts("SELECT pg_catalog.current_setting('server_version')")
                .iterator()
                .next();
        return new Environment(
                request.target().server().toString(),
                server,
                request.target().database(),
                request.user(),
                role.name(),
                request.rules().toString(),
                policy.rules().version(),
                access.description(),
                request.limits().sample() == 0
                        ? "all rows"
                        : "a sample of about %,d rows of each table"
                                .formatted(request.limits().sample()),
                version);
    }
}
