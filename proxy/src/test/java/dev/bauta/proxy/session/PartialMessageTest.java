package dev.bauta.proxy.session;

import static dev.bauta.proxy.testing.Frontend.all;
import static dev.bauta.proxy.testing.Frontend.bind;
import static dev.bauta.proxy.testing.Frontend.closeStatement;
import static dev.bauta.proxy.testing.Frontend.copyData;
import static dev.bauta.proxy.testing.Frontend.describePortal;
import static dev.bauta.proxy.testing.Frontend.execute;
import static dev.bauta.proxy.testing.Frontend.message;
import static dev.bauta.proxy.testing.Frontend.parse;
import static dev.bauta.proxy.testing.Frontend.query;
import static dev.bauta.proxy.testing.Frontend.sync;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bauta.proxy.testing.BackendMessage;
import dev.bauta.proxy.testing.EngineUnderTest;
import dev.bauta.proxy.testing.TestClient;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** While the client has sent a message in part, which goes on as it comes, nothing of the proxy's own gets in between. */
class PartialMessageTest {
    private static final String RULES =
            """
            version: 1
            columns:
              - {match: public.t.secret, mask: {type: constant, value: masked}}
            """;

    private static final String OWN = "bauta: search_path";

    /** What the proxy asks for the search_path by, but for the Sync. */
    private static final byte[] ASKING = all(
            parse(OWN, "SELECT s FROM pg_catalog.unnest(pg_catalog.current_schemas(true)) AS s"),
            bind("", OWN),
            describePortal(""),
            execute("", 0),
            closeStatement(OWN));

    private static final String LOOKUP = "SELECT id FROM t WHERE id = $1";

    private static EngineUnderTest proxy;
    private TestClient client;

    @BeforeAll
    static void start() throws IOException, SQLException {
        proxy = EngineUnderTest.start(
                """
                CREATE TABLE t (id int PRIMARY KEY, secret text);
                INSERT INTO t SELECT i, 'canary-' || i FROM generate_series(1, 9) i;
                CREATE SCHEMA elsewhere;
                GRANT USAGE ON SCHEMA elsewhere TO public;
                CREATE TABLE elsewhere.t (id int PRIMARY KEY, secret text);
                GRANT SELECT ON elsewhere.t TO public
                """,
                RULES);
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

    /** Outside of COPY the server ignores its messages, so that they can stand anywhere; here it would take what asks for the rest. */
    @ParameterizedTest
    @ValueSource(chars = {'d', 'c', 'f'})
    void theRestOfAMessageIsNotReadAsOthers(char type) throws IOException {
        String select = "SELECT secret || '' FROM t";
        byte[] rest = query(select + " ".repeat(ASKING.length - query(select).length));
        byte[] message = message(type, all(new byte[50], rest));
        client.send(query("SET search_path = public"), Arrays.copyOf(message, message.length - rest.length));
        assertThat(client.readUntil('Z')).extracting(BackendMessage::type).contains('C', 'Z');
        client.send(rest, query("SELECT 'asked for'"));
        assertThat(text(client.readUntil('Z'))).contains("asked for").doesNotContain("canary");
        assertThat(text(client.query("SELECT secret FROM t WHERE id = 1"))).contains("masked");
    }

    /** The search_path is asked for when the message has come. */
    @Test
    void whatIsInDoubtIsAskedForLater() throws IOException {
        sendAround("SET search_path = pg_catalog", sync());
        client.readUntil('Z');
        assertThat(text(client.query("SELECT secret FROM t"))).contains("does not exist");
    }

    /** Where nothing could be asked for since a text failed, the next is run as it was decided: with the names of the path that was believed. */
    @Test
    void whatIsInDoubtIsNotBelieved() throws IOException {
        sendAround("SET search_path = elsewhere; SELECT 1/0", query("SELECT secret FROM t"));
        assertThat(text(client.readUntil('Z'))).contains("SELECT 0").doesNotContain("canary");
    }

    /** What takes the place of a look-up by key is sent where the client's message stands. */
    @Test
    void aLongBindComesBehindWhatCameBefore() throws IOException {
        client.answer(parse("other", "SELECT 'other' || $1"));
        for (int i = 0; i < 5; i++) {
            client.answer(parse("", LOOKUP), bind("", "", "1"), execute("", 0));
        }
        client.answer(parse("", LOOKUP), bind("", "", "1"), execute("", 0));
        byte[] longBind = bind("", "", "1" + " ".repeat(2_000_000));
        List<BackendMessage> answer = client.answer(
                all(bind("p", "other", "x"), bind("", "other", "y"), execute("", 0), longBind), execute("", 0));
        assertThat(text(answer)).contains("othery");
        assertThat(answer).extracting(BackendMessage::type).containsExactly('2', '2', 'D', 'C', '2', 'D', 'C', 'Z');
    }

    /** Sends a message of COPY in two parts, which the answer to a text comes between, and behind it what is next. */
    private void sendAround(String text, byte[] next) throws IOException {
        byte[] data = copyData("ignored");
        client.send(query(text), Arrays.copyOf(data, 7));
        client.readUntil('Z');
        client.send(Arrays.copyOfRange(data, 7, data.length), next);
    }

    private static String text(List<BackendMessage> messages) {
        return messages.stream().map(BackendMessage::body).collect(Collectors.joining("\n"));
    }
}
