package dev.bauta.jdbc;

import static dev.bauta.jdbc.MaskingTest.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Look-ups by key in plain statements, which the server prepares once for all keys; with the threshold of 5 that is the default. */
class KeptLookupsTest {
    private static final String LOOK_UP = "SELECT email, city FROM customers WHERE id = ";

    private static DriverFixture fixture;

    @BeforeAll
    static void create() {
        fixture = DriverFixture.create(
                """
                CREATE TABLE readings (id bigint, place text, value float8, at timestamptz, raw bytea, PRIMARY KEY (id, place));
                INSERT INTO readings VALUES (5000000000, 'Rome', 1e20, '2026-01-02 03:04:05.678+00', '\\x0102'), (7, 'Oslo', 0.1, NULL, NULL);
                INSERT INTO orders VALUES (1, 2, 'a note');
                GRANT ALL ON readings TO analyst;
                """);
    }

    /** What comes for the second time is prepared. */
    private static Connection connect() throws SQLException {
        return fixture.connect("prepareThreshold", "2");
    }

    private static List<List<String>> twice(Connection connection, String sql) throws SQLException {
        List<List<String>> first = rows(connection, sql);
        assertThat(rows(connection, sql)).isEqualTo(first);
        return first;
    }

    /** What the server holds prepared for the session, but for this question. */
    private static int prepared(Connection connection) throws SQLException {
        return Integer.parseInt(query(connection, "SELECT count(*) FROM pg_catalog.pg_prepared_statements")
                .get(0));
    }

