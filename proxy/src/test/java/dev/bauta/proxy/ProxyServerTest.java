package dev.bauta.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.bauta.proxy.postgres.Endpoint;
import dev.bauta.proxy.postgres.ServerChoice;
import dev.bauta.proxy.session.Authentication;
import dev.bauta.proxy.session.ClientAccess;
import dev.bauta.proxy.session.Limits;
import dev.bauta.proxy.testing.FakeSessions;
import dev.bauta.proxy.testing.Frontend;
import dev.bauta.proxy.testing.Psql;
import dev.bauta.proxy.testing.TestClient;
import dev.bauta.proxy.tls.ClientEncryption;
import dev.bauta.rulefile.Network;
import dev.bauta.testing.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProxyServerTest {
    private static final ServerChoice LOCALHOST = ServerChoice.of(new Endpoint("localhost", 5432));
    private static final InetSocketAddress ANY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    @ParameterizedTest
    @EnumSource
    void servesOverEachTransport(Transport transport) throws IOException {
        assumeTrue(transport.isAvailable());
        TestDatabase database = TestDatabase.create();
        ProxySettings settings = ProxySettings.of(ANY, ServerChoice.of(new Endpoint(database.host(), database.port())));
        try (ProxyServer server = new ProxyServer(settings.withTransport(transport), new FakeSessions());
                TestClient client = TestClient.login(server.start(), "postgres", database.name())) {
            assertThat(client.query("SELECT secret").get(1).firstValue()).isEqualTo("hidden");
            assertThat(server.openSessions()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void sessionsEndWithClientsThatAreKilledWhileTheySend(Transport transport) throws IOException {
        assumeTrue(transport.isAvailable());
        TestDatabase database = TestDatabase.create();
        database.run("CREATE TABLE copied (line text)");
        ProxySettings settings = ProxySettings.of(ANY, ServerChoice.of(new Endpoint(database.host(), database.port())));
        try (ProxyServer server = new ProxyServer(settings.withTransport(transport), new FakeSessions())) {
            InetSocketAddress address = server.start();
            for (int client = 0; client < 20; client++) {
                TestClient killed = TestClient.login(address, "postgres", database.name());
                killed.send(Frontend.query("COPY copied FROM STDIN"));
                killed.readUntil('G');
                killed.send(Frontend.copyData("line\n".repeat(10_000)));
                killed.kill();
            }
            Awaitility.await().until(() -> server.openSessions() == 0);
        }
    }

    @ParameterizedTest
    @EnumSource
    void servesOverAUnixSocket(Transport transport, @TempDir Path directory) throws Exception {
        assumeTrue(transport.isAvailable());
        TestDatabase database = TestDatabase.create();
        UnixSocket socket = new UnixSocket(directory, PosixFilePermissions.fromString("rw-rw----"));
        ProxySettings settings = ProxySettings.of(ANY, database.host(), database.port())
                .withUnixSocket(socket)
                .withAccess(new ClientAccess(
                        ClientEncryption.NONE, Authentication.Relay.RELAY, List.of(Network.Local.LOCAL)));
        FakeSessions sessions = new FakeSessions();
        ProxyServer server = new ProxyServer(settings.withTransport(transport), sessions);
        try (server) {
            int port = server.start().getPort();
            assertThat(Files.getPosixFilePermissions(socket.file(port))).isEqualTo(socket.permissions());
            String connection = "host=" + directory + " port=" + port + " user=postgres dbname=" + database.name()
                    + " sslmode=prefer";
            assertThat(Psql.run(connection, "SELECT secret")).isEqualTo("hidden");
            assertThat(sessions.principals().get(0).origin().address()).isNull();
            assertThat(Psql.run(connection.replace(directory.toString(), "127.0.0.1"), "SELECT secret"))
                    .contains("allowed-networks");
            assertThatThrownBy(() -> socket.removeStale(port)).hasMessage("somebody listens on " + socket.file(port));
        }
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void theSocketOfAProxyThatIsGoneIsInNobodysWay(@TempDir Path directory) throws IOException {
        UnixSocket socket = new UnixSocket(directory, PosixFilePermissions.fromString("rwx------"));
        try (ServerSocketChannel gone = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            gone.bind(UnixDomainSocketAddress.of(socket.file(1)));
        }
        assertThat(socket.file(1)).exists();
        socket.removeStale(1);
        assertThat(socket.file(1)).doesNotExist();
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
                .isEqualTo(new ProxySettings(
                        ANY,
                        null,
                        LOCALHOST,
                        null,
                        limits,
                        ClientAccess.DEFAULT,
                        Transport.best(),
                        right.eventLoops()));
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
                () -> new ProxySettings(ANY, null, LOCALHOST, null, limits, ClientAccess.DEFAULT, Transport.NIO, 0),
                "there must be at least 1 event loop");
    }

    private static void refused(Runnable settings, String message) {
        assertThatThrownBy(settings::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
