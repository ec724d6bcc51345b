package dev.bauta.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bauta.proxy.ProxySettings;
import dev.bauta.proxy.session.Limits.Times;
import dev.bauta.proxy.testing.BackendMessage;
import dev.bauta.proxy.testing.Frontend;
import dev.bauta.proxy.testing.ProxyUnderTest;
import dev.bauta.proxy.testing.TestClient;
import dev.bauta.proxy.tls.ClientEncryption;
import dev.bauta.rulefile.Network;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a proxy does not take, and for how long it takes the rest. */
class LimitsTest {
    private static final Duration SHORT = Duration.ofMillis(700);
    private static final Network LOOPBACK = new Network.Range(List.of(127, 0, 0, 0), 8);
    private static final Network ELSEWHERE = new Network.Range(List.of(10, 0, 0, 0), 8);

    private static ProxyUnderTest start(UnaryOperator<Limits> change) throws IOException {
        return ProxyUnderTest.start("", settings -> settings.withLimits(change.apply(settings.limits())));
    }

    private static ProxyUnderTest start(Times times) throws IOException {
        return start(limits -> limits.withTimes(times));
    }

    private static UnaryOperator<ProxySettings> allowing(Network... networks) {
        return settings -> settings.withAccess(
                new ClientAccess(ClientEncryption.NONE, Authentication.Relay.RELAY, List.of(networks)));
    }

    @Test
    void takesClientsFromAllowedNetworksAlone() throws IOException {
        try (ProxyUnderTest proxy = ProxyUnderTest.start("", allowing(ELSEWHERE, LOOPBACK));
                TestClient client = proxy.login("masked")) {
            assertThat(client.query("SELECT 1").get(1).firstValue()).isEqualTo("1");
        }
        try (ProxyUnderTest proxy = ProxyUnderTest.start("", allowing(ELSEWHERE, Network.Local.LOCAL));
                TestClient client = TestClient.connect(proxy.address())) {
            client.send(Frontend.startup("masked", proxy.database().name()));
            assertThat(expectFatal(client, "28000"))
                    .containsEntry(
                            'M',
                            "Bauta takes no connections from this address; see 'allowed-networks' in its configuration");
            assertThat(proxy.sessions().principals()).isEmpty();
        }
    }

    @Test
    void cancelRequestsComeFromAllowedNetworksToo() throws Exception {
        try (ProxyUnderTest proxy = ProxyUnderTest.start("", allowing(ELSEWHERE));
                TestClient client = TestClient.connect(proxy.address())) {
            client.send(Frontend.cancelRequest(new byte[8]));
            assertThat(client.readByte()).isEqualTo(-1);
        }
    }

    @Test
    void anAddressMappedIntoIpv6IsAnIpv4Address() throws IOException {
        InetSocketAddress everywhere = new InetSocketAddress(InetAddress.getByName("::"), 0);
        UnaryOperator<ProxySettings> listen = settings -> new ProxySettings(
                everywhere,
                null,
                settings.servers(),
                null,
                settings.limits(),
                settings.access(),
                settings.transport(),
                1);
        try (ProxyUnderTest proxy = ProxyUnderTest.start(
                "", settings -> listen.apply(allowing(LOOPBACK).apply(settings)))) {
            InetSocketAddress mapped = new InetSocketAddress(
                    InetAddress.getLoopbackAddress(), proxy.address().getPort());
            try (TestClient client =
                    TestClient.login(mapped, "masked", proxy.database().name())) {
                assertThat(client.query("SELECT 1").get(1).firstValue()).isEqualTo("1");
                assertThat(proxy.sessions().principals().get(0).origin().address())
                        .isEqualTo(InetAddress.getLoopbackAddress());
            }
        }
    }

    @Test
    void refusesConnectionsBeyondThoseOfOneAddress() throws IOException {
        try (ProxyUnderTest proxy = start(limits -> limits.withConnectionsPerAddress(2))) {
            TestClient first = proxy.login("masked");
            TestClient second = TestClient.connect(proxy.address());
            Awaitility.await().until(() -> proxy.server().openConnections() == 2);
            try (TestClient third = TestClient.connect(proxy.address())) {
                assertThat(expectFatal(third, "53300")).containsEntry('M', "sorry, too many connections already");
            }
            second.close();
            Awaitility.await().until(() -> proxy.server().openConnections() == 1);
            proxy.login("masked").close();
            first.close();
        }
    }

    @Test
    void anIpv6NetworkCountsAsOneAddress() throws Exception {
        ConnectionLimits counts = new ConnectionLimits(
                new LiveOptions(Limits.DEFAULT.withConnectionsPerAddress(1), ClientAccess.DEFAULT));
        assertThat(counts.tryOpenConnection(InetAddress.getByName("2001:db8::1")))
                .isTrue();
        assertThat(counts.tryOpenConnection(InetAddress.getByName("2001:db8::2")))
                .isFalse();
        assertThat(counts.tryOpenConnection(InetAddress.getByName("2001:db8:0:1::1")))
                .isTrue();
        assertThat(counts.tryOpenConnection(null)).isTrue();
        assertThat(counts.tryOpenConnection(null)).isTrue();
        counts.closeConnection(InetAddress.getByName("2001:db8::1"));
        assertThat(counts.tryOpenConnection(InetAddress.getByName("2001:db8::2")))
                .isTrue();
    }

