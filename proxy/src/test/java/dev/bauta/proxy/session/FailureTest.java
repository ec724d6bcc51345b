package dev.bauta.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bauta.proxy.testing.BackendMessage;
import dev.bauta.proxy.testing.CapturedLog;
import dev.bauta.proxy.testing.Frontend;
import dev.bauta.proxy.testing.ProxyUnderTest;
import dev.bauta.proxy.testing.ScriptedServer;
import dev.bauta.proxy.testing.TestClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever breaks ends one session with one clear error, and leaves the others and the proxy unharmed. */
class FailureTest {
    private static ProxyUnderTest proxy;
    private TestClient bystander;

    @BeforeAll
    static void start() throws IOException {
        proxy = ProxyUnderTest.start("");
    }

    @AfterAll
    static void stop() {
        proxy.close();
    }

    @BeforeEach
    void loginBystander() throws IOException {
        bystander = proxy.login("masked");
    }

    @AfterEach
    void theBystanderIsUnharmed() throws IOException {
        assertThat(bystander.query("SELECT 'unharmed'").get(1).firstValue()).isEqualTo("unharmed");
        bystander.close();
        Awaitility.await().until(() -> proxy.server().openSessions() == 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"masked", "raw"})
    void aKilledServerProcessIsReportedByItself(String user) throws IOException {
        try (TestClient client = proxy.login(user)) {
            String pid = client.query("SELECT pg_backend_pid()").get(1).firstValue();
            bystander.query("SELECT pg_terminate_backend(" + pid + ")");
            assertThat(client.read().fields()).containsEntry('C', "57P01").containsEntry('S', "FATAL");
            assertThat(client.read()).isEqualTo(BackendMessage.END);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"masked", "raw"})
    void aVanishedServerIsReported(String user) throws IOException {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    peer.login(user.equals("masked"));
                    peer.read();
                });
                ProxyUnderTest between = ProxyUnderTest.inFrontOf("127.0.0.1", server.port());
                TestClient client = TestClient.login(between.address(), user, "d")) {
            client.send(Frontend.query("SELECT 1"));
            expectFatal(client, "08006");
        }
    }

    @Test
    void aServerThatVanishesWithinARowLeavesNoGarbage() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    peer.login(true);
                    peer.read();
                    peer.send(Frontend.message('T', new byte[2]), new byte[] {'D', 0, 0, 1, 0, 'x'});
                });
                ProxyUnderTest between = ProxyUnderTest.inFrontOf("127.0.0.1", server.port());
                TestClient client = TestClient.login(between.address(), "masked", "d")) {
            client.send(Frontend.query("SELECT 1"));
            assertThat(client.read().type()).isEqualTo('T');
            assertThat(client.read()).isEqualTo(BackendMessage.END);
        }
    }

    @Test
    void aServerThatIsNotThereIsReported() throws IOException {
        // A port that is bound and not listened at refuses, and nobody else is given it meanwhile.
        try (Socket nobody = new Socket()) {
            nobody.bind(new InetSocketAddress(0));
            int port = nobody.getLocalPort();
            for (String host : List.of("127.0.0.1", "localhost")) {
                try (ProxyUnderTest alone = ProxyUnderTest.inFrontOf(host, port);
                        TestClient client = TestClient.connect(alone.address())) {
                    client.send(Frontend.startup("masked", "d"));
                    Map<Character, String> error = expectFatal(client, "08001");
                    assertThat(error)
                            .containsEntry('M', "Bauta cannot reach the PostgreSQL server at " + host + ":" + port);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"masked", "raw"})
    void aKilledClientEndsItsServerProcess(String user) throws IOException {
        TestClient client = proxy.login(user);
        String pid = client.query("SELECT pg_backend_pid()").get(1).firstValue();
        client.query("BEGIN");
        client.kill();
        String count = "SELECT count(*) FROM pg_stat_activity WHERE pid = " + pid;
        Awaitility.await()
                .until(() -> bystander.query(count).get(1).firstValue().equals("0"));
    }

    @Test
    void whatAClientSentBeforeItLeftIsDone() throws IOException {
        bystander.query("CREATE TABLE last_words (a int)");
        TestClient client = proxy.login("masked");
        client.send(Frontend.query("INSERT INTO last_words VALUES (1)"), Frontend.terminate());
        client.close();
        Awaitility.await().until(() -> bystander
                .query("SELECT count(*) FROM last_words")
                .get(1)
                .firstValue()
                .equals("1"));
        bystander.query("DROP TABLE last_words");
    }

    @Test
    void terminateIsAnsweredByTheEndAlone() throws IOException {
        for (String user : List.of("masked", "raw")) {
            try (TestClient client = proxy.login(user)) {
                client.send(Frontend.terminate());
                assertThat(client.read()).isEqualTo(BackendMessage.END);
            }
        }
    }

    @Test
    void everyTypeByteIsTakenOrEndsTheSession() throws IOException {
        for (int type = 0; type < 256; type++) {
            boolean known = "BCDEFHPQSXcdf".indexOf(type) >= 0;
            try (TestClient client = proxy.login("masked")) {
                client.trySend(Frontend.message(type, new byte[0]), Frontend.sync());
                BackendMessage answer = type == 'X' ? BackendMessage.END : client.read();
                if (!known) {
                    assertThat(answer.fields())
                            .containsEntry('S', "FATAL")
                            .containsEntry('C', "08P01")
                            .containsEntry('M', "invalid frontend message type " + type);
                    assertThat(client.read()).isEqualTo(BackendMessage.END);
                } else if (type != 'X') {
                    assertThat(answer.type()).as("type %c", type).isIn('E', 'Z', '1');
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"masked", "raw"})
    void lengthsThatCannotBeEndTheSession(String user) throws IOException {
        for (int length : new int[] {3, 0, -1, Integer.MIN_VALUE}) {
            try (TestClient client = proxy.login(user)) {
                client.send(header('Q', length));
                expectFatal(client, "08P01");
            }
        }
    }

    @Test
    void lengthsThatTheServerRefusesEndTheSession() throws IOException {
        for (char type : "BCDEFHPQScdfX".toCharArray()) {
            try (TestClient client = proxy.login("masked")) {
                client.send(header(type, Integer.MAX_VALUE));
                assertThat(expectFatal(client, "08P01")).containsEntry('M', "invalid message length");
            }
        }
    }

    @Test
    void textsBeyondTheLimitAreRefusedAndTheSessionGoesOn() throws IOException {
        byte[] large = new byte[50 * 1024 * 1024];
        Arrays.fill(large, (byte) ' ');
        large[large.length - 1] = 0;
        try (TestClient client = proxy.login("masked")) {
            for (char type : "QP".toCharArray()) {
                client.send(Frontend.query("SELECT 1"), Frontend.flush(), Frontend.message(type, large));
                client.send(Frontend.sync(), Frontend.query("SELECT 2"));
                assertThat(client.readUntil('Z').get(1).firstValue()).isEqualTo("1");
                assertThat(client.readUntil('Z').get(0).fields())
                        .containsEntry('C', "54000")
                        .containsEntry('S', "ERROR");
                assertThat(client.readUntil(m -> m.type() == 'D')
                                .get(type == 'Q' ? 2 : 1)
                                .firstValue())
                        .isEqualTo("2");
                client.readUntil('Z');
            }
        }
    }

    @Test
    void everyTypeByteOfTheServerIsKnownOrEndsTheSession() throws IOException {
        int[] type = new int[1];
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    peer.login(true);
                    peer.read();
                    peer.send(Frontend.message(type[0], new byte[0])).readToEnd();
                });
                ProxyUnderTest between = ProxyUnderTest.inFrontOf("127.0.0.1", server.port())) {
            for (type[0] = 0; type[0] < 256; type[0]++) {
                try (TestClient client = TestClient.login(between.address(), "masked", "d")) {
                    client.send(Frontend.query("SELECT 1"));
                    BackendMessage answer = client.read();
                    if ("ACDGHIcdst".indexOf(type[0]) >= 0) {
                        assertThat(answer.type()).isEqualTo((char) type[0]);
                    } else {
                        assertThat(answer.fields()).as("type %d", type[0]).containsEntry('C', "08P01");
                    }
                }
            }
        }
    }

    @Test
    void aDefectEndsTheSessionAndTellsNothingOfTheText() throws IOException {
        try (CapturedLog log = CapturedLog.open();
                TestClient client = proxy.login("masked")) {
            client.send(Frontend.query("SELECT 'value-4711', DEFECT"));
            assertThat(expectFatal(client, "XX000")).containsEntry('M', "internal error in Bauta");
            assertThat(log.messages()).contains("defect: session ended");
            assertThat(log.texts()).noneMatch(text -> text.contains("4711"));
        }
    }

    @Test
    void aStoppingProxyTellsItsClients() throws IOException {
        ProxyUnderTest stopping = ProxyUnderTest.start("");
        try (TestClient client = stopping.login("masked")) {
            stopping.close();
            expectFatal(client, "57P01");
        }
    }

    private static Map<Character, String> expectFatal(TestClient client, String sqlState) throws IOException {
        Map<Character, String> error = client.read().fields();
        assertThat(error).containsEntry('S', "FATAL").containsEntry('C', sqlState);
        assertThat(client.read()).isEqualTo(BackendMessage.END);
        return error;
    }

    private static byte[] header(char type, int length) {
        byte[] message = Frontend.message(type, new byte[0]);
        for (int i = 0; i < 4; i++) {
            message[1 + i] = (byte) (length >>> 24 - 8 * i);
        }
        return message;
    }
}
