package dev.bauta.proxy.review;

import dev.bauta.catalog.Column;
import dev.bauta.catalog.ColumnOrigin;
import dev.bauta.catalog.Relation;
import dev.bauta.policy.Classification;
import dev.bauta.policy.Policy;
import dev.bauta.policy.Protection;
import dev.bauta.policy.Protection.MaskedColumn;
import dev.bauta.policy.Role;
import dev.bauta.policy.RolePolicies;
import dev.bauta.rulefile.Access;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Masked roles that see the same, with what they see. Immutable.
 *
 * @param roles their names
 * @param policy what they see
 * @param classification what the rules say to them of columns by themselves
 */
record Audience(List<String> roles, Policy policy, Classification classification) {
    Audience {
        roles = List.copyOf(roles);
    }

    /** All masked roles. */
    static List<Audience> of(RolePolicies policies) {
        Map<Policy, List<Role>> sharing = new LinkedHashMap<>();
        policies.roles().stream()
                .filter(role -> role.access() == Access.MASKED)
                .forEach(role -> sharing.computeIfAbsent(policies.policyOf(role), none -> new ArrayList<>())
                        .add(role));
        return sharing.entrySet().stream()
                .map(entry -> new Audience(
                        entry.getValue().stream().map(Role::name).toList(),
                        entry.getKey(),
                        policies.classificationOf(entry.getValue().get(0))))
                .toList();
    }

    /** How a column is masked, null for a clear one and for one of a refused relation. */
    @Nullable
    MaskedColumn masked(Relation relation, Column column) {
        return policy.protection(relation) instanceof Protection.Masked masked
                ? masked.columns().get(column.number())
                : null;
    }

    /** True for a relation that must not be read at all. */
    boolean isRefused(Relation relation) {
        return policy.protection(relation) instanceof Protection.Refused;
    }

    /** True for a column that is not shown as it is. */
    boolean hides(ColumnOrigin origin) {
        Relation relation = policy.catalog().relation(origin.relation());
        return relation != null && !policy.protection(relation).isClear(origin.column());
    }
}
