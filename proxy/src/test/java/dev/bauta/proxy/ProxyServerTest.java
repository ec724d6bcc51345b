package dev.bauta.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bauta.proxy.postgres.Endpoint;
import dev.bauta.proxy.postgres.ServerChoice;
import dev.bauta.proxy.session.ClientAccess;
import dev.bauta.proxy.session.Limits;
import dev.bauta.proxy.testing.FakeSessions;
import dev.bauta.proxy.testing.TestClient;
import dev.bauta.testing.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProxyServerTest {
    private static final ServerChoice LOCALHOST = ServerChoice.of(new Endpoint("localhost", 5432));
    private static final InetSocketAddress ANY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    @ParameterizedTest
    @EnumSource
    void servesOverEachTransport(Transport transport) throws IOException {
        if (transport == Transport.EPOLL && Transport.best() != Transport.EPOLL) {
            return;
        }
        TestDatabase database = TestDatabase.create();
        ProxySettings settings = ProxySettings.of(ANY, ServerChoice.of(new Endpoint(database.host(), database.port())));
        try (ProxyServer server = new ProxyServer(settings, new FakeSessions(), transport);
                TestClient client = TestClient.login(server.start(), "postgres", database.name())) {
            assertThat(client.query("SELECT secret").get(1).firstValue()).isEqualTo("hidden");
            assertThat(server.openSessions()).isEqualTo(1);
        }
    }

    @Test
    void aPortInUseIsAnError() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ProxyServer server = new ProxyServer(
                        ProxySettings.of(
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), taken.getLocalPort()),
                                LOCALHOST),
                        new FakeSessions())) {
            assertThatThrownBy(server::start)
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("cannot listen on localhost/127.0.0.1:" + taken.getLocalPort());
        }
    }

    @Test
    void closingTwiceOrBeforeStartingIsFine() {
        ProxyServer server = new ProxyServer(ProxySettings.of(ANY, LOCALHOST), new FakeSessions());
        server.close();
        server.close();
        assertThat(server.openSessions()).isZero();
    }

    @Test
    void settingsAreChecked() {
        Duration second = Duration.ofSeconds(1);
        ProxySettings right = ProxySettings.of(ANY, LOCALHOST);
        Limits limits = Limits.DEFAULT.withCounts(1, 1).withTimeouts(second, second);
        assertThat(right.withLimits(limits))
                .isEqualTo(new ProxySettings(ANY, LOCALHOST, null, limits, ClientAccess.DEFAULT, right.eventLoops()));
        refused(() -> new Endpoint(" ", 5432), "a host must not be empty");
        refused(() -> new Endpoint("db", 0), "a port must be from 1 to 65535");
        refused(() -> new Endpoint("db", 65_536), "a port must be from 1 to 65535");
        refused(() -> limits.withCounts(0, 1), "the greatest number of sessions must be at least 1");
        refused(() -> limits.withCounts(2, 1), "there cannot be fewer connections than sessions");
        refused(
                () -> limits.withTimeouts(Duration.ZERO, second),
                "the login time-out must be more than 0 and at most 1 hour");
        refused(
                () -> limits.withTimeouts(second, Duration.ofDays(1)),
                "the connect time-out must be more than 0 and at most 1 hour");
        refused(
                () -> new ProxySettings(ANY, LOCALHOST, null, limits, ClientAccess.DEFAULT, 0),
                "there must be at least 1 event loop");
    }

    private static void refused(Runnable settings, String message) {
        assertThatThrownBy(settings::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
