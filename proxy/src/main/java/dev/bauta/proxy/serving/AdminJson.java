package dev.bauta.proxy.serving;

import dev.bauta.catalog.Relation;
import dev.bauta.policy.Policy;
import dev.bauta.policy.Protection;
import dev.bauta.policy.Role;
import dev.bauta.policy.RolePolicies;
import dev.bauta.proxy.audit.JsonText;
import dev.bauta.proxy.trail.SessionIdentity;
import dev.bauta.rulefile.Access;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What the endpoint for administrators shows, as JSON. */
final class AdminJson {
    private static final Set<String> SYSTEM = Set.of("pg_catalog", "information_schema");

    private AdminJson() {}

    static String sessions(Collection<SessionIdentity> sessions) {
        List<SessionIdentity> sorted = sessions.stream()
                .sorted(Comparator.comparing(SessionIdentity::since))
                .toList();
        return new JsonText().addObjects("sessions", sorted, AdminJson::write).close();
    }

    private static void write(JsonText json, SessionIdentity session) {
        json.add("id", session.id())
                .add("user", session.principal().user())
                .add("database", session.principal().database())
                .add("role", session.role().name())
                .add("access", lower(session.role().access()))
                .add("client", session.client())
                .add("application", session.application())
                .add("since", session.since().toString());
    }

    /** What is masked by which rule, for each role in each database. */
    static String rules(Map<String, RolePolicies> policies) {
        return new JsonText()
                .addObjects(
                        "databases",
                        policies.entrySet(),
                        (json, database) -> write(json, database.getKey(), database.getValue()))
                .close();
    }

    private static void write(JsonText json, String database, RolePolicies policies) {
        json.add("database", database)
                .add("policy", policies.rules().version())
                .addObjects("roles", policies.roles(), (inner, role) -> write(inner, role, policies));
    }

    /** A raw role sees everything, and a refused one nothing. */
    private static void write(JsonText json, Role role, RolePolicies policies) {
        json.add("role", role.name()).add("access", lower(role.access())).add("purpose", role.purpose());
        if (role.access() == Access.MASKED) {
            Policy policy = policies.policyOf(role);
            List<Relation> relations = policy.catalog().relations().stream()
                    .filter(relation -> !SYSTEM.contains(relation.name().schema()))
                    .filter(relation -> !(policy.protection(relation) instanceof Protection.Clear))
                    .sorted(Comparator.comparing(Relation::name))
                    .toList();
            json.addObjects("relations", relations, (inner, relation) -> write(inner, relation, policy));
        }
    }

    private static void write(JsonText json, Relation relation, Policy policy) {
        json.add("relation", relation.name().toString());
        Protection protection = policy.protection(relation);
        if (protection instanceof Protection.Refused refused) {
            json.add("refused", refused.reason());
        } else if (protection instanceof Protection.Masked masked) {
            List<Protection.MaskedColumn> columns = masked.columns().values().stream()
                    .sorted(Comparator.comparing(column -> column.column().number()))
                    .toList();
            json.addObjects("columns", columns, (inner, column) -> inner.add(
                            "column", column.column().name())
                    .add("mask", column.mask().name())
                    .add("tag", column.tag())
                    .add("rule", column.rule()));
        }
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
