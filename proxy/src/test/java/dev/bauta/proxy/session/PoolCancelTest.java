package dev.bauta.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bauta.proxy.ProxySettings;
import dev.bauta.proxy.authentication.Credentials;
import dev.bauta.proxy.authentication.Nonces;
import dev.bauta.proxy.authentication.ScramClient;
import dev.bauta.proxy.authentication.ScramVerifier;
import dev.bauta.proxy.authentication.ServicePassword;
import dev.bauta.proxy.testing.BackendMessage;
import dev.bauta.proxy.testing.Frontend;
import dev.bauta.proxy.testing.HeldLock;
import dev.bauta.proxy.testing.ProxyUnderTest;
import dev.bauta.proxy.testing.ScriptedServer;
import dev.bauta.proxy.testing.TestClient;
import dev.bauta.proxy.tls.ClientEncryption;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who has had a connection to the server cannot cancel what a later session does on it. */
class PoolCancelTest {
    private static final ServicePassword PASSWORD = new ServicePassword("Kanarienvogel");
    private static final byte[] SALT = "saltsaltsaltsalt".getBytes(StandardCharsets.US_ASCII);
    private static final String DISCARD = "DISCARD ALL\0";

    private static ProxySettings pooled(ProxySettings settings) {
        Credentials credentials = new Credentials(user -> CompletableFuture.supplyAsync(PoolCancelTest::verifier));
        return settings.withAccess(
                        new ClientAccess(ClientEncryption.NONE, new Authentication.Scram(credentials, null), List.of()))
                .withLimits(settings.limits().withPool(new Limits.Pool(9, Duration.ofMinutes(1), Duration.ofHours(1))));
    }

    private static ScramVerifier verifier() {
        try {
            return PASSWORD.keys(SALT, 4096).verifier();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Logs in by SCRAM. @return the cancel key */
    private static byte[] logIn(TestClient client, String database) throws Exception {
        ScramClient scram = new ScramClient(PASSWORD, Nonces.next());
        client.send(Frontend.startup("masked", database)).read();
        byte[] first = ascii(scram.firstMessage());
        byte[] length = ByteBuffer.allocate(4).putInt(first.length).array();
        client.send(Frontend.message('p', Frontend.all(ascii("SCRAM-SHA-256\0"), length, first)));
        String answer = scram.onFirst(client.read().body().substring(4));
        client.send(Frontend.message('p', ascii(answer)));
        return client.readUntil('Z').stream()
                .filter(message -> message.type() == 'K')
                .findFirst()
                .orElseThrow()
                .bytes();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static void cancel(InetSocketAddress address, byte[] key) throws IOException {
        try (TestClient canceller = TestClient.connect(address)) {
            assertThat(canceller.send(Frontend.cancelRequest(key)).readByte()).isEqualTo(-1);
        }
    }

    @Test
    void aSessionIsNotCanceledByTheKeyOfTheOneBefore() throws Exception {
        try (ProxyUnderTest proxy = ProxyUnderTest.start("", PoolCancelTest::pooled);
                HeldLock lock = HeldLock.in(proxy.database());
                TestClient before = TestClient.connect(proxy.address());
                TestClient after = TestClient.connect(proxy.address())) {
            String database = proxy.database().name();
            byte[] old = logIn(before, database);
            before.send(Frontend.terminate());
            await().until(() -> proxy.server().pooledConnections() == 1);
            byte[] key = logIn(after, database);
            assertThat(proxy.server().pooledConnections()).isZero();
            assertThat(ByteBuffer.wrap(key).getInt())
                    .isEqualTo(ByteBuffer.wrap(old).getInt());

            after.send(Frontend.query("SELECT 'waited' FROM " + HeldLock.WAIT));
            lock.awaitWaiting();
            cancel(proxy.address(), old);
            lock.release();
            assertThat(after.readUntil('Z')).extracting(BackendMessage::type).containsExactly('T', 'D', 'C', 'Z');

            after.send(Frontend.query("SELECT pg_sleep(60)"));
            proxy.awaitRunning("SELECT pg_sleep(60)");
            cancel(proxy.address(), key);
            assertThat(after.readUntil('E')).last().satisfies(error -> assertThat(error.fields())
                    .containsEntry('C', "57014"));
        }
    }

    /** Until the server has closed the connection that a request came by, the request could still hit what comes next. */
    @ParameterizedTest
    @ValueSource(strings = {"not sent", "dealt with", "under way", "given up"})
    void aConnectionIsNotKeptWhileARequestIsOnItsWay(String request) throws Exception {
        BlockingQueue<String> said = new LinkedBlockingQueue<>();
        CountDownLatch held = new CountDownLatch(request.equals("dealt with") ? 0 : 1);
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    if (peer.readStartup()[1] == 3) {
                        peer.letIn(true);
                        said.add(nextQuery(peer));
                    } else {
                        said.add("cancel");
                        awaitEnd(held);
                    }
                });
                ProxyUnderTest proxy = ProxyUnderTest.inFrontOf("127.0.0.1", server.port(), PoolCancelTest::pooled);
                TestClient client = TestClient.connect(proxy.address());
                TestClient canceller = TestClient.connect(proxy.address())) {
            byte[] key = logIn(client, "any");
            if (!request.equals("not sent")) {
                canceller.send(Frontend.cancelRequest(key));
                assertThat(said.poll(20, TimeUnit.SECONDS)).isEqualTo("cancel");
            }
            if (request.equals("dealt with")) {
                assertThat(canceller.readByte()).isEqualTo(-1);
            }
            if (!request.equals("under way")) {
                canceller.close();
                await().until(() -> proxy.server().openConnections() == 1);
            }
            client.send(Frontend.terminate());
            boolean kept = request.equals("not sent") || request.equals("dealt with");
            assertThat(said.poll(20, TimeUnit.SECONDS)).isEqualTo(kept ? DISCARD : "end");
            held.countDown();
        }
    }

    private static String nextQuery(ScriptedServer.Peer peer) throws IOException {
        try {
            BackendMessage message = peer.read();
            return message.type() == 'Q' ? message.body() : "message " + message.type();
        } catch (EOFException e) {
            return "end";
        }
    }

    private static void awaitEnd(CountDownLatch held) {
        try {
            assertThat(held.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
