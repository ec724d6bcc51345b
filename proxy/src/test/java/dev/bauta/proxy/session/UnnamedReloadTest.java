package dev.bauta.proxy.session;

import static dev.bauta.proxy.testing.Frontend.bind;
import static dev.bauta.proxy.testing.Frontend.describeStatement;
import static dev.bauta.proxy.testing.Frontend.execute;
import static dev.bauta.proxy.testing.Frontend.parse;
import static dev.bauta.proxy.testing.Frontend.sync;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bauta.proxy.testing.BackendMessage;
import dev.bauta.proxy.testing.EngineUnderTest;
import dev.bauta.proxy.testing.TestClient;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes in the place of the unnamed statement, or portal, has nothing to do with what was there under older rules. */
class UnnamedReloadTest {
    private static final String LAX =
            """
            version: 1
            columns:
              - {match: public.t.none, mask: "null"}
            """;
    private static final String STRICT = LAX + "  - {match: public.t.secret, mask: {type: constant, value: masked}}\n";
    private static final String SECRET = "SELECT secret || '' FROM t";

    private static EngineUnderTest proxy;
    private TestClient client;

    @BeforeAll
    static void start() throws IOException, SQLException {
        proxy = EngineUnderTest.start(
                """
                CREATE TABLE t (id int PRIMARY KEY, secret text, none text);
                INSERT INTO t SELECT i, 'canary-' || i FROM generate_series(1, 9) i
                """,
                LAX);
    }

    @AfterAll
    static void stop() {
        proxy.close();
    }

    @BeforeEach
    void login() throws IOException {
        proxy.replaceRules(LAX);
        client = proxy.login("analyst");
    }

    @AfterEach
    void logout() throws IOException {
        client.close();
    }

    private void assertOtherIsRun() throws IOException {
        List<BackendMessage> answer =
                client.answer(parse("", "SELECT 'other'"), bind("", ""), execute("", 1), bind("", ""), execute("", 0));
        assertThat(answer).extracting(BackendMessage::type).containsExactly('1', '2', 'D', 's', '2', 'D', 'C', 'Z');
        assertThat(answer.get(2).firstValue()).isEqualTo("other");
    }

    @Test
    void anotherStatementIsNotOutdated() throws IOException {
        client.answer(parse("", SECRET), bind("", ""), execute("", 0));
        proxy.replaceRules(STRICT);
        assertOtherIsRun();
    }

    @Test
    void norIsAnotherPortalInTheSameTransaction() throws IOException {
        client.query("BEGIN");
        client.answer(parse("", SECRET), bind("", ""), execute("", 1));
        proxy.replaceRules(STRICT);
        assertOtherIsRun();
    }

    @Test
    void oneThatIsSkippedLeavesWhatWasThere() throws IOException {
        client.answer(parse("", SECRET));
        proxy.replaceRules(STRICT);
        client.answer(bind("", "missing"), parse("", "SELECT 'other'"), bind("", ""), execute("", 0));
        assertThat(client.answer(bind("", ""), execute("", 0)).get(1).firstValue())
                .isEqualTo("masked");
    }

    /** The server tells of a Parse at the next Sync or Flush. */
    @Test
    void oneThatComesAfterAnotherIsPreparedAnew() throws IOException, SQLException {
        client.send(parse("", "SELECT 'other'"), parse("", SECRET));
        awaitParsed();
        proxy.replaceRules(STRICT);
        List<BackendMessage> answer = client.answer(bind("", ""), execute("", 1));
        assertThat(answer).extracting(BackendMessage::type).containsExactly('1', '1', '2', 'D', 's', 'Z');
        assertThat(answer.get(3).firstValue()).isEqualTo("masked");
    }

    private static void awaitParsed() throws SQLException {
        try (Connection connection = proxy.database().connect();
                Statement statement = connection.createStatement()) {
            Awaitility.await().until(() -> {
                try (ResultSet parsed = statement.executeQuery("SELECT FROM pg_stat_activity"
                        + " WHERE state = 'active' AND query LIKE 'SELECT secret || %'")) {
                    return parsed.next();
                }
            });
        }
    }

    @Test
    void oneThatIsTakenUpBeforeTheServerHasAnsweredIsRun() throws IOException {
        client.answer(parse("", SECRET));
        proxy.replaceRules(STRICT);
        client.send(parse("", "SELECT 'other'"), sync(), bind("", ""), execute("", 0), sync());
        client.readUntil('Z');
        assertThat(client.readUntil('Z').get(1).firstValue()).isEqualTo("other");
    }

    /** Its text is known, but not to be prepared once more. */
    @Test
    void whatAQueryHasDroppedIsGone() throws IOException {
        client.answer(parse("", SECRET));
        client.query("SELECT 1");
        proxy.replaceRules(STRICT);
        assertThat(client.answer(bind("", ""), execute("", 0)).get(0).fields()).containsEntry('C', "26000");
    }

    /** A failed Parse takes away what was there before, also where a kept statement is to come in its place. */
    @Test
    void whatAFailedParseHasDroppedIsGone() throws IOException {
        for (int i = 0; i < 3; i++) {
            client.answer(parse("", "SELECT none FROM t WHERE id = $1"), bind("", "", "1"), execute("", 0));
        }
        client.answer(parse("", "SELECT 'earlier'"));
        client.send(parse("f", "SELECT 1 / $1::int"), parse("b", "BEGIN"), bind("", "b"), execute("", 0), sync());
        client.readUntil('Z');
        assertThat(client.answer(bind("", "f", "0"), execute("", 0))).anyMatch(message -> message.type() == 'E');
        assertThat(client.answer(parse("", "SELECT none FROM t WHERE id = $1"))
                        .get(0)
                        .fields())
                .containsEntry('C', "25P02");
        assertThat(client.answer(describeStatement("")).get(0).fields()).containsEntry('C', "26000");
    }

    /** The text that was skipped is the same as the one that is there. */
    @Test
    void oneThatIsSkippedLeavesTheSameThatWasThere() throws IOException {
        client.answer(parse("", SECRET));
        client.answer(bind("", "missing"), parse("", SECRET));
        proxy.replaceRules(STRICT);
        assertThat(client.answer(bind("", ""), execute("", 0)).get(1).firstValue())
                .isEqualTo("masked");
    }

    @Test
    void oneWhoseNameIsTakenLeavesTheSameThatWasThere() throws IOException {
        client.answer(parse("s", SECRET));
        client.answer(parse("s", SECRET));
        proxy.replaceRules(STRICT);
        assertThat(client.answer(bind("", "s"), execute("", 0)).get(1).firstValue())
                .isEqualTo("masked");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatAFailedMessageHasDroppedIsGone(boolean query) throws IOException {
        client.answer(parse("", SECRET));
        if (query) {
            client.query("SELECT 1 / 0");
        } else {
            client.answer(parse("", "SELECT missing FROM t"));
        }
        proxy.replaceRules(STRICT);
        assertThat(client.answer(bind("", ""), execute("", 0)).get(0).fields()).containsEntry('C', "26000");
        assertThat(client.answer(describeStatement("")).get(0).fields()).containsEntry('C', "26000");
    }
}
