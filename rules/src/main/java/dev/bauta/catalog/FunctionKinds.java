package dev.bauta.catalog;

import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;

/**
 * What is to be known of functions that rules call. Overloads share one name, and the worst of them counts. Immutable.
 *
 * @param manyRows those that are more than a computation over one row: aggregates, window functions, procedures, set-returning ones
 * @param openNames those of the database that are not written in C and set no search_path, so that whoever calls them decides what the
 *     names in them mean
 */
public record FunctionKinds(Set<QualifiedName> manyRows, Set<QualifiedName> openNames) {
    private static final String MANY_ROWS =
            """
            SELECT DISTINCT n.nspname, p.proname
            FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
            WHERE p.prokind <> 'f' OR p.proretset
            """;

    private static final String OPEN_NAMES =
            """
            SELECT DISTINCT n.nspname, p.proname
            FROM pg_catalog.pg_proc p
            JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
            JOIN pg_catalog.pg_language l ON l.oid = p.prolang
            WHERE p.oid >= 16384 AND l.lanname NOT IN ('c', 'internal')
              AND NOT COALESCE(pg_catalog.array_to_string(p.proconfig, E'\\n') ~ '(^|\\n)search_path=', false)
            """;

    public FunctionKinds {
        manyRows = Set.copyOf(manyRows);
        openNames = Set.copyOf(openNames);
    }

    static FunctionKinds read(CatalogTransaction transaction) throws SQLException {
        return new FunctionKinds(names(transaction, MANY_ROWS), names(transaction, OPEN_NAMES));
    }

    private static Set<QualifiedName> names(CatalogTransaction transaction, String sql) throws SQLException {
        Set<QualifiedName> names = new HashSet<>();
        transaction.query(sql, row -> names.add(new QualifiedName(row.getString(1), row.getString(2))));
        return names;
    }
}
