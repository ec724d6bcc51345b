package dev.bauta.proxy.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The demonstration from end to end. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DemoTest {
    private static final String OWNER = DemoServer.OWNER;

    private final StringWriter printed = new StringWriter();
    private final int port = freePort();
    private final Demo demo;

    DemoTest() throws Exception {
        demo = Demo.start(port, new PrintWriter(printed));
    }

    @BeforeAll
    void forget() {
        printed.getBuffer().setLength(0);
    }

    @AfterAll
    void close() {
        demo.close();
    }

    @Test
    void showsWhatTheReadmeShowsOnAHundredAndTwentyColumns() throws Exception {
        printed.getBuffer().setLength(0);
        demo.showMasks();
        assertThat(printed.toString().lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(120));
        assertThat(Files.readString(Path.of("..", "README.md")))
                .contains(printed.toString().strip());
    }

    @Test
    void letsNothingRawThrough() throws Exception {
        printed.getBuffer().setLength(0);
        boolean clean = demo.attack();
        assertThat(clean).as(printed.toString()).isTrue();
        assertThat(printed.toString()).contains("none came through.");
    }

    @Test
    void masksAreOfTheDeclaredTypesAndClearColumnsAreUntouched() throws SQLException {
        String clear = "SELECT id, public_id, city, country, newsletter, interests, preferences, created_at "
                + "FROM customers ORDER BY id";
        assertThat(rows(clear, DemoServer.ANALYST)).isEqualTo(rows(clear, OWNER));
    }

    @Test
    void showsTheOwnerEverything() throws SQLException {
        String secret = "SELECT ssn, full_name, diagnosis FROM clinic.patients p "
                + "JOIN clinic.visits v ON v.patient_id = p.id ORDER BY v.id LIMIT 50";
        assertThat(rows(secret, OWNER)).doesNotContain("withheld");
        assertThat(rows(secret, DemoServer.ANALYST)).contains("withheld");
    }

    private String rows(String sql, String user) throws SQLException {
        StringBuilder rows = new StringBuilder();
        try (Connection connection =
                        DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/demo", user, user);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
                    rows.append(result.getString(column)).append('|');
                }
                rows.append('\n');
            }
        }
        return rows.toString();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
