package dev.bauta.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Updatable result sets, for which the PostgreSQL driver sends statements of its own. */
class UpdatableResultsTest {
    private static DriverFixture fixture;
    private Connection connection;
    private Statement statement;

    @BeforeAll
    static void create() {
        fixture = DriverFixture.create();
    }

    @BeforeEach
    void connect() throws SQLException {
        fixture.database.run("TRUNCATE orders; INSERT INTO orders VALUES (1, 10, 'one'), (2, 20, 'two')");
        connection = fixture.connect();
        statement = connection.createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_UPDATABLE);
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    private ResultSet firstRow(String sql) throws SQLException {
        ResultSet rows = statement.executeQuery(sql);
        assertThat(rows.next()).isTrue();
        return rows;
    }

    @Test
    void clearTablesAreUpdatable() throws SQLException {
        ResultSet rows = firstRow("SELECT id, customer, note FROM orders ORDER BY id");
        assertThat(rows.getConcurrency()).isEqualTo(ResultSet.CONCUR_UPDATABLE);
        rows.updateString("note", "changed");
        rows.updateRow();
        assertThat(rows.getString("note")).isEqualTo("changed");
        rows.moveToInsertRow();
        rows.updateInt(1, 3);
        rows.updateString(3, "three");
        rows.insertRow();
        rows.moveToCurrentRow();
        assertThat(rows.next()).isTrue();
        fixture.database.run("UPDATE orders SET note = 'elsewhere' WHERE id = 2");
        rows.refreshRow();
        assertThat(rows.getString("note")).isEqualTo("elsewhere");
        rows.deleteRow();
        assertThat(MaskingTest.query(connection, "SELECT id, note FROM orders ORDER BY id"))
                .containsExactly("1,changed", "3,three");
    }

    @Test
    void whatShowsMasksIsNot() throws SQLException {
        ResultSet rows = firstRow("SELECT id, email FROM customers ORDER BY id");
        assertThat(rows.getConcurrency()).isEqualTo(ResultSet.CONCUR_READ_ONLY);
        assertRefused(rows, "the result set shows masks in the place of protected columns, so it cannot be updated");
        assertThat(rows.getString("email")).isEqualTo("***");
    }

    /** The PostgreSQL driver takes the first word after FROM for the table, and unquoted names for columns. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT id, 'one from customers two' AS email FROM orders",
                "SELECT id, 'one from public.customers two' AS email FROM orders",
                "SELECT id, 'one from customers/**/c two' AS email FROM orders",
                "SELECT id, '1 from (select/**/id,email/**/from/**/customers)c x' AS email FROM orders",
                "SELECT id, \"(select email from customers limit 1)\" FROM trap",
                "SELECT 1 AS id, id AS \"id = 1 or (select true from customers limit 1) or id\", x FROM trap",
            })
    void noStatementOfThePostgresDriverReachesWhatIsProtected(String sql) throws SQLException {
        try (Statement setup = connection.createStatement()) {
            setup.execute("CREATE TEMP TABLE trap (id int PRIMARY KEY, x text,"
                    + " \"(select email from customers limit 1)\" text); INSERT INTO trap VALUES (1, 'x', 'y')");
        }
        ResultSet rows = firstRow(sql);
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
            assertThat(rows.getString(i)).doesNotContain("@");
        }
        for (Change change : CHANGES) {
            try {
                change.apply(rows);
            } catch (SQLException e) {
                assertThat(e.getMessage()).doesNotContain("@");
            }
            for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                assertThat(String.valueOf(rows.getString(i))).doesNotContain("@");
            }
        }
        try (Connection raw = fixture.connectAs("postgres")) {
            assertThat(MaskingTest.query(raw, "SELECT id, email FROM customers ORDER BY id"))
                    .containsExactly("1,ann@example.org", "2,bob@example.org", "3,null");
        }
    }

    @Test
    void refusesBeforeAnythingIsSent() throws SQLException {
        ResultSet rows = firstRow("SELECT id, 'one from customers two' AS email FROM orders");
        assertRefused(rows, "the table that the result set names has protected columns, so it cannot be updated");
    }

    private static void assertRefused(ResultSet rows, String message) {
        for (Change change : CHANGES) {
            BautaSQLException refused = catchThrowableOfType(BautaSQLException.class, () -> change.apply(rows));
            assertThat(refused.getMessage())
                    .isEqualTo("ERROR: " + message + "\n  Hint: Write an UPDATE, INSERT or DELETE statement.");
            assertThat(refused.getSQLState()).isEqualTo("42501");
        }
    }

    private interface Change {
        void apply(ResultSet rows) throws SQLException;
    }

    private static final Change[] CHANGES = {
        ResultSet::refreshRow,
        ResultSet::moveToInsertRow,
        rows -> rows.updateString(2, "x"),
        rows -> rows.updateObject("id", 1),
        ResultSet::updateRow,
        ResultSet::insertRow,
        ResultSet::deleteRow,
        ResultSet::cancelRowUpdates,
    };
}
