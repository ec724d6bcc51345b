package dev.bauta.rulefile;

import java.util.List;

/**
 * Whom a role is for: those whom every given condition fits. What is not known of somebody fits no condition. Immutable.
 *
 * @param users patterns over the database user; empty for anybody, and so with the others
 * @param memberOf patterns over PostgreSQL roles of which the user is a member, directly or not
 * @param databases patterns over the database
 * @param networks where the client comes from
 * @param tls true when the client's connection must be encrypted
 * @param certificates patterns over the subject of the client's verified certificate, an RFC 2253 distinguished name
 */
public record RoleConditions(
        List<NamePattern> users,
        List<NamePattern> memberOf,
        List<NamePattern> databases,
        List<Network> networks,
        boolean tls,
        List<NamePattern> certificates) {
    public RoleConditions {
        users = List.copyOf(users);
        memberOf = List.copyOf(memberOf);
        databases = List.copyOf(databases);
        networks = List.copyOf(networks);
        certificates = List.copyOf(certificates);
    }

    /** By user alone. */
    public static RoleConditions ofUsers(List<NamePattern> users) {
        return new RoleConditions(users, List.of(), List.of(), List.of(), false, List.of());
    }

    /** True when the user's name alone decides. */
    boolean isByUser() {
        return equals(ofUsers(users));
    }
}
