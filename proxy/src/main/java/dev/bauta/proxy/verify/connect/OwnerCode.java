package dev.bauta.proxy.verify.connect;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

/**
 * Functions that reading a relation can call and that belong to no superuser: in row security policies, views, checks of domains and casts. In
 * a session in which a superuser has taken somebody's place they could take the superuser's.
 */
public final class OwnerCode {
    private static final String QUERY =
            """
            WITH RECURSIVE code AS (
              SELECT p.polrelid AS relid, 'pg_catalog.pg_policy'::pg_catalog.regclass::pg_catalog.oid AS classid, p.oid AS objid
              FROM pg_catalog.pg_policy p JOIN pg_catalog.pg_class c ON c.oid = p.polrelid AND c.relrowsecurity
              UNION ALL
              SELECT w.ev_class, 'pg_catalog.pg_rewrite'::pg_catalog.regclass::pg_catalog.oid, w.oid
              FROM pg_catalog.pg_rewrite w WHERE w.ev_type = '1'
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
              JOIN pg_catalog.pg_proc p ON p.oid = c.fn JOIN pg_catalog.pg_roles r ON r.oid = p.proowner AND NOT r.rolsuper
              UNION
              SELECT u.relid, r.fn FROM reach r
              JOIN uses u ON u.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND u.refobjid = r.relid
            )
            SELECT r.relid::pg_catalog.int8, pg_catalog.min(n.nspname || '.' || p.proname)
            FROM reach r JOIN pg_catalog.pg_proc p ON p.oid = r.fn JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
            GROUP BY r.relid
            """;

    private OwnerCode() {}

    /**
     * Finds them.
     *
     * @param owner a connection in the {@link dev.bauta.proxy.postgres.SafePath}
     * @return the oids of relations that call such functions, with the name of one of these
     */
    public static Map<Integer, String> find(Connection owner) throws SQLException {
        Map<Integer, String> found = new HashMap<>();
        try (Statement statement = owner.createStatement();
                ResultSet row = statement.executeQuery(QUERY)) {
            while (row.next()) {
                found.put((int) row.getLong(1), row.getString(2));
            }
        }
        return found;
    }
}
