package dev.bauta.catalog;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

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
 * <p>The catalogs are read in parts, so that a session that looks whether they have changed holds few locks at once: PostgreSQL's table of a
 * session's locks grows with them, does not shrink, and is walked through at the end of each later transaction
 * ({@code LockReleaseAll} in {@code src/backend/storage/lmgr/lock.c}). With 70 locks a statement of 50 µs takes 2 % longer from then on.
 *
 * <p>Copies of one server that have gone different ways, as after a failover behind one address or a recovery to an earlier point, can have
 * the same numbers for other things. The time at which the server was started tells them apart.
 */
final class Fingerprint {
    /** Of {@code pg_class}: what tells what a relation is, nothing of storage and statistics, and nothing that is changed in place. */
    static final String RELATION_COLUMNS =
            "oid, relname, relnamespace, reltype, reloftype, relowner, relkind, relpersistence, relnatts, relchecks, relrowsecurity,"
                    + " relforcerowsecurity, relispartition, relacl, reloptions, relpartbound";

    private static final String TEMPORARY_RELATIONS =
            "SELECT oid FROM pg_catalog.pg_class WHERE relpersistence = 't' AND relkind <> 'c'";

    /** What one part reads: for each catalog a line. */
    private static final String VERSIONS =
            """
            WITH temporary AS MATERIALIZED (
              SELECT oid FROM pg_catalog.pg_namespace WHERE nspname ~ '^pg_(toast_)?temp_'
            ), temporary_relation AS MATERIALIZED (
              %1$s
            ), no_table AS MATERIALIZED (
              %1$s OR relkind IN ('i', 'I', 't')
            ), versions (catalog, oid, number, version) AS (
              %2$s
            )
            SELECT catalog || ' ' || pg_catalog.count(*) || ' ' || pg_catalog.sum(pg_catalog.hashint8extended(
                (oid::pg_catalog.int8 << 32) | version::pg_catalog.text::pg_catalog.int8, number))
            FROM versions GROUP BY catalog
            """;

