package dev.bauta.catalog;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Reads of which PostgreSQL roles each role is a member. */
final class MembershipReader {
    private static final String QUERY =
            """
            WITH RECURSIVE membership (member, role) AS (
              SELECT member, roleid FROM pg_catalog.pg_auth_members
              UNION
              SELECT m.member, a.roleid
              FROM membership m
              JOIN pg_catalog.pg_auth_members a ON a.member = m.role
            )
            SELECT m.rolname, r.rolname
            FROM membership
            JOIN pg_catalog.pg_roles m ON m.oid = membership.member
            JOIN pg_catalog.pg_roles r ON r.oid = membership.role
            """;

    private MembershipReader() {}

    /** By member the roles, those of which it is a member through others included. */
    static Map<String, Set<String>> read(CatalogTransaction transaction) throws SQLException {
        Map<String, Set<String>> memberships = new HashMap<>();
        transaction.query(QUERY, row -> memberships
                .computeIfAbsent(row.getString(1), member -> new HashSet<>())
                .add(row.getString(2)));
        return memberships;
    }
}
