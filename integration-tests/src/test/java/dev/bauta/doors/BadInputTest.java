package dev.bauta.doors;

import static dev.bauta.proxy.testing.Frontend.bind;
import static dev.bauta.proxy.testing.Frontend.copyFail;
import static dev.bauta.proxy.testing.Frontend.execute;
import static dev.bauta.proxy.testing.Frontend.message;
import static dev.bauta.proxy.testing.Frontend.parse;
import static dev.bauta.proxy.testing.Frontend.query;
import static dev.bauta.proxy.testing.Frontend.sync;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bauta.proxy.testing.BackendMessage;
import dev.bauta.proxy.testing.TestClient;
import dev.bauta.testing.Scenario;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Texts that are no statements: a clear refusal, nothing raw, and a session that goes on. */
class BadInputTest {
    /** Values of protected columns in the scenarios' database; no statement may bring one that it does not hold itself. */
    private static final List<String> CANARIES = List.of(
            "Ada Lovelace",
            "Alan Turing",
            "ada@example.org",
            "alan@example.com",
            "0123456789",
            "canary-one",
            "canary-three",
            "Grace Hopper",
            "81234",
            "secret-visitor");

    private static ScenarioServer server;

    @BeforeAll
    static void open() throws Exception {
        server = new ScenarioServer();
    }

    @AfterAll
    static void close() throws Exception {
        server.close();
    }

    static Stream<String> badTexts() {
        return Stream.of(
                "SELECT 'open FROM customers",
                "SELECT E'open\\' FROM customers",
                "SELECT \"open FROM customers",
                "SELECT $tag$ open $ta$ FROM customers",
                "SELECT /* open FROM customers",
                "SELECT /* /* nested */ open FROM customers",
                "SELECT U&'\\D800' FROM customers",
                "SELECT U&\"\\+FFFFFF\" FROM customers",
                "SELECT email FROM customers WHERE",
                "SELECT ".concat("(".repeat(100_000)).concat("1"),
                "SELECT email FROM customers WHERE ".concat("(".repeat(100_000)),
                "SELECT ".concat("(".repeat(20_000)).concat("email").concat(")".repeat(20_000)) + " FROM customers",
                "SELECT ".concat("CASE WHEN true THEN ".repeat(20_000)) + " email FROM customers",
                "SELECT ".concat("- ".repeat(200_000)) + " id FROM customers",
                "SELECT ".concat("NOT ".repeat(50_000)) + " true FROM customers",
                "/* ".repeat(200_000),
                "SELECT email FROM customers WHERE id = 0" + " OR id = 1".repeat(200_000),
                "SELECT ARRAY" + "[".repeat(50_000) + " FROM customers",
                "\uFEFFSELECT email FROM customers",
                "SELECT email FROM customers\u0001",
                "\\d customers",
                ";;;;)");
    }

    @ParameterizedTest
    @MethodSource("badTexts")
    void badTextsAreRefusedThroughTheWire(String text) throws IOException {
        try (TestClient client = login()) {
            client.send(query(text));
            assertRefused(client.readUntil('Z'));
            client.send(parse("", text), bind("", ""), execute("", 0), sync());
            assertRefused(client.readUntil('Z'));
            assertUsable(client);
        }
    }

