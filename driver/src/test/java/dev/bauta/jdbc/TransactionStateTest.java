package dev.bauta.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** After a refusal a session is where an error of the server would have left it. */
class TransactionStateTest {
    private static final String REFUSED = "UPDATE customers SET city = 'x'";
    private static final String FAILS = "SELECT 1/0";

    private static DriverFixture fixture;

    @BeforeAll
    static void create() {
        fixture = DriverFixture.create();
    }

    /** The server takes it before the first query of a transaction only, such as one for the search_path. */
    @Test
    void theIsolationLevelCanBeSetBehindASearchPath() throws SQLException {
        try (Connection connection = fixture.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("SET LOCAL search_path TO pg_catalog, public");
            statement.execute(" SET TRANSACTION ISOLATION LEVEL SERIALIZABLE, READ ONLY; ");
            assertThat(MaskingTest.query(connection, "SHOW transaction_isolation"))
                    .containsExactly("serializable");
            assertThat(MaskingTest.query(connection, "SELECT email FROM customers WHERE id = 1"))
                    .containsExactly("***");
        }
    }

    /** What a connection answers before and after a statement that goes wrong. */
    private static List<String> conversation(Connection connection, String wrong, String way) throws SQLException {
        List<String> answers = new ArrayList<>();
        try (connection;
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(way.equals("autocommit") || way.equals("begin"));
            if (way.equals("begin")) {
                statement.execute("BEGIN");
            }
            if (way.equals("inside") || way.equals("savepoint")) {
                statement.execute("SELECT 1");
            }
            var savepoint = way.equals("savepoint") ? connection.setSavepoint() : null;
            for (String sql : List.of(wrong, "SELECT 1", "SELECT 2")) {
                answers.add(answer(statement, sql.equals(wrong) ? "wrong" : sql, sql));
            }
            if (savepoint != null) {
                connection.rollback(savepoint);
                answers.add(answer(statement, "after savepoint", "SELECT 3"));
            } else if (!connection.getAutoCommit()) {
                connection.rollback();
            } else {
                statement.execute("ROLLBACK");
            }
            answers.add(answer(statement, "last", "SELECT 4"));
        }
        return answers;
    }

    private static String answer(Statement statement, String label, String sql) {
        try {
            return label + ": " + statement.execute(sql);
        } catch (SQLException e) {
            return label + ": " + (label.equals("wrong") ? "error" : e.getSQLState());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "autocommit,never",
        "outside,never",
        "inside,never",
        "begin,never",
        "savepoint,never",
        "inside,always",
        "inside,conservative"
    })
    void equalsThatAfterAnErrorOfTheServer(String way, String autosave) throws SQLException {
        String direct = fixture.database.url() + "?autosave=" + autosave;
        List<String> plain =
                conversation(java.sql.DriverManager.getConnection(direct, "analyst", "analyst"), FAILS, way);
        assertThat(conversation(fixture.connect("autosave", autosave), FAILS, way))
                .isEqualTo(plain);
        assertThat(conversation(fixture.connect("autosave", autosave), REFUSED, way))
                .isEqualTo(plain);
    }

    @Test
    void refusalInsideAFailedTransactionIsTheServersError() throws SQLException {
        try (Connection connection = fixture.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            assertThat(answer(statement, "first", FAILS)).isEqualTo("first: 22012");
            assertThat(answer(statement, "second", REFUSED)).isEqualTo("second: 25P02");
        }
    }

    @Test
    void failedTransactionCanBeRolledBackWhenTheCatalogsHaveChanged() throws SQLException {
        try (Connection connection = fixture.connect();
                Statement statement = connection.createStatement();
                Connection raw = fixture.connectAs("postgres");
                Statement changing = raw.createStatement()) {
            connection.setAutoCommit(false);
            assertThat(answer(statement, "first", FAILS)).isEqualTo("first: 22012");
            changing.execute("CREATE TABLE created_meanwhile (id int)");
            assertThat(answer(statement, "second", "ROLLBACK")).isEqualTo("second: false");
            assertThat(answer(statement, "third", "SELECT 1")).isEqualTo("third: true");
        }
    }

    /** What Bauta asks by the connection meanwhile, it asks in transactions of its own. */
    @Test
    void whatAnotherThreadSetsIsNotLostWhileTheCatalogsAreRead() throws Exception {
        try (Connection connection = fixture.connect();
                Connection locking = fixture.database.connect();
                Connection watching = fixture.database.connect();
                Statement lock = locking.createStatement()) {
            locking.setAutoCommit(false);
            lock.execute("LOCK TABLE pg_policy IN ACCESS EXCLUSIVE MODE");
            fixture.skipToNextLook();
            FutureTask<List<String>> reading = new FutureTask<>(() -> MaskingTest.query(connection, "SELECT 1"));
            new Thread(reading).start();
            List<String> waiting;
            do {
                waiting = MaskingTest.query(watching, "SELECT 1 FROM pg_locks WHERE NOT granted");
            } while (waiting.isEmpty());
            FutureTask<Integer> setting = new FutureTask<>(() -> {
                connection.setReadOnly(true);
                connection.setAutoCommit(false);
                return connection.getTransactionIsolation();
            });
            Thread other = new Thread(setting);
            other.start();
            while (other.getState() != Thread.State.WAITING && other.isAlive()) {
                Thread.onSpinWait();
            }
            locking.rollback();
            assertThat(reading.get()).containsExactly("1");
            assertThat(setting.get()).isEqualTo(Connection.TRANSACTION_READ_COMMITTED);
            assertThat(connection.getAutoCommit()).isFalse();
            assertThat(connection.isReadOnly()).isTrue();
        }
    }
}
