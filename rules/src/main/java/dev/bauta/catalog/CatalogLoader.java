package dev.bauta.catalog;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Takes snapshots of a database's catalogs, PostgreSQL 13 to 18.
 *
 * <p>Works for any user, since it reads nothing that PostgreSQL does not show to everybody. Each call is one read-only
 * transaction, so that what it returns belongs to one moment; it leaves the connection as it was, and the session's
 * search_path has no influence on it. Thread-safe as long as each thread brings its own connection.
 */
public final class CatalogLoader {
    private static final int OLDEST_VERSION = 13;
    /** What {@code server_version_num} counts a version as. */
    private static final int VERSION_UNIT = 10_000;

    private static final ReviewedNames REVIEWED = ReviewedNames.read();

    private static final String ANONYMIZED_ROLES =
            """
            SELECT r.rolname
            FROM pg_catalog.pg_shseclabel l
            JOIN pg_catalog.pg_roles r ON r.oid = l.objoid
            WHERE l.classoid = 'pg_catalog.pg_authid'::pg_catalog.regclass AND l.provider = 'anon'
              AND pg_catalog.upper(pg_catalog.btrim(l.label, E' \\t\\n\\r')) = 'MASKED'
            """;

    private CatalogLoader() {}

    /**
     * Reads a snapshot.
     *
     * @param connection a PostgreSQL JDBC connection, or a pool's wrapper of one, that is not inside a transaction
     * @throws SQLException when the catalogs cannot be read; SQLSTATE 25001 inside a transaction, 0A000 for a server that is too old
     */
    public static CatalogSnapshot load(Connection connection) throws SQLException {
        try (CatalogTransaction transaction = CatalogTransaction.begin(connection)) {
            int version = serverVersion(transaction);
            requireSupported(version);
            String fingerprint = Fingerprint.read(transaction);
            TypeReader types = new TypeReader(transaction);
            RelationReader reader = new RelationReader(transaction, types);
            List<Relation> relations = reader.read();
            UnsafeNames unsafe = new UnsafeNameReader(transaction, types, REVIEWED).read();
            Map<Integer, ViewLineage> views = new ViewReader(relations, unsafe).read(transaction);
            return new CatalogSnapshot(
                    fingerprint,
                    version,
                    relations,
                    views,
                    unsafe.names(),
                    reader.foreignKeys(),
                    MembershipReader.read(transaction),
                    FunctionKinds.read(transaction));
        }
    }

    /**
     * Has the server read queries, none of which is run.
     *
     * @param connection as for {@link #load}
     * @return for each query what the server has against it, empty where it takes it; none for one of which that cannot be said
     * @throws SQLException when the server cannot be asked; SQLSTATE 25001 inside a transaction
     */
    public static Map<String, String> tryQueries(Connection connection, Collection<String> queries)
            throws SQLException {
        try (CatalogTransaction transaction = CatalogTransaction.begin(connection)) {
            return QueryTrials.run(transaction, queries);
        }
    }

    /**
     * A digest that changes with every change of the schema, and much cheaper than a snapshot. It equals
     * {@link CatalogSnapshot#fingerprint()} of a snapshot taken at the same moment.
     *
     * @param connection as for {@link #load}
     * @throws SQLException when the catalogs cannot be read; SQLSTATE 25001 inside a transaction
     */
    public static String fingerprint(Connection connection) throws SQLException {
        return Fingerprint.read(connection);
    }

    /**
     * Reads which roles PostgreSQL Anonymizer masks, by the label {@code MASKED}.
     *
     * @param connection as for {@link #load}
     * @throws SQLException when the catalogs cannot be read; SQLSTATE 25001 inside a transaction
     */
    public static Set<String> anonymizedRoles(Connection connection) throws SQLException {
        Set<String> roles = new TreeSet<>();
        try (CatalogTransaction transaction = CatalogTransaction.begin(connection)) {
            transaction.query(ANONYMIZED_ROLES, row -> roles.add(row.getString(1)));
        }
        return roles;
    }

    private static int serverVersion(CatalogTransaction transaction) throws SQLException {
        int[] version = new int[1];
        transaction.query(
                "SELECT pg_catalog.current_setting('server_version_num')::pg_catalog.int4",
                row -> version[0] = row.getInt(1));
        return version[0];
    }

    static void requireSupported(int version) throws SQLException {
        if (version < OLDEST_VERSION * VERSION_UNIT) {
            throw new SQLException(
                    "PostgreSQL " + version / VERSION_UNIT + " is too old: Bauta needs " + OLDEST_VERSION + " or later",
                    "0A000");
        }
    }
}
