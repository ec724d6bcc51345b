package dev.bauta.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaskingTest {
    private static DriverFixture fixture;

    @BeforeAll
    static void create() {
        fixture = DriverFixture.create("CREATE SCHEMA other; CREATE TABLE other.customers (id int, email text);"
                + "INSERT INTO other.customers VALUES (9, 'not protected'); GRANT USAGE ON SCHEMA other TO analyst;"
                + "GRANT SELECT ON other.customers TO analyst");
    }

    static List<String> rows(ResultSet result) throws SQLException {
        List<String> rows = new ArrayList<>();
        int columns = result.getMetaData().getColumnCount();
        while (result.next()) {
            List<String> row = new ArrayList<>();
            for (int i = 1; i <= columns; i++) {
                row.add(result.getString(i));
            }
            rows.add(String.join(",", row));
        }
        return rows;
    }

    static List<String> query(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return rows(statement.executeQuery(sql));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT email FROM customers WHERE id = 1",
                "SELECT (c).email FROM customers c WHERE id = 1",
                "WITH w AS (SELECT * FROM customers) SELECT email FROM w WHERE id = 1",
                "SELECT {fn concat(email, '')} FROM customers WHERE id = 1",
            })
    void masksStatements(String sql) throws SQLException {
        try (Connection connection = fixture.connect();
                PreparedStatement prepared = connection.prepareStatement(sql)) {
            assertThat(query(connection, sql)).containsExactly("***");
            assertThat(rows(prepared.executeQuery())).containsExactly("***");
        }
    }

    @Test
    void masksPreparedStatementsWithParameters() throws SQLException {
        try (Connection connection = fixture.connect();
                PreparedStatement prepared = connection.prepareStatement(
                        "SELECT id, email, city FROM customers WHERE id = ? OR email = ?")) {
            for (int i = 0; i < 10; i++) {
                prepared.setInt(1, 2);
                prepared.setString(2, "ann@example.org");
                assertThat(rows(prepared.executeQuery())).containsExactly("2,***,Oslo");
            }
        }
    }

    @Test
    void masksEveryResultOfAText() throws SQLException {
        try (Connection connection = fixture.connect();
                Statement statement = connection.createStatement()) {
            assertThat(statement.execute("SELECT 1; SELECT email FROM customers WHERE id = 1; SELECT 2"))
                    .isTrue();
            assertThat(rows(statement.getResultSet())).containsExactly("1");
            assertThat(statement.getMoreResults()).isTrue();
            assertThat(statement.getResultSet()).isSameAs(statement.getResultSet());
            assertThat(rows(statement.getResultSet())).containsExactly("***");
            assertThat(statement.getMoreResults()).isTrue();
            assertThat(rows(statement.getResultSet())).containsExactly("2");
            assertThat(statement.getMoreResults()).isFalse();
        }
    }

    @Test
    void masksStreamedResultsAndCursors() throws SQLException {
        try (Connection connection = fixture.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.setFetchSize(1);
            assertThat(rows(statement.executeQuery("SELECT email FROM customers ORDER BY id")))
                    .containsExactly("***", "***", "null");
            statement.execute("DECLARE c CURSOR FOR SELECT email FROM customers ORDER BY id");
            assertThat(rows(statement.executeQuery("FETCH ALL FROM c"))).containsExactly("***", "***", "null");
        }
    }

    @Test
    void followsTheSearchPathThroughTransactions() throws SQLException {
        String sql = "SELECT max(email) FROM customers";
        try (Connection connection = fixture.connect()) {
            connection.setAutoCommit(false);
            assertThat(query(connection, sql)).containsExactly("***");
            connection.setSchema("other");
            assertThat(query(connection, sql)).containsExactly("not protected");
            connection.rollback();
            assertThat(query(connection, sql)).containsExactly("***");
            for (String set : List.of("SET LOCAL search_path = other", "SET LOCAL SCHEMA 'other'")) {
                try (Statement statement = connection.createStatement()) {
                    statement.execute(set);
                }
                assertThat(query(connection, sql)).containsExactly("not protected");
                connection.commit();
                assertThat(query(connection, sql)).containsExactly("***");
            }
        }
    }

    /** The driver's own ROLLBACK is decided once, which must not keep it from being followed when there is something to undo. */
    @Test
    void followsARollbackThatHadNothingToUndoBefore() throws SQLException {
        String sql = "SELECT max(email) FROM customers";
        try (Connection connection = fixture.connect()) {
            connection.setAutoCommit(false);
            assertThat(query(connection, sql)).containsExactly("***");
            connection.rollback();
            assertThat(query(connection, sql)).containsExactly("***");
            for (int i = 0; i < 2; i++) {
                Savepoint savepoint = connection.setSavepoint();
                connection.setSchema("other");
                assertThat(query(connection, sql)).containsExactly("not protected");
                connection.rollback(savepoint);
                assertThat(query(connection, sql)).containsExactly("***");
                connection.rollback();
                assertThat(query(connection, sql)).containsExactly("***");
            }
        }
    }

    @Test
    void doesNotBelieveASearchPathThatWasPreparedOnly() throws SQLException {
        try (Connection connection = fixture.connect();
                PreparedStatement prepared = connection.prepareStatement("SET search_path = other")) {
            assertThat(query(connection, "SELECT max(email) FROM customers")).containsExactly("***");
            prepared.execute();
            assertThat(query(connection, "SELECT max(email) FROM customers")).containsExactly("not protected");
        }
    }

    @Test
    void preparedStatementIsDecidedAgainWhenTheSearchPathChanges() throws SQLException {
        String sql = "SELECT max(email) FROM customers";
        try (Connection connection = fixture.connect();
                PreparedStatement prepared = connection.prepareStatement(sql)) {
            assertThat(rows(prepared.executeQuery())).containsExactly("***");
            connection.setSchema("other");
            BautaSQLException refused = catchThrowableOfType(BautaSQLException.class, prepared::executeQuery);
            assertThat(refused.getMessage()).startsWith("ERROR: the prepared statement was decided under other rules");
            assertThat(refused.getSQLState()).isEqualTo("0A000");
            try (PreparedStatement again = connection.prepareStatement(sql)) {
                assertThat(rows(again.executeQuery())).containsExactly("not protected");
            }
        }
    }

    @Test
    void textThatThePostgresDriverWouldCutOtherwiseIsRefused() throws SQLException {
        String sql = "SELECT E'a''b\\'' -- '; SELECT upper(email) FROM customers";
        try (Connection connection = fixture.connect();
                Statement statement = connection.createStatement()) {
            SQLException refused = catchThrowableOfType(SQLException.class, () -> statement.execute(sql));
            assertThat(refused.getMessage()).contains("would not send this text as the server reads it");
            assertThatThrownBy(() -> connection.prepareStatement(sql)).hasMessage(refused.getMessage());
        }
    }

    @Test
    void questionMarksAreOperatorsInPlainStatements() throws SQLException {
        try (Connection connection = fixture.connect();
                PreparedStatement prepared =
                        connection.prepareStatement("SELECT '{\"a\":1}'::jsonb ?? ?, '?' FROM customers LIMIT 1")) {
            assertThat(query(connection, "SELECT '{\"a\":1}'::jsonb ? 'a', '?', '??' FROM customers LIMIT 1"))
                    .containsExactly("t,?,??");
            prepared.setString(1, "a");
            assertThat(rows(prepared.executeQuery())).containsExactly("t,?");
        }
    }

    @Test
    void returnsGeneratedKeys() throws SQLException {
        try (Connection connection = fixture.connect();
                Statement statement = connection.createStatement();
                PreparedStatement prepared = connection.prepareStatement(
                        "INSERT INTO orders (note) SELECT email FROM customers WHERE id = ?",
                        new String[] {"id", "note"})) {
            statement.executeUpdate("INSERT INTO orders (note) VALUES ('a'), ('b');", new String[] {"note"});
            assertThat(rows(statement.getGeneratedKeys())).containsExactly("a", "b");
            assertThat(statement.executeUpdate("DELETE FROM orders -- all", Statement.RETURN_GENERATED_KEYS))
                    .isEqualTo(2);
            prepared.setInt(1, 1);
            assertThat(prepared.executeUpdate()).isEqualTo(1);
            ResultSet keys = prepared.getGeneratedKeys();
            assertThat(keys.next()).isTrue();
            assertThat(keys.getString("note")).isEqualTo("***");
            assertThat(keys.getStatement()).isSameAs(prepared);
            statement.execute("DELETE FROM orders");
        }
    }

    @Test
    void runsBatches() throws SQLException {
        try (Connection connection = fixture.connect();
                Statement statement = connection.createStatement();
                PreparedStatement prepared =
                        connection.prepareStatement("INSERT INTO orders (customer, note) VALUES (?, ?)")) {
            statement.addBatch("INSERT INTO orders (note) VALUES ('x')");
            statement.addBatch("INSERT INTO orders (note) SELECT email FROM customers WHERE id = 1");
            assertThat(statement.executeBatch()).containsExactly(1, 1);
            for (int i = 0; i < 3; i++) {
                prepared.setInt(1, i);
                prepared.setString(2, "n" + i);
                prepared.addBatch();
            }
            assertThat(prepared.executeBatch()).containsExactly(1, 1, 1);
            assertThat(query(connection, "SELECT note FROM orders ORDER BY id"))
                    .containsExactly("x", "***", "n0", "n1", "n2");
            statement.execute("DELETE FROM orders");
        }
    }

    @Test
    void makesOneInsertOfManyRows() throws SQLException {
        String rows =
                "VALUES ((SELECT email FROM customers WHERE id = ?), length(?)), (E'it''s', (3)) ON CONFLICT DO NOTHING";
        try (Connection connection = fixture.connect("reWriteBatchedInserts", "true");
                Statement statement = connection.createStatement();
                PreparedStatement prepared =
                        connection.prepareStatement("INSERT INTO orders (note, customer) -- values (\n" + rows)) {
            for (int i = 1; i <= 2; i++) {
                prepared.setInt(1, i);
                prepared.setString(2, "n".repeat(i));
                prepared.addBatch();
            }
            assertThat(prepared.executeBatch()).containsExactly(Statement.SUCCESS_NO_INFO, Statement.SUCCESS_NO_INFO);
            assertThat(query(connection, "SELECT note, customer FROM orders ORDER BY id"))
                    .containsExactly("***,1", "it's,3", "***,2", "it's,3");
            statement.execute("DELETE FROM orders");
        }
    }

    /** The PostgreSQL driver takes VALUES from a constant, and would repeat what follows outside of one. */
    @Test
    void batchThatThePostgresDriverWouldWriteOtherwiseIsRefused() throws SQLException {
        String sql =
                "INSERT INTO orders (note, customer) SELECT E'a''b\\'' || ('values ((SELECT email FROM customers) -- '\n || 'x')";
        try (Connection connection = fixture.connect("reWriteBatchedInserts", "true")) {
            assertThatThrownBy(() -> connection.prepareStatement(sql))
                    .hasMessageContaining("would not send this text as the server reads it");
        }
    }

    @Test
    void refusesABatchBeforeAnyOfItIsSent() throws SQLException {
        try (Connection connection = fixture.connect();
                Statement statement = connection.createStatement()) {
            statement.addBatch("INSERT INTO orders (note) VALUES ('x')");
            statement.addBatch("UPDATE customers SET email = 'x'");
            BatchUpdateException refused = catchThrowableOfType(BatchUpdateException.class, statement::executeBatch);
            assertThat(refused.getMessage()).startsWith("Batch entry 1 was refused: ERROR: ");
            assertThat(refused.getSQLState()).isEqualTo("42501");
            assertThat(refused.getUpdateCounts()).containsExactly(Statement.EXECUTE_FAILED, Statement.EXECUTE_FAILED);
            assertThat(query(connection, "SELECT count(*) FROM orders WHERE note = 'x'"))
                    .containsExactly("0");
            assertThat(statement.executeBatch()).isEmpty();
        }
    }

    @Test
    void showsTemporaryTables() throws SQLException {
        try (Connection connection = fixture.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TEMP TABLE mine AS SELECT id, email FROM customers");
            assertThat(query(connection, "SELECT * FROM mine ORDER BY id")).containsExactly("1,***", "2,***", "3,null");
        }
    }

    @Test
    void seesTablesThatAreCreatedLater() throws SQLException {
        try (Connection masked = fixture.connect();
                Connection raw = fixture.connectAs("postgres");
                Statement statement = raw.createStatement()) {
            statement.execute(
                    "CREATE TABLE later (a int); INSERT INTO later VALUES (1); GRANT SELECT ON later TO analyst");
            assertThat(query(masked, "SELECT * FROM later")).containsExactly("1");
        }
    }

    @Test
    void rawRolesSeeEverything() throws SQLException {
        try (Connection connection = fixture.connectAs("postgres", "bautaRole", "dba")) {
            assertThat(query(connection, "SELECT email FROM customers WHERE id = 1"))
                    .containsExactly("ann@example.org");
        }
    }
}
