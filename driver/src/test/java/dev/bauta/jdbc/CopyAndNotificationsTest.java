package dev.bauta.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.copy.CopyManager;

class CopyAndNotificationsTest {
    private static DriverFixture fixture;
    private Connection connection;

    @BeforeAll
    static void create() {
        fixture = DriverFixture.create();
    }

    @BeforeEach
    void connect() throws SQLException {
        connection = fixture.connect();
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    private String copyOut(String sql) throws SQLException, IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        connection.unwrap(Copy.class).copyOut(sql, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void copiesOutMasks() throws Exception {
        assertThat(copyOut("COPY customers TO STDOUT")).isEqualTo("1\t***\tRome\n2\t***\tOslo\n3\t\\N\t\\N\n");
        assertThat(copyOut("COPY (SELECT email, '?' FROM customers ORDER BY id LIMIT 1) TO STDOUT (FORMAT csv)"))
                .isEqualTo("***,?\n");
        assertThat(copyOut("COPY customers (email) TO STDOUT (FORMAT binary)")).doesNotContain("example.org");
        assertThat(connection.unwrap(Copy.class).copyOut("COPY customers TO STDOUT", OutputStream.nullOutputStream()))
                .isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "COPY customers TO '/tmp/stolen'",
                "COPY customers TO PROGRAM 'cat'",
                "COPY (SELECT 1) TO STDOUT; SELECT email FROM customers",
                "COPY (SELECT 1) TO STDOUT; COPY customers TO STDOUT",
                "COPY (SELECT email FROM customers WHERE '{}'::jsonb ? email) TO STDOUT",
                "COPY (SELECT email FROM customers",
                "SELECT email FROM customers",
                "COPY customers FROM STDIN",
                "",
            })
    void refusesTheRest(String sql) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThatThrownBy(() -> connection.unwrap(Copy.class).copyOut(sql, out))
                .isInstanceOf(SQLException.class)
                .hasMessageNotContaining("example.org");
        assertThat(out.toString(StandardCharsets.UTF_8)).doesNotContain("example.org");
    }

    @Test
    void copiesIntoClearTablesOnly() throws Exception {
        InputStream rows = new ByteArrayInputStream("7\tx\n8\ty\n".getBytes(StandardCharsets.UTF_8));
        assertThat(connection.unwrap(Copy.class).copyIn("COPY orders (customer, note) FROM STDIN", rows))
                .isEqualTo(2);
        assertThat(MaskingTest.query(connection, "SELECT note FROM orders ORDER BY id"))
                .containsExactly("x", "y");
        assertThatThrownBy(() -> connection.unwrap(Copy.class).copyIn("COPY customers FROM STDIN", rows))
                .isInstanceOf(BautaSQLException.class)
                .hasMessageContaining("protected relation");
    }

    @Test
    void aRefusalOrAFailingStreamLeavesTheConnectionUsable() throws Exception {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("disk full");
            }
        };
        for (String rows : new String[] {"customers", "(SELECT generate_series(1, 1000000)) "}) {
            assertThatThrownBy(() -> connection.unwrap(Copy.class).copyOut("COPY " + rows + " TO STDOUT", full))
                    .isInstanceOf(IOException.class)
                    .hasMessage("disk full");
            assertThat(MaskingTest.query(connection, "SELECT 1")).containsExactly("1");
        }
        assertThatThrownBy(() -> copyOut("COPY customers TO PROGRAM 'cat'")).isInstanceOf(BautaSQLException.class);
        assertThat(MaskingTest.query(connection, "SELECT 1")).containsExactly("1");
    }

    @Test
    void thePostgresDriversOwnStaysClosed() throws SQLException {
        assertThatThrownBy(() -> connection.unwrap(CopyManager.class)).hasMessageContaining("cannot unwrap");
        assertThat(connection.isWrapperFor(Copy.class)).isTrue();
        assertThat(connection.createStatement().isWrapperFor(Copy.class)).isFalse();
    }

    @Test
    void notificationsArrive() throws SQLException {
        Notifications notifications = connection.unwrap(Notifications.class);
        try (Statement statement = connection.createStatement();
                Connection other = fixture.database.connect();
                Statement notifying = other.createStatement()) {
            statement.execute("LISTEN news");
            assertThat(notifications.take(Duration.ZERO)).isEmpty();
            notifying.execute("NOTIFY news, 'hello'");
            assertThat(notifications.take(Duration.ofSeconds(10)))
                    .singleElement()
                    .satisfies(one -> {
                        assertThat(one.channel()).isEqualTo("news");
                        assertThat(one.payload()).isEqualTo("hello");
                    });
        }
    }

    /** The PostgreSQL driver would take the rest of the copy for the answer to the next statement. */
    @Test
    void copyOfTheOtherDirectionLeavesNothingBehind() throws Exception {
        try (Statement statement = connection.createStatement()) {
            Copy copy = connection.unwrap(Copy.class);
            assertThatThrownBy(() -> copy.copyIn("COPY orders TO STDOUT", InputStream.nullInputStream()))
                    .isInstanceOf(SQLException.class)
                    .hasMessage("The statement is no COPY FROM STDIN.");
            for (int i = 1; i <= 2; i++) {
                ResultSet result = statement.executeQuery("SELECT " + i);
                assertThat(result.next()).isTrue();
                assertThat(result.getInt(1)).isEqualTo(i);
            }
        }
    }
}
