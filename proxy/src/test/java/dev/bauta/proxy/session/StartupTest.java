package dev.bauta.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bauta.proxy.testing.BackendMessage;
import dev.bauta.proxy.testing.Frontend;
import dev.bauta.proxy.testing.ProxyUnderTest;
import dev.bauta.proxy.testing.ScriptedServer;
import dev.bauta.proxy.testing.TestClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class StartupTest {
    private static final int VERSION_3_0 = 3 << 16;

    private static ProxyUnderTest proxy;

    @BeforeAll
    static void start() throws IOException {
        proxy = ProxyUnderTest.start("CREATE SCHEMA \"Odd, {schema}\"; ALTER ROLE raw SET search_path = public;");
    }

    @AfterAll
    static void stop() {
        proxy.close();
    }

    @Test
    void declinesEncryptionAndGoesOn() throws IOException {
        try (TestClient client = TestClient.connect(proxy.address())) {
            assertThat(client.send(Frontend.sslRequest()).readByte()).isEqualTo('N');
            assertThat(client.send(Frontend.gssEncRequest()).readByte()).isEqualTo('N');
            client.send(Frontend.startup("masked", proxy.database().name()));
            assertThat(last(client.readUntil('Z'))).isEqualTo(new BackendMessage('Z', "I"));
        }
    }

    @Test
    void declinesEachEncryptionOnce() throws IOException {
        try (TestClient client = TestClient.connect(proxy.address())) {
            client.send(Frontend.sslRequest(), Frontend.sslRequest());
            assertThat(client.readByte()).isEqualTo('N');
            expectFatal(client, "08P01");
        }
    }

    @Test
    void aClientMaySendEverythingAtOnce() throws IOException {
        for (String user : List.of("masked", "raw")) {
            try (TestClient client = TestClient.connect(proxy.address())) {
                client.send(Frontend.startup(user, proxy.database().name()), Frontend.query("SELECT 'early'"));
                client.readUntil('Z');
                assertThat(client.readUntil('Z').get(1).firstValue()).isEqualTo("early");
            }
        }
    }

    @Test
    void aStartupMessageMayComeByteByByte() throws IOException {
        try (TestClient client = TestClient.connect(proxy.address())) {
            byte[] message = Frontend.startup("masked", proxy.database().name());
            for (byte b : message) {
                client.send(new byte[] {b});
            }
            assertThat(last(client.readUntil('Z'))).isEqualTo(new BackendMessage('Z', "I"));
        }
    }

    @Test
    void theSessionIsToldItsSearchPathAndSettings() throws IOException {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("user", "masked");
        parameters.put("database", proxy.database().name());
        parameters.put("search_path", "\"Odd, {schema}\", public");
        try (TestClient client = TestClient.connect(proxy.address())) {
            client.send(Frontend.startup(VERSION_3_0, parameters));
            client.readUntil('Z');
        }
        assertThat(proxy.sessions().searchPaths()).contains(List.of("pg_catalog", "Odd, {schema}", "public"));
        assertThat(proxy.sessions().parameters())
                .containsEntry("client_encoding", "UTF8")
                .containsEntry("standard_conforming_strings", "on");
    }

    @Test
    void secretSettingsReachTheServerAndNotTheClient() throws IOException {
        try (TestClient client = TestClient.connect(proxy.address())) {
            client.send(Frontend.startup("masked", proxy.database().name()));
            List<BackendMessage> login = client.readUntil('Z');
            assertThat(login).noneMatch(message -> message.body().contains("bauta"));
            assertThat(client.query("SHOW bauta.k1").get(1).firstValue()).isEqualTo("0123456789abcdef");
        }
        try (TestClient client = proxy.login("raw")) {
            assertThat(client.query("SHOW bauta.k1").get(0).fields()).containsEntry('C', "42704");
        }
    }

    @Test
    void theServerNegotiatesTheProtocol() throws IOException {
        byte[] startup = Frontend.startup(
                VERSION_3_0 + 2,
                Map.of("user", "masked", "database", proxy.database().name(), "_pq_.unheard_of", "1"));
        try (TestClient direct = TestClient.connect(proxy.directAddress());
                TestClient client = TestClient.connect(proxy.address())) {
            BackendMessage expected = direct.send(startup).read();
            assertThat(expected.type()).isEqualTo('v');
            assertThat(client.send(startup).read()).isEqualTo(expected);
            client.readUntil('Z');
            assertThat(client.query("SELECT 1").get(1).firstValue()).isEqualTo("1");
        }
    }

    /** What the proxy does not understand must not come into force between client and server. */
    @Test
    void neitherNewerVersionsNorOptionsReachTheServer() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    byte[] startup = peer.readStartup();
                    peer.send(Frontend.message('v', new byte[] {0, 3, 0, 1, 0, 0, 0, 0}))
                            .send(Frontend.message('N', startup))
                            .send(Frontend.message('R', new byte[] {0, 0, 0, 3}))
                            .readToEnd();
                });
                ProxyUnderTest proxy = ProxyUnderTest.inFrontOf("127.0.0.1", server.port());
                TestClient client = TestClient.connect(proxy.address())) {
            Map<String, String> parameters = new LinkedHashMap<>();
            parameters.put("user", "raw");
            parameters.put("_pq_.compression", "on");
            client.send(Frontend.startup(VERSION_3_0 + 9_999, parameters));
            assertThat(client.read()).isEqualTo(new BackendMessage('v', "\0\3\0\1\0\0\0\1_pq_.compression\0"));
            assertThat(client.read()).isEqualTo(new BackendMessage('N', "\0\3\0\2user\0raw\0\0"));
        }
    }

    @Test
    void theProxyNegotiatesWhereTheServerHasNothingToSay() throws IOException {
        Map<String, String> parameters =
                Map.of("user", "masked", "database", proxy.database().name(), "_pq_.unheard_of", "1");
        byte[] startup = Frontend.startup(VERSION_3_0, parameters);
        try (TestClient direct = TestClient.connect(proxy.directAddress());
                TestClient client = TestClient.connect(proxy.address())) {
            assertThat(client.send(startup).read())
                    .isEqualTo(direct.send(startup).read());
            assertThat(client.readUntil('Z')).last().isEqualTo(new BackendMessage('Z', "I"));
        }
    }

    /** Protocol 3.2 has longer keys. The client's is the proxy's own, and that of the server process. */
    @Test
    void aLongCancelKeyIsAnsweredByOneOfItsLength() throws Exception {
        byte[] key = new byte[4 + 256];
        Arrays.fill(key, (byte) 7);
        BlockingQueue<byte[]> cancels = new ArrayBlockingQueue<>(1);
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    byte[] first = peer.readStartup();
                    if (first[1] == 3) {
                        peer.send(
                                        Frontend.message('R', new byte[4]),
                                        Frontend.message('K', key),
                                        Frontend.message('Z', new byte[] {'I'}))
                                .readToEnd();
                    } else {
                        cancels.add(first);
                    }
                });
                ProxyUnderTest proxy = ProxyUnderTest.inFrontOf("127.0.0.1", server.port());
                TestClient client = TestClient.connect(proxy.address());
                TestClient canceller = TestClient.connect(proxy.address())) {
            client.send(Frontend.startup(VERSION_3_0 + 2, Map.of("user", "raw")));
            byte[] own = client.readUntil('Z').get(1).bytes();
            assertThat(own).hasSameSizeAs(key).startsWith(7, 7, 7, 7).isNotEqualTo(key);
            assertThat(canceller.send(Frontend.cancelRequest(own)).readByte()).isEqualTo(-1);
            byte[] request = Frontend.cancelRequest(key);
            assertThat(cancels.poll(20, TimeUnit.SECONDS)).isEqualTo(Arrays.copyOfRange(request, 4, request.length));
        }
    }

    @Test
    void errorsOfTheServerAreRelayed() throws IOException {
        try (TestClient client = TestClient.connect(proxy.address())) {
            client.send(Frontend.startup("masked", "no_such_database"));
            Map<Character, String> error = last(client.readUntil('E')).fields();
            assertThat(error).containsEntry('C', "3D000").containsEntry('S', "FATAL");
            assertThat(client.read()).isEqualTo(BackendMessage.END);
        }
    }

    @Test
    void refusesWhatTheSessionRefuses() throws IOException {
        refuses(Frontend.startup(VERSION_3_0, Map.of("user", "masked", "options", "-c x=y")), "42501");
        byte[] latin1 = Frontend.startup(
                VERSION_3_0,
                Map.of("user", "masked", "database", proxy.database().name(), "client_encoding", "LATIN1"));
        try (TestClient client = TestClient.connect(proxy.address())) {
            client.send(latin1);
            Map<Character, String> error = last(client.readUntil('E')).fields();
            assertThat(error).containsEntry('C', "22021").containsEntry('S', "FATAL");
            assertThat(client.read()).isEqualTo(BackendMessage.END);
        }
    }

    @Test
    void refusesWhatIsNoStartupMessage() throws IOException {
        refuses(Frontend.startup(VERSION_3_0, Map.of()), "28000");
        refuses(Frontend.startup(VERSION_3_0, Map.of("user", "u".repeat(64))), "42622");
        refuses(Frontend.startup(VERSION_3_0, Map.of("user", "u", "database", "ä".repeat(32))), "42622");
        refuses(Frontend.startup(2 << 16, Map.of("user", "u")), "0A000");
        refuses(Frontend.startup(VERSION_3_0, Map.of("user", "u".repeat(10_000))), "08P01");
        refuses("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII), "08P01");
        refuses(new byte[] {0, 0, 0, 0, 0, 0, 0, 0}, "08P01");
    }

    @Test
    void everyFirstByteIsAnsweredOrAwaitsMore() throws IOException {
        for (int first = 0; first < 256; first++) {
            byte[] noise = new byte[64];
            Arrays.fill(noise, (byte) first);
            if (first == 0) {
                noise[3] = 64;
            }
            refuses(noise, first == 0 ? "0A000" : "08P01");
        }
    }

    @Test
    void refusesSessionsBeyondTheLimitAndTakesOthersWhenOneHasEnded() throws IOException {
        try (ProxyUnderTest small =
                ProxyUnderTest.start("", settings -> settings.withLimits(Limits.DEFAULT.withCounts(1, 2)))) {
            TestClient first = small.login("masked");
            try (TestClient second = TestClient.connect(small.address())) {
                second.send(Frontend.startup("masked", small.database().name()));
                expectFatal(second, "53300");
            }
            first.close();
            Awaitility.await().until(() -> small.server().openSessions() == 0);
            small.login("masked").close();
        }
    }

    @Test
    void refusesConnectionsBeyondTheLimit() throws IOException {
        try (ProxyUnderTest small =
                        ProxyUnderTest.start("", settings -> settings.withLimits(Limits.DEFAULT.withCounts(1, 1)));
                TestClient first = TestClient.connect(small.address())) {
            assertThat(first.send(Frontend.sslRequest()).readByte()).isEqualTo('N');
            try (TestClient second = TestClient.connect(small.address())) {
                expectFatal(second, "53300");
            }
            first.send(Frontend.startup("masked", small.database().name()));
            assertThat(last(first.readUntil('Z')).type()).isEqualTo('Z');
        }
    }

    @Test
    void endsAfterTheLoginTimeout() throws IOException {
        Duration soon = Duration.ofMillis(200);
        try (ProxyUnderTest hasty = ProxyUnderTest.start(
                        "", settings -> settings.withLimits(Limits.DEFAULT.withTimeouts(soon, Duration.ofSeconds(5))));
                TestClient client = TestClient.connect(hasty.address())) {
            client.send(Arrays.copyOf(Frontend.startup("masked", "x"), 6));
            expectFatal(client, "57014");
        }
    }

    private static void refuses(byte[] message, String sqlState) throws IOException {
        try (TestClient client = TestClient.connect(proxy.address())) {
            client.send(message);
            expectFatal(client, sqlState);
        }
    }

    private static void expectFatal(TestClient client, String sqlState) throws IOException {
        assertThat(client.read().fields()).containsEntry('C', sqlState).containsEntry('S', "FATAL");
        assertThat(client.read()).isEqualTo(BackendMessage.END);
    }

    private static BackendMessage last(List<BackendMessage> messages) {
        return messages.get(messages.size() - 1);
    }
}
