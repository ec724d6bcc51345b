package dev.bauta.proxy.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

/**
 * Functions that reading a relation can call, and that belong neither to a superuser nor to the connection's user: in row security policies,
 * views, checks of domains and casts, and in what the planner evaluates as soon as a statement names the relation, which are indexes, checks,
 * statistics and partition keys, its children's included. They would run with the rights of whoever reads; in a session in which a superuser has
 * taken somebody's place they could take the superuser's.
 */
public final class OwnerCode {
    private static final String QUERY =
            """
            WITH RECURSIVE code AS (
              SELECT p.polrelid AS relid, 'pg_catalog.pg_policy'::pg_catalog.regclass::pg_catalog.oid AS classid, p.oid AS objid
              FROM pg_catalog.pg_policy p JOIN pg_catalog.pg_class c ON c.oid = p.polrelid AND %s
              UNION ALL
              SELECT w.ev_class, 'pg_catalog.pg_rewrite'::pg_catalog.regclass::pg_catalog.oid, w.oid
              FROM pg_catalog.pg_rewrite w WHERE w.ev_type = '1'
              UNION ALL
              SELECT i.indrelid, 'pg_catalog.pg_class'::pg_catalog.regclass::pg_catalog.oid, i.indexrelid
              FROM pg_catalog.pg_index i WHERE i.indexprs IS NOT NULL OR i.indpred IS NOT NULL
              UNION ALL
              SELECT k.conrelid, 'pg_catalog.pg_constraint'::pg_catalog.regclass::pg_catalog.oid, k.oid
              FROM pg_catalog.pg_constraint k WHERE k.conrelid <> 0 AND k.contype = 'c'
              UNION ALL
              SELECT s.stxrelid, 'pg_catalog.pg_statistic_ext'::pg_catalog.regclass::pg_catalog.oid, s.oid
              FROM pg_catalog.pg_statistic_ext s
              UNION ALL
              SELECT p.partrelid, 'pg_catalog.pg_class'::pg_catalog.regclass::pg_catalog.oid, p.partrelid
              FROM pg_catalog.pg_partitioned_table p WHERE p.partexprs IS NOT NULL
              UNION ALL
              SELECT h.inhrelid, 'pg_catalog.pg_class'::pg_catalog.regclass::pg_catalog.oid, p.partrelid
              FROM pg_catalog.pg_partitioned_table p JOIN pg_catalog.pg_inherits h ON h.inhparent = p.partrelid
              WHERE p.partexprs IS NOT NULL
            ), uses AS (
              SELECT c.relid, d.refclassid, d.refobjid
              FROM code c JOIN pg_catalog.pg_depend d ON d.classid = c.classid AND d.objid = c.objid
              UNION
              SELECT a.attrelid, 'pg_catalog.pg_type'::pg_catalog.regclass::pg_catalog.oid, t.oid
              FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_type b ON b.oid = a.atttypid
              JOIN pg_catalog.pg_type t ON t.oid IN (b.oid, b.typelem, b.typbasetype)
              WHERE a.attnum > 0 AND NOT a.attisdropped AND t.oid >= 16384
            ), calls AS (
              SELECT u.relid, u.refobjid AS fn FROM uses u WHERE u.refclassid = 'pg_catalog.pg_proc'::pg_catalog.regclass
              UNION
              SELECT u.relid, o.oprcode::pg_catalog.oid FROM uses u JOIN pg_catalog.pg_operator o ON o.oid = u.refobjid
              WHERE u.refclassid = 'pg_catalog.pg_operator'::pg_catalog.regclass
              UNION
              SELECT u.relid, d.refobjid FROM uses u JOIN pg_catalog.pg_constraint k ON k.contypid = u.refobjid
              JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_constraint'::pg_catalog.regclass AND d.objid = k.oid
                AND d.refclassid = 'pg_catalog.pg_proc'::pg_catalog.regclass
              WHERE u.refclassid = 'pg_catalog.pg_type'::pg_catalog.regclass
              UNION
              SELECT u.relid, k.castfunc FROM uses u JOIN pg_catalog.pg_cast k ON k.castsource = u.refobjid OR k.casttarget = u.refobjid
              WHERE u.refclassid = 'pg_catalog.pg_type'::pg_catalog.regclass
            ), reach AS (
              SELECT c.relid, c.fn FROM calls c
              JOIN pg_catalog.pg_proc p ON p.oid = c.fn JOIN pg_catalog.pg_roles r ON r.oid = p.proowner
                AND NOT r.rolsuper AND r.rolname <> CURRENT_USER
              UNION
              SELECT u.relid, r.fn FROM reach r JOIN (
                SELECT s.relid, s.refobjid FROM uses s WHERE s.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
                UNION
                SELECT h.inhparent, h.inhrelid FROM pg_catalog.pg_inherits h) u ON u.refobjid = r.relid
            )
            SELECT r.relid::pg_catalog.int8, pg_catalog.min(n.nspname || '.' || p.proname)
            FROM reach r JOIN pg_catalog.pg_proc p ON p.oid = r.fn JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
            GROUP BY r.relid
            """;

    private OwnerCode() {}

    /**
     * Finds them for whoever is subject to row security.
     *
     * @param connection in the {@link SafePath}
     * @return the oids of relations that call such functions, with the name of one of these
     */
    public static Map<Integer, String> find(Connection connection) throws SQLException {
        return find(connection, "c.relrowsecurity");
    }

    /** The same for the connection's own user, who may be above row security. */
    public static Map<Integer, String> findForUser(Connection connection) throws SQLException {
        return find(connection, "pg_catalog.row_security_active(c.oid)");
    }

    private static Map<Integer, String> find(Connection connection, String policed) throws SQLException {
        Map<Integer, String> found = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(QUERY.formatted(policed))) {
            while (row.next()) {
                found.put((int) row.getLong(1), row.getString(2));
            }
        }
        return found;
    }
}
