package dev.bauta.faults;

import static dev.bauta.faults.ProxyProcess.MASK;
import static dev.bauta.faults.ProxyProcess.MASKED_USER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bauta.proxy.testing.BackendMessage;
import dev.bauta.proxy.testing.Frontend;
import dev.bauta.proxy.testing.TestClient;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Many clients at once, patient ones and such as only keep their place. */
@EnabledIfSystemProperty(named = "bauta.faults", matches = "true")
class CrowdTest {
    private static final int CLIENTS = 5000;
    private static final int THREADS = 50;

    @Test
    void fiveThousandClientsAtOnceAreAllServedInTurn() throws Exception {
        try (ProxyProcess proxy =
                        ProxyProcess.start("{sessions: 100, queue-seconds: 300, connections: 6000}", "-Xmx256m");
                TestClient bystander = proxy.login(MASKED_USER)) {
            List<Integer> served = inThreads(() -> {
                List<TestClient> mine = new ArrayList<>();
                for (int i = 0; i < CLIENTS / THREADS; i++) {
                    TestClient client = TestClient.connect(proxy.address());
                    mine.add(client.send(
                            Frontend.startup(MASKED_USER, proxy.database().name())));
                }
                int answers = 0;
                while (!mine.isEmpty()) {
                    TestClient client = takeAnswered(mine);
                    client.readUntil('Z');
                    answers += email(client).equals(MASK) ? 1 : 0;
                    client.send(Frontend.terminate());
                    client.close();
                }
                return answers;
            });
            assertThat(served).containsOnly(CLIENTS / THREADS);
            assertThat(email(bystander)).isEqualTo(MASK);
            bystander.close();
            proxy.assertUnharmed();
        }
    }

    @Test
    void clientsBeyondTheLimitAreToldSo() throws Exception {
        try (ProxyProcess proxy = ProxyProcess.start("{sessions: 20, connections: 1000}", "-Xmx256m");
                TestClient bystander = proxy.login(MASKED_USER)) {
            List<Integer> told = inThreads(() -> {
                int answers = 0;
                for (int i = 0; i < CLIENTS / THREADS; i++) {
                    try (TestClient client = TestClient.connect(proxy.address())) {
                        client.send(
                                Frontend.startup(MASKED_USER, proxy.database().name()));
                        List<BackendMessage> login = client.readUntil(message -> "EZ".indexOf(message.type()) >= 0);
                        BackendMessage last = login.get(login.size() - 1);
                        answers += last.type() == 'Z' && email(client).equals(MASK)
                                        || last.type() == 'E'
                                                && "53300".equals(last.fields().get('C'))
                                ? 1
                                : 0;
                    }
                }
                return answers;
            });
            assertThat(told).containsOnly(CLIENTS / THREADS);
            assertThat(email(bystander)).isEqualTo(MASK);
            bystander.close();
            proxy.assertUnharmed();
        }
    }

    @Test
    void slowStartupsEndInTime() throws Exception {
        try (ProxyProcess proxy = ProxyProcess.start("{login-seconds: 3}", "-Xmx64m");
                TestClient bystander = proxy.login(MASKED_USER)) {
            byte[] startup = Frontend.startup(MASKED_USER, proxy.database().name());
            List<Boolean> ended = inThreads(() -> {
                List<TestClient> mine = new ArrayList<>();
                for (int i = 0; i < 10; i++) {
                    mine.add(TestClient.connect(proxy.address()));
                }
                for (byte next : java.util.Arrays.copyOf(startup, startup.length - 1)) {
                    mine.forEach(client -> client.trySend(new byte[] {next}));
                    Thread.sleep(100);
                }
                boolean all = true;
                for (TestClient client : mine) {
                    BackendMessage answer = client.read();
                    all &= answer.equals(BackendMessage.END)
                            || "57014".equals(answer.fields().get('C'));
                    client.close();
                }
                return all;
            });
            assertThat(ended).containsOnly(true);
            assertThat(email(bystander)).isEqualTo(MASK);
            Awaitility.await().until(() -> proxy.metric("bauta_connections") == 1);
            bystander.close();
            proxy.assertUnharmed();
        }
    }

    /** Clients that have shut their half of the connection, and such that say nothing any more. */
    @Test
    void halfOpenConnectionsEnd() throws Exception {
        try (ProxyProcess proxy = ProxyProcess.start("{idle-seconds: 3, idle-in-transaction-seconds: 3}", "-Xmx64m")) {
            List<TestClient> clients = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                TestClient client = proxy.login(MASKED_USER);
                if (i % 4 == 0) {
                    client.query("BEGIN");
                } else if (i % 4 == 1) {
                    client.send(Frontend.query("SELECT pg_sleep(1)"));
                    client.shutdownOutput();
                } else if (i % 4 == 2) {
                    client.send(java.util.Arrays.copyOf(Frontend.query("SELECT 1"), 7));
                    client.shutdownOutput();
                }
                clients.add(client);
            }
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> proxy.openSessions() == 0);
            for (TestClient client : clients) {
                assertThat(client.readUntil('\0')).endsWith(BackendMessage.END);
                client.close();
            }
            proxy.assertUnharmed();
        }
    }

    /**
     * One whose turn has come. Startup messages are not handled in the order in which clients connect, least of all by several event
     * loops: threads that wait for one client each, while others of theirs keep the places, would wait for ever.
     */
    private static TestClient takeAnswered(List<TestClient> waiting) {
        TestClient answered = Awaitility.waitAtMost(Duration.ofMinutes(5))
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> firstAnswered(waiting), Objects::nonNull);
        waiting.remove(answered);
        return answered;
    }

    private static @Nullable TestClient firstAnswered(List<TestClient> waiting) throws IOException {
        for (TestClient client : waiting) {
            if (client.isAnswered()) {
                return client;
            }
        }
        return null;
    }

    private static String email(TestClient client) throws IOException {
        return client.query("SELECT email FROM customer WHERE id = 7").get(1).firstValue();
    }

    private static <T> List<T> inThreads(Callable<T> work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> result : threads.invokeAll(java.util.Collections.nCopies(THREADS, work))) {
                results.add(result.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }
}
