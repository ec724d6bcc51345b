package dev.bauta.proxy.review;

import dev.bauta.catalog.ColumnOrigin;
import dev.bauta.catalog.QualifiedName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a check needs of the server beside the catalog snapshot. Immutable.
 *
 * @param users all PostgreSQL roles
 * @param databases all databases
 * @param routines functions and procedures that come with neither PostgreSQL nor an extension
 * @param functions the names of all functions outside PostgreSQL's own schemas
 * @param indexes those of more than one column
 * @param keys the columns that are a key by themselves
 */
record LiveNames(
        Set<String> users,
        Set<String> databases,
        List<Routine> routines,
        Set<QualifiedName> functions,
        List<LiveIndex> indexes,
        Set<ColumnOrigin> keys) {
    /** Nothing that somebody has created may stand in for what the queries name. */
    private static final String SEARCH_PATH = "SET search_path = pg_catalog, pg_temp";

    /** What SQL-standard bodies refer to, and the tables whose rows are handed to trigger functions. */
    private static final String BODIES =
            """
            SELECT d.objid::int8, d.refobjid::int8
            FROM pg_depend d
            WHERE d.classid = 'pg_proc'::regclass AND d.refclassid = 'pg_class'::regclass
            UNION
            SELECT t.tgfoid::int8, t.tgrelid::int8 FROM pg_trigger t WHERE NOT t.tgisinternal
            """;

    private static final String FUNCTIONS =
            """
            SELECT p.oid::int8, n.nspname, p.proname, pg_get_function_identity_arguments(p.oid), p.prosecdef,
                   CASE WHEN l.lanname IN ('internal', 'c') THEN '' ELSE p.prosrc END,
                   p.prokind = 'a' OR l.lanname IN ('internal', 'c')
                     OR EXISTS (SELECT FROM pg_depend e
                                WHERE e.classid = 'pg_proc'::regclass AND e.objid = p.oid AND e.deptype = 'e')
            FROM pg_proc p
            JOIN pg_namespace n ON n.oid = p.pronamespace
            JOIN pg_language l ON l.oid = p.prolang
            WHERE n.nspname NOT IN ('pg_catalog', 'information_schema')
            ORDER BY n.nspname, p.proname, 4
            """;

    /** No two rows agree in them at any time: what is unique among some rows, by an expression, or at the end of a transaction does not do. */
    private static final String KEYS =
            """
            SELECT indrelid::int8, indkey[0]
            FROM pg_index
            WHERE indisunique AND indisvalid AND indimmediate AND indnkeyatts = 1 AND indkey[0] > 0 AND indpred IS NULL
            """;

    LiveNames {
        users = Set.copyOf(users);
        databases = Set.copyOf(databases);
        routines = List.copyOf(routines);
        functions = Set.copyOf(functions);
        indexes = List.copyOf(indexes);
        keys = Set.copyOf(keys);
    }

    /** Reads them. Changes the session's search_path. */
    static LiveNames read(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(SEARCH_PATH);
            Set<String> users = names(statement, "SELECT rolname FROM pg_roles");
            Set<String> databases = names(statement, "SELECT datname FROM pg_database");
            Map<Long, Set<Integer>> bodies = new HashMap<>();
            try (ResultSet row = statement.executeQuery(BODIES)) {
                while (row.next()) {
                    bodies.computeIfAbsent(row.getLong(1), none -> new HashSet<>())
                            .add((int) row.getLong(2));
                }
            }
            List<Routine> routines = new ArrayList<>();
            Set<QualifiedName> functions = new HashSet<>();
            try (ResultSet row = statement.executeQuery(FUNCTIONS)) {
                while (row.next()) {
                    QualifiedName name = new QualifiedName(row.getString(2), row.getString(3));
                    functions.add(name);
                    if (!row.getBoolean(7)) {
                        routines.add(new Routine(
                                name,
                                row.getString(4),
                                row.getBoolean(5),
                                SourceWords.of(row.getString(6)),
                                bodies.getOrDefault(row.getLong(1), Set.of())));
                    }
                }
            }
            return new LiveNames(users, databases, routines, functions, LiveIndex.read(statement), keys(statement));
        }
    }

    private static Set<ColumnOrigin> keys(Statement statement) throws SQLException {
        Set<ColumnOrigin> keys = new HashSet<>();
        try (ResultSet row = statement.executeQuery(KEYS)) {
            while (row.next()) {
                keys.add(new ColumnOrigin((int) row.getLong(1), row.getInt(2)));
            }
        }
        return keys;
    }

    private static Set<String> names(Statement statement, String sql) throws SQLException {
        Set<String> names = new HashSet<>();
        try (ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                names.add(row.getString(1));
            }
        }
        return names;
    }
}
