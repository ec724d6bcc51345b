package dev.bauta.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bauta.proxy.testing.BackendMessage;
import dev.bauta.proxy.testing.Frontend;
import dev.bauta.proxy.testing.HeldLock;
import dev.bauta.proxy.testing.ProxyUnderTest;
import dev.bauta.proxy.testing.TestClient;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CancelTest {
    private static ProxyUnderTest proxy;

    @BeforeAll
    static void start() throws IOException {
        proxy = ProxyUnderTest.start("");
    }

    @AfterAll
    static void stop() {
        proxy.close();
    }

    @Test
    void cancelsItsOwnSessionAndNoOther() throws Exception {
        for (String user : List.of("masked", "raw")) {
            try (TestClient sleeper = TestClient.connect(proxy.address());
                    TestClient other = proxy.login(user)) {
                byte[] key = loginForKey(sleeper, user);
                sleeper.send(Frontend.query("SELECT pg_sleep(60) AS " + user));
                other.send(Frontend.query("SELECT pg_sleep(2) AS other"));
                proxy.awaitRunning("SELECT pg_sleep(60) AS " + user);
                cancel(key);
                List<BackendMessage> answer = sleeper.readUntil('Z');
                assertThat(answer.get(answer.size() - 2).fields()).containsEntry('C', "57014");
                assertThat(other.readUntil('Z'))
                        .extracting(BackendMessage::type)
                        .containsExactly('T', 'D', 'C', 'Z');
                assertThat(sleeper.query("SELECT 1").get(1).firstValue()).isEqualTo("1");
            }
        }
    }

    @Test
    void sendsNoUnknownKeyToTheServer() throws Exception {
        try (HeldLock lock = HeldLock.in(proxy.database());
                TestClient direct = TestClient.connect(proxy.directAddress())) {
            byte[] key = loginForKey(direct, "masked");
            direct.send(Frontend.query("SELECT 'not mine' FROM " + HeldLock.WAIT));
            lock.awaitWaiting();
            cancel(key);
            lock.release();
            assertThat(direct.readUntil('Z').get(1).firstValue()).isEqualTo("not mine");
        }
    }

    /** Nobody cancels by it what the proxy has let go of, nor past the proxy. */
    @Test
    void theServerDoesNotKnowTheClientsKey() throws Exception {
        for (String user : List.of("masked", "raw")) {
            try (HeldLock lock = HeldLock.in(proxy.database());
                    TestClient waiting = TestClient.connect(proxy.address());
                    TestClient canceller = TestClient.connect(proxy.directAddress())) {
                byte[] key = loginForKey(waiting, user);
                waiting.send(Frontend.query("SELECT '" + user + "' FROM " + HeldLock.WAIT));
                lock.awaitWaiting();
                assertThat(canceller.send(Frontend.cancelRequest(key)).readByte())
                        .isEqualTo(-1);
                lock.release();
                assertThat(waiting.readUntil('Z').get(1).firstValue()).isEqualTo(user);
                assertThat(waiting.query("SELECT pg_backend_pid()").get(1).firstValue())
                        .isEqualTo(Integer.toString(ByteBuffer.wrap(key).getInt()));
            }
        }
    }

    @Test
    void forgetsTheKeyOfASessionThatHasEnded() throws IOException {
        try (TestClient client = TestClient.connect(proxy.address())) {
            byte[] key = loginForKey(client, "masked");
            client.send(Frontend.terminate());
            assertThat(client.read()).isEqualTo(BackendMessage.END);
            cancel(key);
        }
    }

    /** The connection is closed when the server has dealt with the request, and nothing is answered. */
    private static void cancel(byte[] key) throws IOException {
        try (TestClient canceller = TestClient.connect(proxy.address())) {
            assertThat(canceller.send(Frontend.cancelRequest(key)).readByte()).isEqualTo(-1);
        }
    }

    private static byte[] loginForKey(TestClient client, String user) throws IOException {
        client.send(Frontend.startup(user, proxy.database().name()));
        return client.readUntil('Z').stream()
                .filter(message -> message.type() == 'K')
                .findFirst()
                .orElseThrow()
                .bytes();
    }
}