    @ParameterizedTest
    @MethodSource("badTexts")
    void badTextsAreRefusedThroughTheDriver(String text) throws SQLException {
        try (Connection connection = server.throughDriver("analyst");
                Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute(text))
                    .isInstanceOfSatisfying(SQLException.class, e -> assertNoCanary(text, String.valueOf(e)));
            assertThatThrownBy(() -> connection.prepareStatement(text).execute())
                    .isInstanceOf(SQLException.class);
            assertUsable(statement);
        }
    }

    @Test
    void bytesThatAreNoTextAreRefusedThroughTheWire() throws IOException {
        List<byte[]> bodies = List.of(
                bytes("SELECT '\u00c3"),
                new byte[] {'S', (byte) 0xC3, 0},
                new byte[] {'S', (byte) 0xED, (byte) 0xA0, (byte) 0x80, 0},
                new byte[] {'S', (byte) 0xC0, (byte) 0xA7, 0},
                new byte[] {'S', (byte) 0xF8, 0},
                bytes("SELECT 1\0; SELECT email FROM customers\0"),
                bytes("\0SELECT email FROM customers\0"),
                new byte[0]);
        try (TestClient client = login()) {
            for (byte[] body : bodies) {
                client.send(message('Q', body));
                assertRefused(client.readUntil('Z'));
                client.send(message('P', body), sync());
                assertRefused(client.readUntil('Z'));
                assertUsable(client);
            }
        }
    }

    @Test
    void nulCharactersAreRefusedThroughTheDriver() throws SQLException {
        try (Connection connection = server.throughDriver("analyst");
                Statement statement = connection.createStatement()) {
            for (String text :
                    List.of("SELECT 'a\0b' FROM customers", "SELECT 1\0", "SELECT '\uD800' FROM customers")) {
                assertThatThrownBy(() -> statement.execute(text)).isInstanceOf(SQLException.class);
                assertUsable(statement);
            }
        }
    }

    @Test
    void everyTruncationOfEveryScenarioThroughTheWire() throws IOException {
        TestClient client = login();
        for (String text : truncations()) {
            client.send(query(text));
            assertNoCanary(text, client.readUntil('Z'));
            client.send(parse("", text), bind("", ""), execute("", 0), copyFail("x"), sync());
            assertNoCanary(text, client.readUntil('Z'));
        }
        assertUsable(client);
        client.close();
    }

    @Test
    void everyTruncationOfEveryScenarioThroughTheDriver() throws SQLException {
        try (Connection connection = server.throughDriver("analyst")) {
            connection.setAutoCommit(false);
            for (String text : truncations()) {
                try (Statement statement = connection.createStatement()) {
                    if (statement.execute(text)) {
                        assertNoCanary(
                                text,
                                ScenarioServer.rows(statement.getResultSet()).toString());
                    }
                } catch (SQLException e) {
                    assertNoCanary(text, String.valueOf(e));
                }
                connection.rollback();
            }
            try (Statement statement = connection.createStatement()) {
                assertUsable(statement);
            }
        }
    }

    /** Every prefix of what masked users say, but once. */
    private static Set<String> truncations() {
        return Scenario.all().stream()
                .filter(scenario -> scenario.principal().equals("analyst"))
                .map(Scenario::sql)
                .flatMap(sql ->
                        Stream.iterate(1, n -> n < sql.length(), n -> n + 1).map(n -> sql.substring(0, n)))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static TestClient login() throws IOException {
        return TestClient.login(server.address(), "analyst", server.database());
    }

    private static void assertRefused(List<BackendMessage> answer) {
        assertNoCanary("", answer);
        assertThat(answer).extracting(BackendMessage::type).containsExactly('E', 'Z');
        assertThat(answer.get(0).fields()).containsEntry('S', "ERROR").containsKey('M');
    }

    private static void assertUsable(TestClient client) throws IOException {
        client.send(query("ROLLBACK"), query("SELECT 4711"));
        client.readUntil('Z');
        assertThat(client.readUntil('Z').get(1).firstValue()).isEqualTo("4711");
    }

    private static void assertUsable(Statement statement) throws SQLException {
        try (ResultSet alive = statement.executeQuery("SELECT 4711")) {
            assertThat(ScenarioServer.rows(alive)).isEqualTo(List.of(List.of("4711")));
        }
    }

    private static void assertNoCanary(String statement, List<BackendMessage> answer) {
        answer.forEach(message -> assertNoCanary(statement, message.body()));
    }

    private static void assertNoCanary(String statement, String received) {
        for (String canary : CANARIES) {
            assertThat(received.contains(canary) && !statement.contains(canary))
                    .as("%s came through for: %s", canary, statement)
                    .isFalse();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
