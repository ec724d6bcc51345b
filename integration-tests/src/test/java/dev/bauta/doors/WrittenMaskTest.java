package dev.bauta.doors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bauta.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A mask that a DBA has written in SQL fails on a value, and the error does not show it. */
class WrittenMaskTest {
    private static final String CANARY = "canary-7391";

    private static ScenarioServer server;

    @BeforeAll
    static void open() throws Exception {
        TestDatabase database = TestDatabase.create("CREATE TABLE notes (id int PRIMARY KEY, note text);"
                + " INSERT INTO notes VALUES (1, '" + CANARY + "'); GRANT SELECT ON notes TO PUBLIC");
        server = new ScenarioServer(
                database,
                """
                version: 1
                columns:
                  - match: public.notes.note
                    mask: {type: sql, expression: "(value::integer + 1)::text"}
                """);
    }

    @AfterAll
    static void close() throws Exception {
        server.close();
    }

    @ParameterizedTest
    @EnumSource(Door.class)
    void anErrorOverAValueDoesNotShowIt(Door door) throws Exception {
        try (Connection connection = door.connect(server, "postgres");
                Statement statement = connection.createStatement()) {
            SQLException e = catchThrowableOfType(
                    SQLException.class, () -> statement.executeQuery("SELECT note FROM notes WHERE id = 1"));
            assertThat(e.getSQLState()).startsWith("22");
            assertThat(e.getMessage()).contains("the message is withheld, as it could show a raw value (SQLSTATE 22");
            assertThat(e.toString()).doesNotContain(CANARY);
        }
    }

    @ParameterizedTest
    @EnumSource(Door.class)
    void anErrorInTheStatementItselfIsShown(Door door) throws Exception {
        try (Connection connection = door.connect(server, "postgres");
                Statement statement = connection.createStatement()) {
            SQLException e =
                    catchThrowableOfType(SQLException.class, () -> statement.executeQuery("SELECT nothing FROM notes"));
            assertThat(e.getMessage()).contains("column \"nothing\" does not exist");
        }
    }
}
