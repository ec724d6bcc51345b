package dev.bauta.proxy.session;

import static dev.bauta.proxy.testing.Frontend.bind;
import static dev.bauta.proxy.testing.Frontend.describePortal;
import static dev.bauta.proxy.testing.Frontend.describeStatement;
import static dev.bauta.proxy.testing.Frontend.execute;
import static dev.bauta.proxy.testing.Frontend.functionCall;
import static dev.bauta.proxy.testing.Frontend.message;
import static dev.bauta.proxy.testing.Frontend.parse;
import static dev.bauta.proxy.testing.Frontend.query;
import static dev.bauta.proxy.testing.Frontend.sync;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bauta.proxy.testing.BackendMessage;
import dev.bauta.proxy.testing.ProxyUnderTest;
import dev.bauta.proxy.testing.TestClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of texts that are rewritten or refused, and that a session is then as after an error of PostgreSQL. */
class DecisionsTest {
    private static final Map<Character, String> REFUSED =
            Map.of('S', "ERROR", 'V', "ERROR", 'C', "42501", 'M', "forbidden here", 'H', "do something else", 'P', "8");

    private static ProxyUnderTest proxy;
    private TestClient client;

    @BeforeAll
    static void start() throws IOException {
        proxy = ProxyUnderTest.start("CREATE TABLE t (a int); INSERT INTO t VALUES (1);");
    }

    @AfterAll
    static void stop() {
        proxy.close();
    }

    @BeforeEach
    void login() throws IOException {
        client = proxy.login("masked");
    }

    @AfterEach
    void logout() throws IOException {
        client.close();
    }

    @Test
    void rewritesSimpleQueries() throws IOException {
        List<BackendMessage> answer = client.query("SELECT secret");
        assertThat(types(answer)).isEqualTo("TDCZ");
        assertThat(answer.get(1).firstValue()).isEqualTo("hidden");
    }

    @Test
    void rewritesPreparedStatements() throws IOException {
        client.send(
                parse("s", "SELECT secret || $1", 25),
                describeStatement("s"),
                bind("", "s", " x"),
                execute("", 0),
                sync());
        List<BackendMessage> answer = client.readUntil('Z');
        assertThat(types(answer)).isEqualTo("1tT2DCZ");
        assertThat(answer.get(4).firstValue()).isEqualTo("hidden x");
    }

    @Test
    void leadsPositionsBackToTheClientsText() throws IOException {
        // The position counts characters, not bytes or UTF-16 units.
        String text = "SELECT 'ä😀', secret, nothing";
        List<BackendMessage> answer = client.query(text);
        assertThat(answer.get(0).fields()).containsEntry('P', "22").containsEntry('C', "42703");
        client.send(parse("", text), sync());
        assertThat(client.readUntil('Z').get(0).fields()).containsEntry('P', "22");
        assertThat(client.query("SELECT nothing").get(0).fields()).containsEntry('P', "8");
    }

    @Test
    void givesNoPositionThatCouldPointIntoARewrittenText() throws IOException {
        client.query("CREATE TABLE gone (c int)");
        client.send(parse("s", "SELECT secret, c FROM gone"), sync());
        client.readUntil('Z');
        client.query("DROP TABLE gone");
        client.send(bind("", "s"), sync());
        assertThat(client.readUntil('Z').get(0).fields())
                .containsEntry('C', "42P01")
                .doesNotContainKey('P');
    }

    @Test
    void refusesAsPostgresqlRaisesAnError() throws IOException {
        List<BackendMessage> answer = client.query("SELECT FORBIDDEN");
        assertThat(types(answer)).isEqualTo("EZ");
        assertThat(answer.get(0).fields()).isEqualTo(REFUSED);
        assertThat(answer.get(1).body()).isEqualTo("I");
    }

    @Test
    void aRefusalAbortsTheTransaction() throws IOException {
        client.query("BEGIN");
        client.query("INSERT INTO t VALUES (2)");
        assertThat(statusOf(client.query("SELECT FORBIDDEN"))).isEqualTo("E");
        List<BackendMessage> inAborted = client.query("SELECT FORBIDDEN");
        assertThat(inAborted.get(0).fields()).containsEntry('C', "25P02");
        assertThat(client.query("SELECT 1").get(0).fields()).containsEntry('C', "25P02");
        assertThat(statusOf(client.query("COMMIT"))).isEqualTo("I");
        assertThat(client.query("SELECT count(*) FROM t").get(1).firstValue()).isEqualTo("1");
    }

    @Test
    void aRefusalWithinASavepointCanBeRolledBack() throws IOException {
        client.query("BEGIN");
        client.query("SAVEPOINT s");
        client.query("SELECT FORBIDDEN");
        assertThat(statusOf(client.query("ROLLBACK TO s"))).isEqualTo("T");
        assertThat(types(client.query("SELECT 1"))).isEqualTo("TDCZ");
        client.query("ROLLBACK");
    }

