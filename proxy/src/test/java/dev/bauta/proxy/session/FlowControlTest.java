package dev.bauta.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bauta.proxy.ProxyServer;
import dev.bauta.proxy.ProxySettings;
import dev.bauta.proxy.testing.BackendMessage;
import dev.bauta.proxy.testing.FakeSessions;
import dev.bauta.proxy.testing.Frontend;
import dev.bauta.proxy.testing.ProxyUnderTest;
import dev.bauta.proxy.testing.ScriptedServer;
import dev.bauta.proxy.testing.TestClient;
import dev.bauta.proxy.trail.SessionEvents;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Neither side can make the proxy keep more than a bounded amount of what the other side does not take. */
class FlowControlTest {
    /** What the kernel's buffers of two connections and the proxy's own may hold together. */
    private static final long BOUND = 40L * 1024 * 1024;

    private static final byte[] CHUNK = new byte[64 * 1024];

    @Test
    void aClientThatDoesNotReadHoldsTheServerBack() throws IOException {
        for (String user : List.of("masked", "raw")) {
            AtomicLong sent = new AtomicLong();
            try (ScriptedServer server = ScriptedServer.start(peer -> {
                        peer.login(user.equals("masked"));
                        peer.read();
                        // One row of 1 GiB, which must not be kept until it is whole.
                        peer.send(Frontend.message('T', new byte[2]), new byte[] {'D', 0x40, 0, 0, 0});
                        while (true) {
                            peer.send(CHUNK);
                            sent.addAndGet(CHUNK.length);
                        }
                    });
                    ProxyUnderTest proxy = ProxyUnderTest.inFrontOf("127.0.0.1", server.port());
                    TestClient client = TestClient.login(proxy.address(), user, "d")) {
                client.send(Frontend.query("SELECT 1"));
                long held = awaitStandstill(sent);
                assertThat(held).isBetween(1L, BOUND);
                client.read();
                for (int i = 0; i < held; i++) {
                    client.readByte();
                }
                Awaitility.await().until(() -> sent.get() > held);
            }
        }
    }

    @Test
    void aServerThatDoesNotReadHoldsTheClientBack() throws IOException {
        for (String user : List.of("masked", "raw")) {
            AtomicLong sent = new AtomicLong();
            CountDownLatch over = new CountDownLatch(1);
            try (ScriptedServer server = ScriptedServer.start(peer -> {
                        peer.login(user.equals("masked"));
                        peer.read();
                        awaitUninterruptibly(over);
                    });
                    ProxyUnderTest proxy = ProxyUnderTest.inFrontOf("127.0.0.1", server.port());
                    TestClient client = TestClient.login(proxy.address(), user, "d")) {
                client.send(Frontend.query("COPY t FROM STDIN"));
                Thread sender = new Thread(() -> sendWithoutEnd(client, sent));
                sender.setDaemon(true);
                sender.start();
                assertThat(awaitStandstill(sent)).isBetween(1L, BOUND);
            } finally {
                over.countDown();
            }
        }
    }

