package dev.bauta.catalog;

import java.sql.SQLException;

/**
 * A digest over the catalog rows that a snapshot is made of.
 *
 * <p>Each DDL statement writes a new version of some row, whose {@code xmin} is its transaction. ANALYZE and VACUUM
 * update {@code pg_class} in place, which leaves {@code xmin} alone, and so does freezing since PostgreSQL 9.4. What
 * belongs to temporary tables is left out, or every CREATE TEMP TABLE of any session would cost a new snapshot. What gives a relation other
 * files, as TRUNCATE and REFRESH do, writes a new version of its row in {@code pg_class}: of these the columns count that tell what it is. So it is
 * with triggers, which are disabled and enabled again around loads of data.
 *
 * <p>Types that are made in a temporary schema count, unlike the rows of temporary tables: a column of a permanent table can be of one. What foreign
 * tables, servers and wrappers are told decides whether a view can be written to.
 *
 * <p>Copies of one server that have gone different ways, as after a failover behind one address or a recovery to an earlier point, can have
 * the same numbers for other things. The time at which the server was started tells them apart.
 */
final class Fingerprint {
    /** Of {@code pg_class}: what tells what a relation is, nothing of storage and statistics, and nothing that is changed in place. */
    static final String RELATION_COLUMNS =
            "oid, relname, relnamespace, reltype, reloftype, relowner, relkind, relpersistence, relnatts, relchecks, relrowsecurity,"
                    + " relforcerowsecurity, relispartition, relacl, reloptions, relpartbound";

