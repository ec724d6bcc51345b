package dev.bauta.proxy.session;

import static dev.bauta.proxy.testing.Frontend.bind;
import static dev.bauta.proxy.testing.Frontend.execute;
import static dev.bauta.proxy.testing.Frontend.parse;
import static dev.bauta.proxy.testing.Frontend.query;
import static dev.bauta.proxy.testing.Frontend.sync;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bauta.proxy.testing.BackendMessage;
import dev.bauta.proxy.testing.EngineUnderTest;
import dev.bauta.proxy.testing.TestClient;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** No masked client can have the server run what a failed Query has left in the unnamed portal: the server process would crash. */
class UnnamedPortalTest {
    /** Fails while it runs, when the portal is there. */
    private static final String FAILING = "SELECT generate_series(1, 9) / 0";

    /** Takes the memory that the failed one had. */
    private static final String LARGE = IntStream.range(0, 300)
            .mapToObj(i -> "'" + "x".repeat(50) + "' || " + i)
            .collect(Collectors.joining(",", "SELECT ", ""));

    private static EngineUnderTest proxy;
    private TestClient client;

    @BeforeAll
    static void start() throws IOException, SQLException {
        proxy = EngineUnderTest.start(
                "CREATE TABLE t (id int, secret text)",
                """
                version: 1
                columns: [{match: public.t.secret, mask: redact}]
                """);
    }

    @AfterAll
    static void stop() {
        proxy.close();
    }

    @BeforeEach
    void login() throws IOException {
        client = proxy.login("analyst");
    }

    @AfterEach
    void logout() throws IOException {
        client.close();
    }

    private void fail() throws IOException {
        client.query("BEGIN");
        client.query(FAILING);
        client.query(LARGE);
    }

    private void assertAborted(List<BackendMessage> answer) {
        assertThat(answer).extracting(BackendMessage::type).containsExactly('E', 'Z');
        assertThat(answer.get(0).fields())
                .containsEntry('C', "25P02")
                .containsEntry('M', "current transaction is aborted, commands ignored until end of transaction block");
    }

    @Test
    void whatAFailedQueryHasLeftIsNotRun() throws IOException {
        fail();
        assertAborted(client.answer(execute("", 0)));
        assertThat(client.query("ROLLBACK").get(0).type()).isEqualTo('C');
    }

    @Test
    void norWhenAllIsSentAtOnce() throws IOException {
        client.send(query("BEGIN"), query(FAILING), query(LARGE), execute("", 0), sync());
        for (int i = 0; i < 3; i++) {
            client.readUntil('Z');
        }
        assertAborted(client.readUntil('Z'));
    }

    /** The failed Bind leaves there what was there. */
    @Test
    void norWhenABindHasFailedInBetween() throws IOException {
        client.answer(parse("s", "SELECT 1"));
        fail();
        assertAborted(client.answer(bind("", "s"), execute("", 0)));
        assertAborted(client.answer(execute("", 0)));
        client.send(bind("", "s"), sync(), execute("", 0), sync());
        assertAborted(client.readUntil('Z'));
        assertAborted(client.readUntil('Z'));
    }

    /** The answer to a Bind tells nothing of what comes after that. */
    @Test
    void norWhenItWasOpenedBefore() throws IOException {
        client.query("BEGIN");
        client.send(parse("", "SELECT 1"), bind("", ""), sync(), query(FAILING), query(LARGE));
        for (int i = 0; i < 3; i++) {
            client.readUntil('Z');
        }
        assertAborted(client.answer(execute("", 0)));
    }

    @Test
    void oneThatTheClientHasOpenedIsRun() throws IOException {
        client.query("BEGIN");
        client.answer(parse("", "SELECT generate_series(1, 3)"), bind("", ""));
        assertThat(client.answer(execute("", 1)).get(0).firstValue()).isEqualTo("1");
        assertThat(client.answer(execute("", 0)))
                .extracting(BackendMessage::type)
                .containsExactly('D', 'D', 'C', 'Z');
        client.query("SELECT 1");
        client.send(parse("", "SELECT 1"), bind("", ""), sync(), execute("", 0), sync());
        assertThat(client.readUntil('Z')).extracting(BackendMessage::type).containsExactly('1', '2', 'Z');
        assertThat(client.readUntil('Z')).extracting(BackendMessage::type).containsExactly('D', 'C', 'Z');
    }

    @Test
    void aRollbackThatTheClientHasOpenedIsRun() throws IOException {
        fail();
        assertThat(client.answer(parse("", "ROLLBACK"), bind("", "")))
                .extracting(BackendMessage::type)
                .containsExactly('1', '2', 'Z');
        assertThat(client.answer(execute("", 0)))
                .extracting(BackendMessage::type)
                .containsExactly('C', 'Z');
    }

    @Test
    void outsideOfATransactionThereIsNone() throws IOException {
        client.query(FAILING);
        assertThat(client.answer(execute("", 0)).get(0).fields())
                .containsEntry('C', "34000")
                .containsEntry('M', "portal \"\" does not exist");
    }
}
