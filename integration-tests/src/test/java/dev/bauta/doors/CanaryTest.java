package dev.bauta.doors;

import static dev.bauta.proxy.testing.Frontend.bind;
import static dev.bauta.proxy.testing.Frontend.copyFail;
import static dev.bauta.proxy.testing.Frontend.describePortal;
import static dev.bauta.proxy.testing.Frontend.execute;
import static dev.bauta.proxy.testing.Frontend.message;
import static dev.bauta.proxy.testing.Frontend.parse;
import static dev.bauta.proxy.testing.Frontend.query;
import static dev.bauta.proxy.testing.Frontend.sync;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bauta.proxy.testing.BackendMessage;
import dev.bauta.proxy.testing.TestClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Hostile statements, through the wire in every form and through the driver: no byte that a client receives is raw. */
class CanaryTest {
    /** Values of protected columns in the scenarios' database, and nowhere else in it. */
    private static final List<String> VALUES = List.of(
            "Ada Lovelace",
            "Alan Turing",
            "ada@example.org",
            "alan@example.com",
            "0123456789",
            "0987654321",
            "canary-one",
            "canary-three",
            "Grace Hopper",
            "Jean Bartik",
            "1234.56",
            "123456",
            "81234",
            "65999",
            "147233",
            "secret-visitor",
            "0123456789abcdef0123456789abcdef");

    private static final List<String> CANARIES =
            VALUES.stream().flatMap(CanaryTest::disguises).toList();

    private static ScenarioServer server;

    @BeforeAll
    static void open() throws Exception {
        server = new ScenarioServer();
    }

    @AfterAll
    static void close() throws Exception {
        server.close();
    }

    @Test
    void nothingRawComesThroughTheSimpleProtocol() throws IOException {
        for (String statement : statements()) {
            try (TestClient client = login()) {
                client.send(query(statement));
                requireNoCanary(statement, client.readUntil('Z'));
                requireUsable(client);
            }
        }
    }

    @Test
    void nothingRawComesThroughTheExtendedProtocol() throws IOException {
        for (String statement : statements()) {
            for (byte[] bound : List.of(bind("", ""), bindBinary())) {
                try (TestClient client = login()) {
                    client.send(parse("", statement), bound, describePortal(""), execute("", 0), copyFail("x"), sync());
                    requireNoCanary(statement, client.readUntil('Z'));
                    requireUsable(client);
                }
            }
        }
    }

    @Test
    void nothingRawComesThroughTheDriver() throws SQLException {
        for (String text : statements()) {
            try (Connection connection = server.throughDriver("analyst");
                    Statement statement = connection.createStatement()) {
                requireNoCanary(text, answer(statement, text));
            }
        }
    }

    @Test
    void mostOfTheStatementsLeakWithoutBauta() throws SQLException {
        int leaks = 0;
        for (String text : statements()) {
            try (Connection connection = server.direct("postgres")) {
                connection.setAutoCommit(false);
                try (Statement statement = connection.createStatement()) {
                    statement.execute("SET LOCAL statement_timeout = '10s'");
                    leaks += CANARIES.stream().anyMatch(answer(statement, text)::contains) ? 1 : 0;
                } finally {
                    connection.rollback();
                }
            }
        }
        assertThat(leaks).isGreaterThan(75);
    }

    private static TestClient login() throws IOException {
        return TestClient.login(server.address(), "analyst", server.database());
    }

    private static void requireUsable(TestClient client) throws IOException {
        client.send(query("ROLLBACK"), query("SELECT 4711"));
        client.readUntil('Z');
        assertThat(client.readUntil('Z')).anyMatch(message -> message.body().contains("4711"));
    }

    private static void requireNoCanary(String statement, List<BackendMessage> messages) {
        for (BackendMessage message : messages) {
            requireNoCanary(statement, message.body());
        }
    }

    private static void requireNoCanary(String statement, String received) {
        String folded = received.toLowerCase(Locale.ROOT);
        for (String canary : CANARIES) {
            assertThat(folded.contains(canary))
                    .as("%s came through for: %s", canary, statement)
                    .isFalse();
        }
    }

    private static Stream<String> disguises(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        return Stream.of(
                        value,
                        new StringBuilder(value).reverse().toString(),
                        Base64.getEncoder()
                                .withoutPadding()
                                .encodeToString(bytes)
                                .substring(0, bytes.length),
                        java.util.HexFormat.of().formatHex(bytes))
                .map(form -> form.toLowerCase(Locale.ROOT));
    }

    /** Everything a JDBC client can see: rows, warnings, error texts. */
    private static String answer(Statement statement, String text) {
        StringBuilder seen = new StringBuilder();
        try {
            boolean result = statement.execute(text);
            while (result || statement.getUpdateCount() >= 0) {
                if (result) {
                    try (ResultSet rows = statement.getResultSet()) {
                        seen.append(ScenarioServer.rows(rows));
                    }
                }
                result = statement.getMoreResults();
            }
            seen.append(statement.getWarnings());
        } catch (SQLException e) {
            for (Throwable t = e; t != null; t = t.getCause()) {
                seen.append(t);
            }
        }
        return seen.toString().toLowerCase(Locale.ROOT);
    }

    private static byte[] bindBinary() {
        return message('B', new byte[] {0, 0, 0, 0, 0, 0, 0, 1, 0, 1});
    }

    private static List<String> statements() {
        try (InputStream in = CanaryTest.class.getResourceAsStream("/hostile.sql")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("-- "))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
