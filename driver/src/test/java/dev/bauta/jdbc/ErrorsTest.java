package dev.bauta.jdbc;

import static dev.bauta.jdbc.MaskingTest.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bauta.refusal.RefusalCode;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ErrorsTest {
    private static DriverFixture fixture;

    @BeforeAll
    static void create() {
        fixture = DriverFixture.create(
                """
                CREATE FUNCTION tell() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                  RAISE NOTICE 'the canary %', (SELECT max(email) FROM customers);
                  IF NEW.customer = 7 THEN
                    RAISE EXCEPTION 'the canary %', (SELECT max(email) FROM customers)
                    USING SCHEMA = 'canary', TABLE = 'canary', COLUMN = 'canary', DATATYPE = 'canary', CONSTRAINT = 'canary';
                  END IF;
                  IF NEW.customer = 8 THEN PERFORM (SELECT max(email) FROM customers)::int; END IF;
                  RETURN NEW;
                END $$;
                CREATE TABLE told (customer int);
                CREATE TRIGGER tell BEFORE INSERT ON told FOR EACH ROW EXECUTE FUNCTION tell();
                GRANT ALL ON told TO analyst;
                """);
    }

    private static BautaSQLException error(String sql) throws SQLException {
        try (Connection connection = fixture.connect();
                Statement statement = connection.createStatement()) {
            return catchThrowableOfType(BautaSQLException.class, () -> statement.execute(sql));
        }
    }

    @Test
    void detailIsWithheldAndNamesPass() throws SQLException {
        BautaSQLException e = error("INSERT INTO orders VALUES (-1, 2, 'canary')");
        assertThat(e.getMessage())
                .isEqualTo("ERROR: new row for relation \"orders\" violates check constraint \"positive\"");
        assertThat(e.getSQLState()).isEqualTo("23514");
        assertThat(e.objects()).isEqualTo(new ErrorObjects("public", "orders", null, null, "positive"));
        assertThat(e.code()).isEmpty();
        assertThat(e.getCause()).isNull();
    }

    /** Pools and applications tell by the SQLSTATE whether to try again. */
    @Test
    void theServersEndIsToldAsTheServerToldItWhereBautaAsksFirst() throws SQLException {
        try (Connection connection = fixture.connect();
                Statement statement = connection.createStatement()) {
            String process = query(connection, "SELECT pg_backend_pid()").get(0);
            connection.setAutoCommit(false);
            statement.execute("SET search_path = public");
            connection.rollback();
            fixture.database.run("SELECT pg_terminate_backend(" + process + ")");
            BautaSQLException e = catchThrowableOfType(
                    BautaSQLException.class, () -> statement.execute("SELECT email FROM customers"));
            assertThat(e.getSQLState()).isEqualTo("57P01");
            assertThat(connection.isClosed()).isTrue();
        }
    }

    @Test
    void positionsLeadToTheApplicationsText() throws SQLException {
        String sql = "SELECT email FROM customers WHERE nothing = 1";
        BautaSQLException e = error(sql);
        assertThat(e.position()).isEqualTo(sql.indexOf("nothing") + 1);
        assertThat(e.getMessage()).isEqualTo("ERROR: column \"nothing\" does not exist\n  Position: " + e.position());
    }

    @Test
    void aTextThatGivesNoResultIsToldOfAsByThePostgresDriver() throws SQLException {
        try (Connection connection = fixture.connect();
                Statement statement = connection.createStatement()) {
            BautaSQLException e = catchThrowableOfType(
                    BautaSQLException.class,
                    () -> statement.executeQuery("SELECT email INTO TEMP mails FROM customers"));
            assertThat(e.getMessage()).isEqualTo("No results were returned by the query.");
            assertThat(e.getSQLState()).isEqualTo("02000");
            assertThat(statement.execute("INSERT INTO mails SELECT email FROM customers"))
                    .isFalse();
            assertThat(statement.getUpdateCount()).isEqualTo(3);
        }
    }

    /** As an error of the server's does: what is read on would not be what was executed last. */
    @Test
    void aRefusalLeavesNoResultsOfTheTextBefore() throws SQLException {
        try (Connection connection = fixture.connect();
                Statement statement = connection.createStatement()) {
            for (Executable refused : List.<Executable>of(
                    () -> statement.executeQuery("VACUUM"),
                    () -> statement.execute("VACUUM", Statement.RETURN_GENERATED_KEYS),
                    () -> {
                        statement.addBatch("SELECT 1");
                        statement.addBatch("VACUUM");
                        statement.executeBatch();
                    })) {
                ResultSet before = statement.executeQuery("SELECT 1");
                assertThat(catchThrowableOfType(SQLException.class, refused::run)
                                .getSQLState())
                        .isEqualTo("42501");
                assertThat(before.isClosed()).isTrue();
                assertThat(statement.getResultSet()).isNull();
                statement.execute("SELECT 1; SET application_name = 'x'; SELECT 2");
                assertThatThrownBy(refused::run).isInstanceOf(SQLException.class);
                assertThat(statement.getMoreResults()).isFalse();
                assertThat(statement.getUpdateCount()).isEqualTo(-1);
            }
        }
    }

    /** The PostgreSQL driver keeps in mind that keys were asked for, and would take the next rows for keys. */
    @Test
    void rowsAreNoKeysOfTheTextThatFailedBefore() throws SQLException {
        try (Connection connection = fixture.connect();
                Statement statement = connection.createStatement()) {
            for (String sql : List.of("SELECT max(email) FROM customers", "SELECT email FROM customers WHERE id = 1")) {
                for (int i = 0; i < 6; i++) {
                    SQLException e = catchThrowableOfType(
                            SQLException.class,
                            () -> statement.executeUpdate(
                                    "INSERT INTO orders VALUES (-1, 2, 'x')", Statement.RETURN_GENERATED_KEYS));
                    assertThat(e.getSQLState()).isEqualTo("23514");
                    ResultSet rows = statement.executeQuery(sql);
                    assertThat(rows.next()).isTrue();
                    assertThat(rows.getString(1)).isEqualTo("***");
                }
            }
        }
    }

    private interface Executable {
        void run() throws SQLException;
    }

    @Test
    void aClosedStatementSaysSoWhateverItIsGiven() throws SQLException {
        try (Connection connection = fixture.connect()) {
            connection.setAutoCommit(false);
            Statement closed = connection.createStatement();
            closed.close();
            for (String sql : List.of("VACUUM", "SELECT email FROM customers", "SELECT 1")) {
                SQLException e = catchThrowableOfType(SQLException.class, () -> closed.execute(sql));
                assertThat(e.getSQLState()).isEqualTo("55000");
            }
            assertThat(MaskingTest.query(connection, "SELECT 1")).containsExactly("1");
        }
    }

    @Test
    void positionsOfPreparedStatementsCountAsThePostgresDriverCounts() throws SQLException {
        String sql = "SELECT ?::int, email FROM customers WHERE nothing = ?";
        try (Connection connection = fixture.connect();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setInt(1, 1);
            statement.setInt(2, 1);
            BautaSQLException e = catchThrowableOfType(BautaSQLException.class, statement::executeQuery);
            assertThat(e.position()).isEqualTo(sql.indexOf("nothing") + 2);
        }
    }

    @Test
    void refusalsLookLikeErrorsOfTheServer() throws SQLException {
        String sql = "/* ü */ UPDATE customers SET city = 'x'";
        BautaSQLException e = error(sql);
        assertThat(e.code()).contains(RefusalCode.PROTECTED_WRITE);
        assertThat(e.getSQLState()).isEqualTo("42501");
        assertThat(e.position()).isEqualTo(sql.indexOf("customers") + 1);
        assertThat(e.getMessage()).matches("ERROR: .+\n  Hint: .+\n  Position: " + e.position());
    }

    @Test
    void whatAFunctionSaysIsWithheld() throws SQLException {
        BautaSQLException raised = error("INSERT INTO told VALUES (7)");
        assertThat(raised.getMessage()).isEqualTo("ERROR: the message of a function is withheld (SQLSTATE P0001)");
        assertThat(raised.objects()).isEqualTo(ErrorObjects.NONE);
        assertThat(error("INSERT INTO told VALUES (8)").getMessage())
                .isEqualTo("ERROR: the message of a function is withheld (SQLSTATE 22P02)");
    }

    @Test
    void noticesOfFunctionsAreWithheld() throws SQLException {
        try (Connection connection = fixture.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO told VALUES (1)");
            assertThat(statement.getWarnings().getMessage())
                    .isEqualTo("the message of a function is withheld (SQLSTATE 00000)");
            assertThat(statement.getWarnings().getClass()).isEqualTo(java.sql.SQLWarning.class);
            statement.execute("DROP TABLE IF EXISTS pg_temp.nothing");
        }
    }

    @Test
    void errorsOfBatchesAreWithheldToo() throws SQLException {
        try (Connection connection = fixture.connect();
                PreparedStatement statement =
                        connection.prepareStatement("INSERT INTO orders (id, note) VALUES (?, ?)")) {
            statement.setInt(1, -1);
            statement.setString(2, "canary");
            statement.addBatch();
            BatchUpdateException e = catchThrowableOfType(BatchUpdateException.class, statement::executeBatch);
            assertThat(e.getMessage())
                    .isEqualTo("Batch was aborted: ERROR: new row for relation \"orders\" violates check constraint"
                            + " \"positive\"");
            assertThat(e.getNextException().getClass()).isEqualTo(BautaSQLException.class);
            assertThat(e.getCause()).isNull();
            assertThat(e.getUpdateCounts()).containsExactly(Statement.EXECUTE_FAILED);
        }
    }

    @Test
    void queryTimeoutsAreErrorsOfTheServer() throws SQLException {
        try (Connection connection = fixture.connect();
                Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(1);
            SQLException e =
                    catchThrowableOfType(SQLException.class, () -> statement.execute("SELECT pg_catalog.pg_sleep(20)"));
            assertThat(e.getSQLState()).isEqualTo("57014");
            assertThat(MaskingTest.query(connection, "SELECT 1")).containsExactly("1");
        }
    }
}
