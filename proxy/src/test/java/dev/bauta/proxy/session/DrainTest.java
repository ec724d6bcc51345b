package dev.bauta.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bauta.proxy.testing.BackendMessage;
import dev.bauta.proxy.testing.Frontend;
import dev.bauta.proxy.testing.HeldLock;
import dev.bauta.proxy.testing.ProxyUnderTest;
import dev.bauta.proxy.testing.TestClient;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A proxy that is told to end lets end what has begun. */
class DrainTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    private ProxyUnderTest proxy;

    @BeforeEach
    void start() throws IOException {
        proxy = ProxyUnderTest.start("CREATE TABLE done (a int)");
    }

    @AfterEach
    void stop() {
        proxy.close();
    }

    private CompletableFuture<Boolean> drain(Duration limit) {
        CompletableFuture<Boolean> drained = CompletableFuture.supplyAsync(() -> {
            try {
                return proxy.server().drain(limit);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        Awaitility.await().until(() -> proxy.server().isDraining() || drained.isDone());
        return drained;
    }

    @ParameterizedTest
    @ValueSource(strings = {"masked", "raw"})
    void endsIdleSessionsAtOnceAndTakesNoOthers(String user) throws Exception {
        try (TestClient client = proxy.login(user);
                TestClient greeting = TestClient.connect(proxy.address())) {
            assertThat(greeting.send(Frontend.sslRequest()).readByte()).isEqualTo('N');
            client.query("BEGIN");
            client.query("COMMIT");
            CompletableFuture<Boolean> drained = drain(LONG);
            expectShutdown(client);
            expectShutdown(greeting);
            assertThat(drained.get()).isTrue();
            assertThatThrownBy(() -> TestClient.connect(proxy.address())).isInstanceOf(ConnectException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"masked", "raw"})
    void letsTransactionsEnd(String user) throws Exception {
        try (TestClient client = proxy.login(user);
                TestClient idle = proxy.login(user)) {
            client.query("BEGIN");
            client.query("INSERT INTO done VALUES (1)");
            CompletableFuture<Boolean> drained = drain(LONG);
            expectShutdown(idle);
            client.query("INSERT INTO done VALUES (2)");
            assertThat(drained).isNotDone();
            assertThat(client.query("COMMIT").get(0).type()).isEqualTo('C');
            expectShutdown(client);
            assertThat(drained.get()).isTrue();
            try (TestClient direct = proxy.loginDirectly("raw")) {
                assertThat(direct.query("SELECT count(*) FROM done").get(1).firstValue())
                        .isEqualTo("2");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"masked", "raw"})
    void letsAStatementEnd(String user) throws Exception {
        try (HeldLock lock = HeldLock.in(proxy.database());
                TestClient client = proxy.login(user);
                TestClient idle = proxy.login(user)) {
            client.send(
                    Frontend.parse("", "SELECT 'done' FROM " + HeldLock.WAIT),
                    Frontend.bind("", ""),
                    Frontend.execute("", 0),
                    Frontend.sync(),
                    Frontend.query("SELECT 'too'"));
            lock.awaitWaiting();
            CompletableFuture<Boolean> drained = drain(LONG);
            expectShutdown(idle);
            lock.release();
            assertThat(client.readUntil('Z')).extracting(BackendMessage::type).containsExactly('1', '2', 'D', 'C', 'Z');
            assertThat(client.readUntil('Z').get(1).firstValue()).isEqualTo("too");
            expectShutdown(client);
            assertThat(drained.get()).isTrue();
        }
    }

    /** Its Sync is yet to come, by which it is committed. */
    @ParameterizedTest
    @ValueSource(strings = {"masked", "raw"})
    void letsAPipelineEnd(String user) throws Exception {
        try (TestClient client = proxy.login(user)) {
            client.send(
                    Frontend.query("SELECT 'first' FROM pg_sleep(0.2)"),
                    Frontend.parse("", "INSERT INTO done VALUES (1)"),
                    Frontend.bind("", ""),
                    Frontend.execute("", 0),
                    Frontend.flush());
            client.readUntil('Z');
            assertThat(client.readUntil('C')).last().isEqualTo(new BackendMessage('C', "INSERT 0 1\0"));
            CompletableFuture<Boolean> drained = drain(LONG);
            assertThat(client.answer()).extracting(BackendMessage::type).containsExactly('Z');
            expectShutdown(client);
            assertThat(drained.get()).isTrue();
        }
    }

    /** What the server has skipped after an error is not waited for. */
    @Test
    void endsASessionWhoseQueryWasSkipped() throws Exception {
        try (TestClient client = proxy.login("masked")) {
            assertThat(client.answer(Frontend.bind("", "missing"), Frontend.query("SELECT 1")))
                    .extracting(BackendMessage::type)
                    .containsExactly('E', 'Z');
            CompletableFuture<Boolean> drained = drain(LONG);
            expectShutdown(client);
            assertThat(drained.get()).isTrue();
        }
    }

    @Test
    void waitsNoLongerThanItMay() throws Exception {
        try (TestClient client = proxy.login("masked")) {
            client.query("BEGIN");
            assertThat(drain(Duration.ofMillis(100)).get()).isFalse();
            proxy.close();
            expectShutdown(client);
        }
    }

    private static void expectShutdown(TestClient client) throws IOException {
        assertThat(client.read().fields()).containsEntry('S', "FATAL").containsEntry('C', "57P01");
        assertThat(client.read()).isEqualTo(BackendMessage.END);
    }
}