    /** Each row's columns as strings. */
    private static List<List<String>> rows(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet results = statement.executeQuery(sql)) {
            return rows(results);
        }
    }

    private static List<List<String>> rows(ResultSet results) throws SQLException {
        List<List<String>> rows = new ArrayList<>();
        while (results.next()) {
            List<String> row = new ArrayList<>();
            for (int i = 1; i <= results.getMetaData().getColumnCount(); i++) {
                row.add(String.valueOf(results.getString(i)));
            }
            rows.add(row);
        }
        return rows;
    }

    @Test
    void theServerPreparesWhatComesForTheFifthTimeWithWhateverKey() throws SQLException {
        try (Connection connection = fixture.connect()) {
            for (int i = 0; i < 12; i++) {
                assertThat(rows(connection, LOOK_UP + 1)).containsExactly(List.of("***", "Rome"));
                assertThat(prepared(connection)).isEqualTo(i < 2 ? 0 : 1);
                assertThat(rows(connection, LOOK_UP + 3)).containsExactly(List.of("null", "null"));
                assertThat(rows(connection, LOOK_UP + (100 + i))).isEmpty();
            }
        }
    }

    @Test
    void eachShapeIsPreparedByItself() throws SQLException {
        try (Connection connection = connect()) {
            assertThat(twice(connection, "SELECT email FROM customers WHERE id=2"))
                    .containsExactly(List.of("***"));
            assertThat(twice(connection, "SELECT c.city, c.email FROM public.customers AS c WHERE c.id = 2 -- Bob"))
                    .containsExactly(List.of("Oslo", "***"));
            assertThat(twice(connection, "SELECT * FROM customers WHERE id = 2"))
                    .containsExactly(List.of("2", "***", "Oslo"));
            assertThat(twice(connection, "SELECT * FROM customers WHERE id = 3000000000"))
                    .isEmpty();
            assertThat(twice(
                            connection,
                            "SELECT email FROM customers c WHERE (c.id = 2 AND c.city = 'Oslo') ORDER BY c.id LIMIT 1"))
                    .containsExactly(List.of("***"));
            assertThat(twice(
                            connection,
                            "SELECT email FROM customers c WHERE (c.id = 2 AND c.city = 'Rome') ORDER BY c.id LIMIT 1"))
                    .isEmpty();
            assertThat(prepared(connection)).isEqualTo(5);
        }
    }

    @Test
    void aThresholdOfZeroPreparesNothing() throws SQLException {
        try (Connection connection = fixture.connect("prepareThreshold", "0")) {
            for (int i = 0; i < 7; i++) {
                assertThat(rows(connection, LOOK_UP + 2)).containsExactly(List.of("***", "Oslo"));
            }
            assertThat(prepared(connection)).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"simple", "extendedForPrepared"})
    void whatTheDriverSendsAsSimpleQueriesStaysSo(String mode) throws SQLException {
        try (Connection connection = fixture.connect("preferQueryMode", mode)) {
            for (int i = 0; i < 7; i++) {
                assertThat(rows(connection, LOOK_UP + 2)).containsExactly(List.of("***", "Oslo"));
            }
            assertThat(prepared(connection)).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT email FROM customers WHERE email = 'x'",
                "SELECT email FROM customers WHERE city = 'Rome'",
                "SELECT email FROM customers WHERE id = 1 OR id = 2",
                "SELECT email, 1 FROM customers WHERE id = 1",
                "SELECT value FROM readings WHERE id = 7",
                "SELECT email FROM customers WHERE id = 1; SELECT city FROM customers WHERE id = 1"
            })
    void otherTextsAreSent(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (int i = 0; i < 3; i++) {
                statement.execute(sql);
            }
            assertThat(prepared(connection)).isZero();
        }
    }

    @Test
    void valuesReadAsBefore() throws SQLException {
        String sql = "SELECT id, place, value, at, raw FROM readings WHERE place = 'Rome' AND id = 5000000000";
        try (Connection connection = fixture.connect()) {
            List<List<String>> plain = rows(connection, sql);
            assertThat(plain).hasSize(1);
            for (int i = 0; i < 9; i++) {
                assertThat(rows(connection, sql)).isEqualTo(plain);
            }
            assertThat(prepared(connection)).isOne();
        }
    }

    @Test
    void theStatementIsWhatItWas() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            assertThat(statement.execute(LOOK_UP + 1)).isTrue();
            statement.execute(LOOK_UP + 1);
            ResultSet first = statement.getResultSet();
            assertThat(statement.getUpdateCount()).isEqualTo(-1);
            assertThat(first.getStatement()).isSameAs(statement);
            assertThat(rows(first)).containsExactly(List.of("***", "Rome"));
            ResultSet second = statement.executeQuery(LOOK_UP + 2);
            assertThat(first.isClosed()).isTrue();
            assertThat(statement.getResultSet()).isSameAs(second);
            assertThat(rows(second)).containsExactly(List.of("***", "Oslo"));
            assertThat(statement.getMoreResults()).isFalse();
            statement.closeOnCompletion();
            statement.executeQuery(LOOK_UP + 2).close();
            assertThat(statement.isClosed()).isTrue();
        }
    }

    @Test
    void cursorsAreUsedAsBefore() throws SQLException {
        try (Connection connection = connect()) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.setFetchSize(1);
                for (int i = 0; i < 3; i++) {
                    assertThat(rows(statement.executeQuery(LOOK_UP + 1))).containsExactly(List.of("***", "Rome"));
                }
            }
            connection.commit();
        }
    }

    @Test
    void resultsThatMayBeUpdatedAreNot() throws SQLException {
        try (Connection connection = connect();
                Statement statement =
                        connection.createStatement(ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_UPDATABLE)) {
            try (ResultSet results =
                    statement.executeQuery("SELECT id, place, value FROM readings WHERE id = 7 AND place = 'Oslo'")) {
                assertThat(results.getConcurrency()).isEqualTo(ResultSet.CONCUR_UPDATABLE);
            }
            assertThat(prepared(connection)).isZero();
        }
    }

    @Test
    void errorsLeadToTheApplicationsText() throws SQLException {
        String sql = "SELECT email, nothing FROM customers WHERE id = 1";
        try (Connection connection = connect()) {
            for (int i = 0; i < 3; i++) {
                BautaSQLException e = catchThrowableOfType(BautaSQLException.class, () -> rows(connection, sql));
                assertThat(e.getMessage())
                        .isEqualTo("ERROR: column \"nothing\" does not exist\n  Position: "
                                + (sql.indexOf("nothing") + 1));
            }
            String wrong = "SELECT value FROM readings WHERE place = 'Oslo' AND readings.id = 7";
            assertThat(twice(connection, wrong)).containsExactly(List.of("0.1"));
            String alias = "SELECT value FROM readings r WHERE place = 'Oslo' AND readings.id = 7";
            for (int i = 0; i < 3; i++) {
                BautaSQLException e = catchThrowableOfType(BautaSQLException.class, () -> rows(connection, alias));
                assertThat(e.position()).isEqualTo(alias.indexOf("readings.id") + 1);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"DEALLOCATE ALL", "DEALLOCATE \"%s\""})
    void theServerMayForgetThemWithinATransaction(String forget) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            assertThat(twice(connection, LOOK_UP + 1)).containsExactly(List.of("***", "Rome"));
            statement.execute(forget.formatted(query(
                            connection,
                            "SELECT name FROM pg_catalog.pg_prepared_statements ORDER BY prepare_time DESC LIMIT 1")
                    .get(0)));
            assertThat(twice(connection, LOOK_UP + 1)).containsExactly(List.of("***", "Rome"));
            connection.rollback();
        }
    }

    @Test
    void aTemporaryTableIsFoundInTheTablesPlace() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            String sql = "SELECT note FROM orders WHERE id = 1";
            assertThat(twice(connection, sql)).containsExactly(List.of("a note"));
            statement.execute("CREATE TEMP TABLE orders AS SELECT 1 AS id, 'another' AS note");
            assertThat(twice(connection, sql)).containsExactly(List.of("another"));
        }
    }

    @Test
    void otherRulesAreOtherMasks() throws Exception {
        DriverFixture own = DriverFixture.create();
        try (Connection connection = own.connect("prepareThreshold", "2")) {
            assertThat(twice(connection, LOOK_UP + 1)).containsExactly(List.of("***", "Rome"));
            own.replaceRules("public.customers.email", "[public.customers.email, public.customers.city]");
            assertThat(twice(connection, LOOK_UP + 1)).containsExactly(List.of("***", "***"));
        }
    }

    @Test
    void anotherSearchPathIsAnotherTable() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            assertThat(twice(connection, LOOK_UP + 1)).containsExactly(List.of("***", "Rome"));
            statement.execute("SET search_path TO pg_catalog");
            BautaSQLException e = catchThrowableOfType(BautaSQLException.class, () -> rows(connection, LOOK_UP + 1));
            assertThat(e.getSQLState()).isEqualTo("42P01");
            statement.execute("SET search_path TO public");
            assertThat(twice(connection, LOOK_UP + 1)).containsExactly(List.of("***", "Rome"));
        }
    }

    /** More than are kept. */
    @Test
    void whatWasUsedLongestAgoIsGivenUp() throws SQLException {
        try (Connection connection = connect()) {
            for (int i = 0; i < 300; i++) {
                String sql = "SELECT city AS c" + i + " FROM customers WHERE id = 1";
                assertThat(twice(connection, sql)).containsExactly(List.of("Rome"));
            }
            assertThat(prepared(connection)).isEqualTo(256);
        }
    }
}