    @Test
    void clientsWaitForTheirTurnInOrder() throws IOException {
        try (ProxyUnderTest proxy = start(limits -> limits.withCounts(1, 10)
                        .withQueue(Duration.ofSeconds(20))
                        .withTimeouts(Duration.ofSeconds(20), Duration.ofSeconds(5)));
                TestClient second = TestClient.connect(proxy.address());
                TestClient third = TestClient.connect(proxy.address())) {
            TestClient first = proxy.login("masked");
            second.send(Frontend.startup("masked", proxy.database().name()));
            Awaitility.await().until(() -> proxy.server().waitingClients() == 1);
            third.send(Frontend.startup("raw", proxy.database().name()));
            Awaitility.await().until(() -> proxy.server().waitingClients() == 2);
            first.close();
            second.readUntil('Z');
            assertThat(second.query("SELECT 2").get(1).firstValue()).isEqualTo("2");
            assertThat(proxy.server().waitingClients()).isEqualTo(1);
            second.close();
            third.readUntil('Z');
            assertThat(third.query("SELECT 3").get(1).firstValue()).isEqualTo("3");
            assertThat(proxy.server().openSessions()).isEqualTo(1);
        }
    }

    @Test
    void waitingHasAnEnd() throws IOException {
        try (ProxyUnderTest proxy = start(limits -> limits.withCounts(1, 10).withQueue(SHORT));
                TestClient first = proxy.login("masked");
                TestClient second = TestClient.connect(proxy.address())) {
            second.send(Frontend.startup("masked", proxy.database().name()));
            expectFatal(second, "53300");
            Awaitility.await().until(() -> proxy.server().waitingClients() == 0);
            assertThat(first.query("SELECT 1").get(1).firstValue()).isEqualTo("1");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"masked", "raw"})
    void endsIdleSessions(String user) throws IOException {
        try (ProxyUnderTest proxy = start(new Times(SHORT, Duration.ZERO, Duration.ZERO))) {
            try (TestClient client = proxy.login(user)) {
                assertThat(expectFatal(client, "57P05"))
                        .containsEntry('M', "terminating connection due to idle-session timeout");
            }
            // Neither a statement nor an open transaction is idleness.
            try (TestClient client = TestClient.connect(proxy.address())) {
                client.send(
                        Frontend.startup(user, proxy.database().name()),
                        Frontend.query("SELECT pg_sleep(1)"),
                        Frontend.query("BEGIN"),
                        Frontend.query("SELECT 1"));
                client.readUntil('Z');
                assertThat(client.readUntil('Z').get(2).type()).isEqualTo('C');
                client.readUntil('Z');
                client.readUntil('Z');
                assertThat(proxy.loginDirectly("raw").query("SELECT pg_sleep(1)"))
                        .isNotEmpty();
                client.query("COMMIT");
                expectFatal(client, "57P05");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"masked", "raw"})
    void aSessionIdlesAfterACopyToo(String user) throws IOException {
        try (ProxyUnderTest proxy = start(new Times(SHORT, Duration.ZERO, Duration.ZERO))) {
            for (boolean extended : new boolean[] {true, false}) {
                try (TestClient client = TestClient.connect(proxy.address())) {
                    String copy = "COPY copied FROM STDIN";
                    byte[] copying = extended
                            ? Frontend.all(
                                    Frontend.parse("", copy),
                                    Frontend.bind("", ""),
                                    Frontend.execute("", 0),
                                    Frontend.sync())
                            : Frontend.query(copy);
                    client.send(
                            Frontend.startup(user, proxy.database().name()),
                            Frontend.query("CREATE TEMP TABLE copied (a text)"),
                            copying);
                    client.readUntil('G');
                    client.send(
                            Frontend.copyData("x\n"), Frontend.copyDone(), extended ? Frontend.sync() : new byte[0]);
                    assertThat(client.readUntil('Z'))
                            .extracting(BackendMessage::type)
                            .contains('C');
                    expectFatal(client, "57P05");
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"masked", "raw"})
    void endsSessionsThatIdleInATransaction(String user) throws IOException {
        try (ProxyUnderTest proxy = start(new Times(Duration.ZERO, SHORT, Duration.ZERO));
                TestClient client = proxy.login(user)) {
            client.query("SELECT pg_sleep(1)");
            client.query("BEGIN");
            assertThat(expectFatal(client, "25P03"))
                    .containsEntry('M', "terminating connection due to idle-in-transaction timeout");
            try (TestClient failed = proxy.login(user)) {
                failed.send(Frontend.query("BEGIN"), Frontend.query("SELECT 1/0"));
                failed.readUntil('Z');
                failed.readUntil('Z');
                expectFatal(failed, "25P03");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"masked", "raw"})
    void cancelsStatementsThatTakeTooLong(String user) throws IOException {
        try (ProxyUnderTest proxy = start(new Times(Duration.ZERO, Duration.ZERO, Duration.ofSeconds(3)));
                TestClient client = proxy.login(user)) {
            assertCanceled(client.query("SELECT pg_sleep(60)"));
            client.send(
                    Frontend.parse("", "SELECT pg_sleep(60)"),
                    Frontend.bind("", ""),
                    Frontend.execute("", 0),
                    Frontend.sync());
            assertCanceled(client.readUntil('Z'));
            assertThat(client.query("SELECT 1").get(1).firstValue()).isEqualTo("1");
            client.query("BEGIN");
            assertThat(client.query("SELECT 2").get(1).firstValue()).isEqualTo("2");
        }
    }

    private static void assertCanceled(List<BackendMessage> answer) {
        assertThat(answer.get(answer.size() - 2).fields())
                .containsEntry('S', "ERROR")
                .containsEntry('C', "57014");
    }

    private static Map<Character, String> expectFatal(TestClient client, String sqlState) throws IOException {
        Map<Character, String> error = client.read().fields();
        assertThat(error).containsEntry('S', "FATAL").containsEntry('C', sqlState);
        assertThat(client.read()).isEqualTo(BackendMessage.END);
        return error;
    }
}
