package dev.bauta.doors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bauta.testing.Scenario;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every scenario that says what comes back, through each door. */
class DoorScenarioTest {
    private static ScenarioServer server;

    @BeforeAll
    static void open() throws Exception {
        server = new ScenarioServer();
    }

    @AfterAll
    static void close() throws Exception {
        server.close();
    }

    /** Those that say what comes back. */
    static Stream<Scenario> all() {
        return Scenario.all().stream().filter(scenario -> scenario.rows() != null || isRefusedByBauta(scenario));
    }

    static Stream<Arguments> scenarios() {
        return all().flatMap(scenario -> Stream.of(Door.values()).map(door -> Arguments.of(door, scenario)));
    }

    /** What is no SQL at all, the PostgreSQL driver refuses by itself. */
    private static boolean isRefusedByBauta(Scenario scenario) {
        return scenario.refused() != null && !scenario.refused().startsWith("42601");
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void answers(Door door, Scenario scenario) throws SQLException {
        try (Connection connection = door.connect(server, scenario.principal())) {
            check(connection, scenario);
        }
    }

    /** Runs a scenario and rolls back what it did. */
    static void check(Connection connection, Scenario scenario) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            if (scenario.refused() != null) {
                assertRefused(statement, scenario);
            } else {
                assertRows(statement, scenario);
            }
            connection.rollback();
            try (ResultSet alive = statement.executeQuery("SELECT 1")) {
                assertThat(ScenarioServer.rows(alive)).isEqualTo(List.of(List.of("1")));
            }
        }
    }

    private static void assertRows(Statement statement, Scenario scenario) throws SQLException {
        try (ResultSet result = statement.executeQuery(scenario.sql())) {
            assertThat(ScenarioServer.rows(result)).isEqualTo(scenario.rows());
        }
    }

    private static void assertRefused(Statement statement, Scenario scenario) {
        String refused = String.valueOf(scenario.refused());
        assertThatThrownBy(() -> statement.execute(scenario.sql()))
                .isInstanceOfSatisfying(SQLException.class, e -> assertThat(e.getSQLState() + " " + e.getMessage())
                        .contains(refused.substring(0, 6))
                        .contains(refused.substring(6)));
    }
}
