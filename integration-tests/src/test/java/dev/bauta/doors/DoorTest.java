package dev.bauta.doors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.PGConnection;

/** What takes more than one statement, through each door. */
class DoorTest {
    private static ScenarioServer server;

    @BeforeAll
    static void open() throws Exception {
        server = new ScenarioServer();
    }

    @AfterAll
    static void close() throws Exception {
        server.close();
    }

    @ParameterizedTest
    @EnumSource
    void aTemporaryTableHoldsMasks(Door door) throws SQLException {
        try (Connection connection = door.connect(server, "analyst");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TEMP TABLE mine AS SELECT id, name FROM customers");
            assertRows(statement, "SELECT * FROM mine WHERE id = 1", List.of(List.of("1", "someone")));
            statement.execute("SELECT name INTO TEMP yours FROM regions WHERE id = 1");
            assertRows(statement, "SELECT * FROM yours", List.of(List.of("north")));
            statement.execute("DROP TABLE mine, yours");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRefusalAbortsTheTransactionAsAnErrorDoes(Door door) throws SQLException {
        try (Connection connection = door.connect(server, "analyst");
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("INSERT INTO regions VALUES (77, 'lost')");
            assertThatThrownBy(() -> statement.execute("SELECT peek(1)"))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"));
            assertThatThrownBy(() -> statement.execute("SELECT 1"))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("25P02"));
            connection.rollback();
            assertRows(statement, "SELECT count(*) FROM regions WHERE id = 77", List.of(List.of("0")));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPreparedStatementIsMaskedAtEachExecution(Door door) throws SQLException {
        try (Connection connection = door.connect(server, "analyst");
                PreparedStatement statement =
                        connection.prepareStatement("SELECT name, email FROM customers WHERE id = ?")) {
            for (int i = 0; i < 10; i++) {
                statement.setInt(1, 1);
                try (ResultSet result = statement.executeQuery()) {
                    List<String> row = new java.util.ArrayList<>(java.util.Arrays.asList("someone", null));
                    assertThat(ScenarioServer.rows(result)).isEqualTo(List.of(row));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void anErrorsPositionPointsIntoTheClientsText(Door door) throws SQLException {
        try (Connection connection = door.connect(server, "analyst");
                Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute("SELECT name FROM customers WHERE nothing = 1"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("column \"nothing\" does not exist")
                    .hasMessageContaining("Position: 34");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aBannedRoleMayNotConnect(Door door) {
        assertThatThrownBy(() -> door.connect(server, "banned").close())
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("role \"outlaw\"")
                .hasMessageContaining("may not connect");
    }

    @ParameterizedTest
    @EnumSource(names = {"PROXY_SIMPLE", "PROXY_EXTENDED"})
    void copyGivesMasks(Door door) throws Exception {
        try (Connection connection = door.connect(server, "analyst")) {
            java.io.StringWriter out = new java.io.StringWriter();
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyOut("COPY customers (id, name, email) TO STDOUT", out);
            assertThat(out.toString()).isEqualTo("1\tsomeone\t\\N\n2\tsomeone\t\\N\n3\tsomeone\t\\N\n");
        }
    }

    private static void assertRows(Statement statement, String sql, List<List<String>> rows) throws SQLException {
        try (ResultSet result = statement.executeQuery(sql)) {
            assertThat(ScenarioServer.rows(result)).isEqualTo(rows);
        }
    }
}