    @Test
    void aRefusedParseIsSkippedToSync() throws IOException {
        client.send(
                parse("s", "SELECT FORBIDDEN"),
                describeStatement("s"),
                bind("", "s"),
                execute("", 0),
                parse("other", "SELECT secret"),
                sync(),
                bind("", "s"),
                sync(),
                bind("", "other"),
                sync());
        List<BackendMessage> answer = client.readUntil('Z');
        assertThat(types(answer)).isEqualTo("EZ");
        assertThat(answer.get(0).fields()).isEqualTo(REFUSED);
        assertThat(client.readUntil('Z').get(0).fields()).containsEntry('C', "26000");
        assertThat(client.readUntil('Z').get(0).fields()).containsEntry('C', "26000");
    }

    @Test
    void aRefusalInAPipelineUndoesItsImplicitTransaction() throws IOException {
        client.send(
                parse("", "INSERT INTO t VALUES (3)"),
                bind("", ""),
                execute("", 0),
                parse("", "SELECT FORBIDDEN"),
                bind("", ""),
                execute("", 0),
                sync(),
                query("SELECT count(*) FROM t"));
        assertThat(types(client.readUntil('Z'))).isEqualTo("12CEZ");
        assertThat(client.readUntil('Z').get(1).firstValue()).isEqualTo("1");
    }

    @Test
    void eachErrorOfAPipelineGoesToItsOwnText() throws IOException {
        client.send(query("SELECT FORBIDDEN"), query("SELECT nothing"), query("SELECT  FORBIDDEN"));
        assertThat(client.readUntil('Z').get(0).fields()).isEqualTo(REFUSED);
        assertThat(client.readUntil('Z').get(0).fields()).containsEntry('C', "42703");
        assertThat(client.readUntil('Z').get(0).fields()).containsEntry('P', "9");
    }

    @Test
    void refusesFunctionCallsAndGoesOn() throws IOException {
        client.send(functionCall(1, "x"), query("SELECT 1"));
        List<BackendMessage> answer = client.readUntil('Z');
        assertThat(types(answer)).isEqualTo("EZ");
        assertThat(answer.get(0).fields()).containsEntry('C', "42501").containsEntry('M', "FunctionCall refused");
        assertThat(types(client.readUntil('Z'))).isEqualTo("TDCZ");
    }

    @Test
    void textsThatAreNoStringsAreOrdinaryErrors() throws IOException {
        byte[] latin1 = {'S', 'E', (byte) 0xE4, 0};
        for (int type : new int[] {'Q', 'P'}) {
            assertThat(errorTo(message(type, new byte[0]))).isEqualTo("08P01");
            assertThat(errorTo(message(type, bytes("SELECT 1")))).isEqualTo("08P01");
            assertThat(errorTo(message(type, bytes("SELECT 1\0SELECT 2\0")))).isEqualTo("08P01");
            assertThat(errorTo(message(type, latin1))).isEqualTo("22021");
        }
        assertThat(errorTo(message('P', bytes("s\0SELECT 1\0\0\1")))).isEqualTo("08P01");
        assertThat(types(client.query("SELECT 1"))).isEqualTo("TDCZ");
    }

    private String errorTo(byte[] bad) throws IOException {
        client.send(bad, sync());
        List<BackendMessage> answer = client.readUntil('Z');
        if (bad[0] == 'Q') {
            client.readUntil('Z');
        }
        assertThat(types(answer)).isEqualTo("EZ");
        return answer.get(0).fields().getOrDefault('C', "");
    }

    @Test
    void errorsCarryNoValuesOfRows() throws IOException {
        client.query("CREATE TEMP TABLE u (a int PRIMARY KEY); INSERT INTO u VALUES (42)");
        Map<Character, String> error =
                client.query("INSERT INTO u VALUES (42)").get(0).fields();
        assertThat(error).containsEntry('C', "23505").doesNotContainKeys('D', 'W', 'q', 'p');
        assertThat(error).containsEntry('n', "u_pkey").containsEntry('t', "u");
    }

    @Test
    void describesRewrittenPortals() throws IOException {
        client.send(parse("", "SELECT secret"), bind("", ""), describePortal(""), execute("", 0), sync());
        assertThat(types(client.readUntil('Z'))).isEqualTo("12TDCZ");
    }

    private static String statusOf(List<BackendMessage> answer) {
        return answer.get(answer.size() - 1).body();
    }

    private static String types(List<BackendMessage> messages) {
        StringBuilder types = new StringBuilder();
        messages.forEach(message -> types.append(message.type()));
        return types.toString();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
