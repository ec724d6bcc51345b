package dev.bauta.parser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bauta.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Holds the parser to what a PostgreSQL server itself makes of the same statement. */
class PostgresqlAgreementTest {
    private static final String NAMES = "abcd";
    private static TestDatabase database;

    @BeforeAll
    static void createDatabase() {
        database = TestDatabase.create(
                "CREATE TABLE a (n int); CREATE TABLE b (n int); CREATE TABLE c (n int); CREATE TABLE d (n int)");
    }

    /**
     * Makes views of random queries full of WITH, whose items bear the names of tables; the server's record of what the view depends
     * on says which names were tables after all.
     */
    @Test
    void tellsTablesFromWithItemsAsTheServerDoes() throws SQLException, NotAnalysableException {
        long seed = Long.getLong("bauta.test.seed", System.nanoTime());
        Random random = new Random(seed);
        int valid = 0;
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            for (int i = 0; i < 1_500; i++) {
                String sql = new Queries(random).query(3);
                Set<String> expected = dependencies(statement, sql);
                if (expected != null) {
                    valid++;
                    Set<String> found = Parsed.of(sql).query().tables().stream()
                            .map(table -> table.parts().get(0))
                            .collect(Collectors.toCollection(TreeSet::new));
                    assertThat(found).as("seed %s: %s", seed, sql).isEqualTo(expected);
                }
            }
        }
        assertThat(valid).as("statements that the server takes, seed %s", seed).isGreaterThan(250);
    }

    /** The tables that a view of the query depends on; null when the server rejects it. */
    private static @Nullable Set<String> dependencies(Statement statement, String sql) throws SQLException {
        try {
            statement.execute("CREATE OR REPLACE VIEW v AS SELECT 1 AS one WHERE EXISTS (" + sql + ")");
        } catch (SQLException e) {
            return null;
        }
        try (ResultSet rows = statement.executeQuery(
                """
                SELECT DISTINCT c.relname FROM pg_depend d JOIN pg_rewrite r ON d.objid = r.oid
                JOIN pg_class c ON c.oid = d.refobjid
                WHERE d.classid = 'pg_rewrite'::regclass AND d.refclassid = 'pg_class'::regclass
                AND r.ev_class = 'v'::regclass AND c.relkind = 'r'
                """)) {
            Set<String> tables = new TreeSet<>();
            while (rows.next()) {
                tables.add(rows.getString(1));
            }
            return tables;
        }
    }

    /** Random queries over relations with one column. */
    private record Queries(Random random) {
        String query(int depth) {
            String with = depth > 0 && random.nextInt(3) > 0 ? with(depth - 1) : "";
            String body =
                    switch (depth > 0 ? random.nextInt(4) : 0) {
                        case 1 -> "(" + query(depth - 1) + ")";
                        case 2 -> "(" + select(depth) + ") UNION ALL (" + query(depth - 1) + ")";
                        case 3 -> "(" + query(depth - 1) + ") UNION ALL (" + select(depth) + ")";
                        default -> select(depth);
                    };
            String tail = depth > 0 && random.nextInt(4) == 0
                    ? " LIMIT (SELECT count(*) FROM (" + query(depth - 1) + ") x)"
                    : "";
            return with + body + tail;
        }

        private String with(int depth) {
            List<String> items = new ArrayList<>();
            List<Character> names =
                    new ArrayList<>(NAMES.chars().mapToObj(c -> (char) c).toList());
            Collections.shuffle(names, random);
            for (int i = 0; i <= random.nextInt(3); i++) {
                items.add(names.get(i) + " (n) AS (" + query(depth) + ")");
            }
            return (random.nextInt(3) == 0 ? "WITH RECURSIVE " : "WITH ") + String.join(", ", items) + " ";
        }

        private String select(int depth) {
            return switch (random.nextInt(depth > 0 ? 6 : 3)) {
                case 0 -> "TABLE " + name();
                case 1 -> "SELECT n FROM " + name();
                case 2 -> "SELECT x.n FROM ONLY " + name() + " AS x, " + name() + " AS y";
                case 3 -> "SELECT n FROM (" + query(depth - 1) + ") AS " + name() + " (n)";
                case 4 -> "SELECT n FROM " + name() + " WHERE n IN (" + query(depth - 1) + ")";
                default ->
                    "SELECT n FROM " + name() + " AS x ORDER BY (SELECT count(*) FROM (" + query(depth - 1) + ") y)";
            };
        }

        private char name() {
            return NAMES.charAt(random.nextInt(NAMES.length()));
        }
    }

    /** Every key word of the server's is a name for us exactly where it is one for the server. */
    @Test
    void readsKeyWordsAsTheServerDoes() throws SQLException {
        List<String> differences = new ArrayList<>();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT word, catcode::text, barelabel FROM pg_get_keywords()"
                        // A name up to PostgreSQL 15.
                        + " WHERE word <> 'system_user'")) {
            while (rows.next()) {
                String word = rows.getString(1);
                boolean column = "UC".contains(rows.getString(2));
                check(differences, column, "SELECT 1 FROM {" + word + "} AS x");
                check(differences, column, "SELECT 1 FROM {t} " + word + ", {u}");
                check(differences, column, "UPDATE {" + word + "} SET a = 1");
                check(differences, true, "SELECT 1 AS " + word + ", t." + word + " FROM {s." + word + "}");
                if (rows.getBoolean(3)) {
                    check(differences, true, "SELECT f(1) " + word + ", 1 " + word + " FROM {t}");
                }
            }
        }
        assertThat(differences).isEmpty();
    }

    private static void check(List<String> differences, boolean valid, String expected) {
        try {
            String found = Parsed.of(expected).markTables();
            if (found.equals(expected) != valid) {
                differences.add(expected);
            }
        } catch (NotAnalysableException e) {
            if (valid) {
                differences.add("not analysable: " + expected);
            }
        }
    }
}
