package dev.bauta.catalog;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Takes snapshots of a database's catalogs, PostgreSQL 13 to 18.
 *
 * <p>Works for any user, since it reads nothing that PostgreSQL does not show to everybody. Each call is one read-only
 * transaction, so that what it returns belongs to one moment; it leaves the connection as it was, and the session's
 * search_path has no influence on it. Thread-safe as long as each thread brings its own connection.
 */
public final class CatalogLoader {
    private static final ReviewedNames REVIEWED = ReviewedNames.read();

    private CatalogLoader() {}

    /**
     * Reads a snapshot.
     *
     * @param connection a PostgreSQL JDBC connection, or a pool's wrapper of one, that is not inside a transaction
     * @throws SQLException when the catalogs cannot be read; SQLSTATE 25001 inside a transaction
     */
    public static CatalogSnapshot load(Connection connection) throws SQLException {
        try (CatalogTransaction transaction = CatalogTransaction.begin(connection)) {
            String fingerprint = Fingerprint.read(transaction);
            int version = serverVersion(transaction);
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
        try (CatalogTransaction transaction = CatalogTransaction.begin(connection)) {
            return Fingerprint.read(transaction);
        }
    }

    /**
     * Reads what people have written beside columns and roles.
     *
     * @param connection as for {@link #load}
     * @throws SQLException when the catalogs cannot be read; SQLSTATE 25001 inside a transaction
     */
    public static Annotations annotations(Connection connection) throws SQLException {
        try (CatalogTransaction transaction = CatalogTransaction.begin(connection)) {
            return AnnotationReader.read(transaction);
        }
    }

    private static int serverVersion(CatalogTransaction transaction) throws SQLException {
        int[] version = new int[1];
        transaction.query(
                "SELECT pg_catalog.current_setting('server_version_num')::pg_catalog.int4",
                row -> version[0] = row.getInt(1));
        return version[0];
    }
}