    private static final String QUERY =
            """
            WITH temporary AS MATERIALIZED (
              SELECT oid FROM pg_catalog.pg_namespace WHERE nspname ~ '^pg_(toast_)?temp_'
            ), temporary_relation AS MATERIALIZED (
              SELECT oid FROM pg_catalog.pg_class WHERE relpersistence = 't' AND relkind <> 'c'
            ), no_table AS MATERIALIZED (
              SELECT oid FROM pg_catalog.pg_class WHERE relpersistence = 't' AND relkind <> 'c' OR relkind IN ('i', 'I', 't')
            ), versions (catalog, oid, number, version) AS (
              SELECT 1, oid, 0, xmin FROM pg_catalog.pg_namespace WHERE oid NOT IN (SELECT oid FROM temporary)
              UNION ALL
              SELECT 3, a.attrelid, a.attnum, a.xmin FROM pg_catalog.pg_attribute a
              WHERE a.attnum > 0 AND a.attrelid NOT IN (SELECT oid FROM no_table)
              UNION ALL
              SELECT 4, oid, 0, xmin FROM pg_catalog.pg_type WHERE typtype = 'd' OR typnamespace NOT IN (SELECT oid FROM temporary)
              UNION ALL
              SELECT 5, oid, 0, xmin FROM pg_catalog.pg_proc
              UNION ALL
              SELECT 6, oid, 0, xmin FROM pg_catalog.pg_rewrite
              WHERE ev_class NOT IN (SELECT oid FROM temporary_relation)
              UNION ALL
              SELECT 7, inhrelid, inhseqno, xmin FROM pg_catalog.pg_inherits
              WHERE inhrelid NOT IN (SELECT oid FROM temporary_relation)
              UNION ALL
              SELECT 8, oid, 0, xmin FROM pg_catalog.pg_constraint
              WHERE contypid <> 0 OR connamespace NOT IN (SELECT oid FROM temporary)
              UNION ALL
              SELECT 9, oid, 0, xmin FROM pg_catalog.pg_attrdef
              WHERE adrelid NOT IN (SELECT oid FROM temporary_relation)
              UNION ALL
              SELECT 10, oid, 0, xmin FROM pg_catalog.pg_operator
              UNION ALL
              SELECT 11, oid, 0, xmin FROM pg_catalog.pg_cast
              UNION ALL
              SELECT 12, oid, 0, xmin FROM pg_catalog.pg_extension
              UNION ALL
              SELECT 13, objid, 0, xmin FROM pg_catalog.pg_depend
              WHERE refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass AND deptype = 'e'
              UNION ALL
              SELECT 14, oid, 0, xmin FROM pg_catalog.pg_collation
              UNION ALL
              SELECT 15, rngtypid, 0, xmin FROM pg_catalog.pg_range
              UNION ALL
              SELECT 16, objoid, objsubid, xmin FROM pg_catalog.pg_description
              WHERE classoid = 'pg_catalog.pg_class'::pg_catalog.regclass AND objsubid > 0
                AND objoid NOT IN (SELECT oid FROM no_table)
              UNION ALL
              SELECT 18, indexrelid, 0, xmin FROM pg_catalog.pg_index
              WHERE indrelid NOT IN (SELECT oid FROM no_table)
              UNION ALL
              SELECT 19, oid, 0, xmin FROM pg_catalog.pg_policy
              WHERE polrelid NOT IN (SELECT oid FROM temporary_relation)
              UNION ALL
              SELECT 22, oid, 0, xmin FROM pg_catalog.pg_opclass
              UNION ALL
              SELECT 23, oid, 0, xmin FROM pg_catalog.pg_amproc WHERE amproc::pg_catalog.oid >= 16384
              UNION ALL
              SELECT 24, oid, 0, xmin FROM pg_catalog.pg_amop WHERE oid >= 16384
              UNION ALL
              SELECT 25, oid, 0, xmin FROM pg_catalog.pg_language
              UNION ALL
              SELECT 26, oid, 0, xmin FROM pg_catalog.pg_foreign_data_wrapper
              UNION ALL
              SELECT 27, oid, 0, xmin FROM pg_catalog.pg_foreign_server
              UNION ALL
              SELECT 28, ftrelid, 0, xmin FROM pg_catalog.pg_foreign_table
              UNION ALL
              SELECT 20, objoid, objsubid, xmin FROM pg_catalog.pg_seclabel
              WHERE classoid = 'pg_catalog.pg_class'::pg_catalog.regclass AND objsubid > 0
            ), digest (line) AS (
              SELECT catalog || ' ' || pg_catalog.count(*) || ' ' || pg_catalog.sum(pg_catalog.hashint8extended(
                  (oid::pg_catalog.int8 << 32) | version::pg_catalog.text::pg_catalog.int8, number))
              FROM versions GROUP BY catalog
              UNION ALL
              SELECT '2 ' || pg_catalog.count(*) || ' ' || pg_catalog.sum(pg_catalog.hashtextextended(
                  ROW(%s)::pg_catalog.text, 0))
              FROM pg_catalog.pg_class
              WHERE relkind = 'c' OR relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND relpersistence <> 't'
              UNION ALL
              SELECT '21 ' || pg_catalog.count(*) || ' ' || pg_catalog.sum(pg_catalog.hashtextextended(
                  ROW(oid, tgrelid, tgname, tgfoid, tgtype, tgattr, tgqual)::pg_catalog.text, 0))
              FROM pg_catalog.pg_trigger
              WHERE NOT tgisinternal AND tgrelid NOT IN (SELECT oid FROM temporary_relation)
              UNION ALL
              SELECT '17 ' || pg_catalog.count(*) || ' ' || pg_catalog.sum(pg_catalog.hashtextextended(
                  pg_catalog.length(r.rolname::pg_catalog.text) || ' ' || r.rolname || ' ' || m.rolname, 0))
              FROM pg_catalog.pg_auth_members a
              JOIN pg_catalog.pg_roles r ON r.oid = a.roleid
              JOIN pg_catalog.pg_roles m ON m.oid = a.member
            )
            SELECT pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to(
                pg_catalog.current_setting('server_version_num') || ' ' || pg_catalog.current_database() || ' '
                || pg_catalog.encode(pg_catalog.timestamptz_send(pg_catalog.pg_postmaster_start_time()), 'hex') || ' '
                || pg_catalog.string_agg(line, ';' ORDER BY line), 'UTF8')), 'hex')
            FROM digest
            """
                    .formatted(RELATION_COLUMNS);

    private Fingerprint() {}

    static String read(CatalogTransaction transaction) throws SQLException {
        StringBuilder result = new StringBuilder();
        transaction.query(QUERY, row -> result.append(row.getString(1)));
        return result.toString();
    }
}