    /** None takes more than about 16 locks, indexes included, for which a session's table of locks has room from its start. */
    static final List<String> PARTS = List.of(
            """
            SELECT pg_catalog.current_setting('server_version_num') || ' ' || pg_catalog.current_database() || ' '
                || pg_catalog.encode(pg_catalog.timestamptz_send(pg_catalog.pg_postmaster_start_time()), 'hex')
            """,
            versions(
                    """
                    SELECT 3, a.attrelid, a.attnum, a.xmin FROM pg_catalog.pg_attribute a
                    WHERE a.attnum > 0 AND a.attrelid NOT IN (SELECT oid FROM no_table)
                    """,
                    """
                    SELECT 16, objoid, objsubid, xmin FROM pg_catalog.pg_description
                    WHERE classoid = 'pg_catalog.pg_class'::pg_catalog.regclass AND objsubid > 0
                      AND objoid NOT IN (SELECT oid FROM no_table)
                    """,
                    """
                    SELECT 18, indexrelid, 0, xmin FROM pg_catalog.pg_index
                    WHERE indrelid NOT IN (SELECT oid FROM no_table)
                    """,
                    """
                    SELECT 20, objoid, objsubid, xmin FROM pg_catalog.pg_seclabel
                    WHERE classoid = 'pg_catalog.pg_class'::pg_catalog.regclass AND objsubid > 0
                    """),
            versions(
                    """
                    SELECT 6, oid, 0, xmin FROM pg_catalog.pg_rewrite
                    WHERE ev_class NOT IN (SELECT oid FROM temporary_relation)
                    """,
                    """
                    SELECT 7, inhrelid, inhseqno, xmin FROM pg_catalog.pg_inherits
                    WHERE inhrelid NOT IN (SELECT oid FROM temporary_relation)
                    """,
                    """
                    SELECT 9, oid, 0, xmin FROM pg_catalog.pg_attrdef
                    WHERE adrelid NOT IN (SELECT oid FROM temporary_relation)
                    """),
            versions(
                    "SELECT 1, oid, 0, xmin FROM pg_catalog.pg_namespace WHERE oid NOT IN (SELECT oid FROM temporary)",
                    """
                    SELECT 4, oid, 0, xmin FROM pg_catalog.pg_type
                    WHERE typtype = 'd' OR typnamespace NOT IN (SELECT oid FROM temporary)
                    """,
                    """
                    SELECT 8, oid, 0, xmin FROM pg_catalog.pg_constraint
                    WHERE contypid <> 0 OR connamespace NOT IN (SELECT oid FROM temporary)
                    """),
            versions(
                    "SELECT 5, oid, 0, xmin FROM pg_catalog.pg_proc",
                    "SELECT 10, oid, 0, xmin FROM pg_catalog.pg_operator",
                    "SELECT 11, oid, 0, xmin FROM pg_catalog.pg_cast",
                    "SELECT 12, oid, 0, xmin FROM pg_catalog.pg_extension"),
            versions(
                    """
                    SELECT 13, objid, 0, xmin FROM pg_catalog.pg_depend
                    WHERE refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass AND deptype = 'e'
                    """,
                    "SELECT 14, oid, 0, xmin FROM pg_catalog.pg_collation",
                    "SELECT 15, rngtypid, 0, xmin FROM pg_catalog.pg_range",
                    "SELECT 22, oid, 0, xmin FROM pg_catalog.pg_opclass"),
            versions(
                    "SELECT 23, oid, 0, xmin FROM pg_catalog.pg_amproc WHERE amproc::pg_catalog.oid >= 16384",
                    "SELECT 24, oid, 0, xmin FROM pg_catalog.pg_amop WHERE oid >= 16384",
                    "SELECT 25, oid, 0, xmin FROM pg_catalog.pg_language",
                    "SELECT 26, oid, 0, xmin FROM pg_catalog.pg_foreign_data_wrapper"),
            versions(
                    "SELECT 27, oid, 0, xmin FROM pg_catalog.pg_foreign_server",
                    "SELECT 28, ftrelid, 0, xmin FROM pg_catalog.pg_foreign_table",
                    """
                    SELECT 19, oid, 0, xmin FROM pg_catalog.pg_policy
                    WHERE polrelid NOT IN (SELECT oid FROM temporary_relation)
                    """),
            """
            SELECT pg_catalog.concat('2 ', pg_catalog.count(*), ' ', pg_catalog.sum(pg_catalog.hashtextextended(
                ROW(%s)::pg_catalog.text, 0)))
            FROM pg_catalog.pg_class
            WHERE relkind = 'c' OR relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND relpersistence <> 't'
            """
                    .formatted(RELATION_COLUMNS),
            """
            SELECT pg_catalog.concat('21 ', pg_catalog.count(*), ' ', pg_catalog.sum(pg_catalog.hashtextextended(
                ROW(oid, tgrelid, tgname, tgfoid, tgtype, tgattr, tgqual)::pg_catalog.text, 0)))
            FROM pg_catalog.pg_trigger
            WHERE NOT tgisinternal AND tgrelid NOT IN (
              %s)
            """
                    .formatted(TEMPORARY_RELATIONS),
            """
            SELECT pg_catalog.concat('17 ', pg_catalog.count(*), ' ', pg_catalog.sum(pg_catalog.hashtextextended(
                pg_catalog.length(r.rolname::pg_catalog.text) || ' ' || r.rolname || ' ' || m.rolname, 0)))
            FROM pg_catalog.pg_auth_members a
            JOIN pg_catalog.pg_roles r ON r.oid = a.roleid
            JOIN pg_catalog.pg_roles m ON m.oid = a.member
            """);

    private Fingerprint() {}

    private static String versions(String... catalogs) {
        return VERSIONS.formatted(TEMPORARY_RELATIONS, String.join("\nUNION ALL\n", catalogs));
    }

    /** Reads all of it as of one moment. */
    static String read(CatalogTransaction transaction) throws SQLException {
        Set<String> lines = new TreeSet<>();
        for (String part : PARTS) {
            transaction.query(part, row -> lines.add(row.getString(1)));
        }
        return digest(lines);
    }

    /**
     * Reads part by part. What had changed when it began is in it; what changes meanwhile may be.
     *
     * @throws SQLException with SQLSTATE 25001 when the connection is in a transaction
     */
    static String read(Connection connection) throws SQLException {
        Set<String> lines = new TreeSet<>();
        CatalogTransaction.queryEach(connection, PARTS, row -> lines.add(row.getString(1)));
        return digest(lines);
    }

    private static String digest(Set<String> lines) {
        try {
            byte[] text = String.join(";", lines).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
