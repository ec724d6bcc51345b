package dev.bauta.doors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** EXPLAIN (MASKING) as clients use it; what it says is in the scenarios. */
class MaskingExplanationTest {
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
    @CsvSource({
        "PROXY_SIMPLE, analyst", "PROXY_EXTENDED, analyst", "DRIVER, analyst",
        "PROXY_SIMPLE, postgres", "PROXY_EXTENDED, postgres", "DRIVER, postgres"
    })
    void takesParametersUp(Door door, String user) throws SQLException {
        try (Connection connection = door.connect(server, user);
                PreparedStatement statement = connection.prepareStatement(
                        "EXPLAIN (MASKING) SELECT name FROM customers WHERE id = ? AND note = ?")) {
            for (int i = 1; i <= 7; i++) {
                statement.setInt(1, i);
                statement.setString(2, "x");
                try (ResultSet result = statement.executeQuery()) {
                    assertThat(result.getMetaData().getColumnLabel(1)).isEqualTo("MASKING");
                    result.next();
                    assertThat(result.getString(1))
                            .isEqualTo("role      " + (user.equals("postgres") ? "dba" : "default"));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Door.class)
    void standsBesideOtherStatements(Door door) throws SQLException {
        try (Connection connection = door.connect(server, "analyst");
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT 1; EXPLAIN (MASKING) SELECT name FROM customers; SELECT name FROM customers");
            assertThat(statement.getMoreResults()).isTrue();
            try (ResultSet result = statement.getResultSet()) {
                result.next();
                assertThat(result.getString(1)).isEqualTo("role      default");
            }
            assertThat(statement.getMoreResults()).isTrue();
            try (ResultSet result = statement.getResultSet()) {
                result.next();
                assertThat(result.getString(1)).isEqualTo("someone");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Door.class)
    void runsNothing(Door door) throws SQLException {
        try (Connection connection = door.connect(server, "analyst");
                Statement statement = connection.createStatement()) {
            statement.execute("EXPLAIN (MASKING) PREPARE never AS SELECT name FROM customers");
            statement.execute("EXPLAIN (MASKING) CREATE TEMP TABLE never AS SELECT 1");
            assertThatThrownBy(() -> statement.execute("EXECUTE never")).hasMessageContaining("does not exist");
            assertThatThrownBy(() -> statement.execute("SELECT FROM pg_temp.never"))
                    .isInstanceOf(SQLException.class);
        }
    }

    @ParameterizedTest
    @EnumSource(Door.class)
    void showsNoMoreThanAThousandLines(Door door) throws SQLException {
        try (Connection connection = door.connect(server, "analyst");
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("EXPLAIN (MASKING) SELECT name FROM customers WHERE true"
                        + "\n".repeat(20_000) + "AND id = 1")) {
            int rows = 0;
            String last = "";
            while (result.next()) {
                rows++;
                last = result.getString(1);
            }
            assertThat(rows).isBetween(1000, 1010);
            assertThat(last).isEqualTo("  the rest is not shown, as it is longer than 1000 lines");
        }
    }
}