    /** A server that is busy would otherwise be asked for more than the proxy has room to remember. */
    @ParameterizedTest
    @ValueSource(strings = {"masked", "raw"})
    void aServerThatDoesNotAnswerIsNotAskedForever(String user) throws IOException {
        int executions = 3000;
        List<Integer> runs = new CopyOnWriteArrayList<>();
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    peer.login(user.equals("masked"));
                    answerAtFlushOrSync(peer, runs);
                });
                ProxyServer proxy = new ProxyServer(
                        ProxySettings.of(any, "127.0.0.1", server.port()), new FakeSessions(), new Received());
                TestClient client = TestClient.login(proxy.start(), user, "d")) {
            client.send(Frontend.parse("s", "SELECT 1"));
            byte[] execution = Frontend.all(Frontend.bind("", "s"), Frontend.execute("", 0));
            for (int i = 0; i < executions; i++) {
                client.send(execution);
            }
            client.send(Frontend.sync());
            List<BackendMessage> answers = client.readUntil('Z');
            assertThat(answers).hasSize(2 * executions + 2);
            assertThat(runs).hasSizeGreaterThan(5).allMatch(run -> run <= 1025);
            assertThat(runs.get(0)).isEqualTo(1024);
        }
    }

    /** It would be answered by an error that belongs to nothing that is waited for. */
    @ParameterizedTest
    @ValueSource(strings = {"masked", "raw"})
    void aFlushWithContentEndsTheSession(String user) throws IOException {
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    peer.login(user.equals("masked"));
                    peer.readToEnd();
                });
                ProxyServer proxy = new ProxyServer(
                        ProxySettings.of(any, "127.0.0.1", server.port()), new FakeSessions(), new Received());
                TestClient client = TestClient.login(proxy.start(), user, "d")) {
            client.send(Frontend.message('H', new byte[1]));
            assertThat(client.readUntil('E').toString()).contains("invalid message format");
        }
    }

    /** After an error the server skips everything to the next Sync, so that it need not be told. */
    @Test
    void whatTheServerSkipsIsNotSent() throws IOException {
        List<Character> received = new CopyOnWriteArrayList<>();
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    peer.login(true);
                    for (char type = ' '; type != 'S'; received.add(type)) {
                        type = peer.read().type();
                        if (type == 'H') {
                            peer.send(Frontend.message('E', new byte[] {'C', '4', '2', '6', '0', '1', 0, 0}));
                        }
                    }
                    peer.send(Frontend.message('Z', new byte[] {'I'}));
                });
                ProxyUnderTest proxy = ProxyUnderTest.inFrontOf("127.0.0.1", server.port());
                TestClient client = TestClient.login(proxy.address(), "masked", "d")) {
            client.send(Frontend.parse("s", "SELECT 1"), Frontend.flush());
            assertThat(client.readUntil('E')).hasSize(1);
            for (int i = 0; i < 10; i++) {
                client.send(Frontend.bind("", "s"), Frontend.describePortal(""), Frontend.execute("", 0));
            }
            client.send(Frontend.sync());
            assertThat(client.readUntil('Z')).hasSize(1);
            assertThat(received).endsWith('H', 'S');
        }
    }

    private static void answerAtFlushOrSync(ScriptedServer.Peer peer, List<Integer> runs) throws IOException {
        ByteArrayOutputStream answers = new ByteArrayOutputStream();
        int run = 0;
        while (true) {
            char type = peer.read().type();
            run++;
            switch (type) {
                case 'P' -> answers.writeBytes(Frontend.message('1', new byte[0]));
                case 'B' -> answers.writeBytes(Frontend.message('2', new byte[0]));
                case 'D' -> answers.writeBytes(Frontend.message('n', new byte[0]));
                case 'E' -> answers.writeBytes(Frontend.message('C', new byte[] {'x', 0}));
                default -> {
                    if (type == 'S') {
                        answers.writeBytes(Frontend.message('Z', new byte[] {'I'}));
                    }
                    runs.add(run - 1);
                    peer.send(answers.toByteArray());
                    answers.reset();
                    run = 0;
                }
            }
        }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"masked", "raw"})
    void aMillionRowsWaitAtTheServerForAClientThatDoesNotRead(String user) throws IOException {
        Received received = new Received();
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (ProxyUnderTest other = ProxyUnderTest.start("");
                ProxyServer proxy = new ProxyServer(
                        ProxySettings.of(
                                any, other.database().host(), other.database().port()),
                        new FakeSessions(),
                        received);
                TestClient client =
                        TestClient.login(proxy.start(), user, other.database().name())) {
            client.send(Frontend.query("SELECT repeat('x', 100) FROM generate_series(1, 1000000)"));
            assertThat(awaitStandstill(received.bytes)).isBetween(1L, BOUND);
            long rows = 0;
            for (char type = client.read().type();
                    type != 'Z';
                    type = client.read().type()) {
                rows += type == 'D' ? 1 : 0;
            }
            assertThat(rows).isEqualTo(1_000_000);
            assertThat(received.bytes.get()).isGreaterThan(2 * BOUND);
        }
    }

    /** Whatever the proxy holds, it has received. */
    private static final class Received implements SessionEvents {
        private final AtomicLong bytes = new AtomicLong();

        @Override
        public void receivedFromServer(int received) {
            bytes.addAndGet(received);
        }
    }

    @Test
    void aBigResultComesThroughWhole() throws IOException {
        try (ProxyUnderTest proxy = ProxyUnderTest.start("");
                TestClient client = proxy.login("masked")) {
            client.send(Frontend.query("SELECT repeat('x', 1000) FROM generate_series(1, 200000)"));
            long rows = 0;
            for (char type = client.read().type();
                    type != 'Z';
                    type = client.read().type()) {
                rows += type == 'D' ? 1 : 0;
            }
            assertThat(rows).isEqualTo(200_000);
        }
    }

    private static void sendWithoutEnd(TestClient client, AtomicLong sent) {
        try {
            byte[] data = Frontend.message('d', CHUNK);
            while (true) {
                client.send(data);
                sent.addAndGet(data.length);
            }
        } catch (IOException e) {
            // The test has closed the client.
        }
    }

    /** Waits until nothing has been sent for half a second. */
    private static long awaitStandstill(AtomicLong sent) {
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> sent.get() > 0);
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(500))
                .until(new java.util.concurrent.Callable<>() {
                    private long last = -1;

                    @Override
                    public Boolean call() {
                        boolean still = sent.get() == last;
                        last = sent.get();
                        return still;
                    }
                });
        return sent.get();
    }
}
