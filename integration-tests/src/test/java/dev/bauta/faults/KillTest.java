package dev.bauta.faults;

import static dev.bauta.faults.ProxyProcess.CANARY;
import static dev.bauta.faults.ProxyProcess.MASKED_USER;
import static dev.bauta.faults.ProxyProcess.RAW_USER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bauta.proxy.testing.BackendMessage;
import dev.bauta.proxy.testing.Frontend;
import dev.bauta.proxy.testing.TestClient;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** One side is gone while the other is at work. */
@EnabledIfSystemProperty(named = "bauta.faults", matches = "true")
class KillTest {
    private static final String LARGE = "SELECT a.id, a.email, a.note FROM customer a, customer b";

    @Test
    void serverProcessesKilledWithinResultsEndTheirSessionsAlone() throws Exception {
        try (ProxyProcess proxy = ProxyProcess.start("{}", "-Xmx64m");
                TestClient direct = proxy.loginDirectly();
                TestClient bystander = proxy.login(MASKED_USER)) {
            for (int round = 0; round < 50; round++) {
                try (TestClient client = proxy.login(round % 2 == 0 ? MASKED_USER : RAW_USER)) {
                    String pid = client.query("SELECT pg_backend_pid()").get(1).firstValue();
                    client.send(Frontend.query(LARGE));
                    client.readUntil('D');
                    direct.query("SELECT pg_terminate_backend(" + pid + ")");
                    BackendMessage last = end(client, round % 2 == 0);
                    // A server process that is ended while it sends a row does not finish it, nor does it say why.
                    assertThat(last.type()).isIn('E', 'D');
                    if (last.type() == 'E') {
                        assertThat(last.fields()).containsEntry('S', "FATAL");
                        assertThat(last.fields().get('C')).isIn("57P01", "08006");
                    }
                }
            }
            assertThat(bystander.query("SELECT 'unharmed'").get(1).firstValue()).isEqualTo("unharmed");
            bystander.close();
            proxy.assertUnharmed();
        }
    }

    /** All of a server's processes end when one crashes, and it comes back by itself. */
    @Test
    void aServerThatCrashesWithinResultsIsServedFromAgain() throws Exception {
        try (ProxyProcess proxy = ProxyProcess.start("{}", "-Xmx64m")) {
            for (int round = 0; round < 3; round++) {
                List<TestClient> clients = new ArrayList<>();
                for (int i = 0; i < 20; i++) {
                    TestClient client = proxy.login(MASKED_USER);
                    client.send(Frontend.query(LARGE));
                    client.readUntil('D');
                    clients.add(client);
                }
                TestClient victim = proxy.login(RAW_USER);
                String pid = victim.query("SELECT pg_backend_pid()").get(1).firstValue();
                new ProcessBuilder("kill", "-9", pid).start().waitFor();
                for (TestClient client : clients) {
                    end(client, true);
                    client.close();
                }
                victim.close();
                Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> serves(proxy));
            }
            proxy.assertUnharmed();
        }
    }

    private static boolean serves(ProxyProcess proxy) throws IOException {
        try (TestClient client = TestClient.connect(proxy.address())) {
            client.send(Frontend.startup(MASKED_USER, proxy.database().name()));
            return client.readUntil('Z').stream().anyMatch(message -> message.type() == 'Z');
        }
    }

    @Test
    void clientsKilledWithinCopyLeaveNothing() throws Exception {
        try (ProxyProcess proxy = ProxyProcess.start("{}", "-Xmx64m");
                TestClient bystander = proxy.login(MASKED_USER)) {
            for (int round = 0; round < 100; round++) {
                TestClient client = proxy.login(round % 2 == 0 ? MASKED_USER : RAW_USER);
                boolean in = round % 4 < 2;
                client.send(Frontend.query(in ? "COPY copied FROM STDIN" : "COPY (" + LARGE + ") TO STDOUT"));
                client.readUntil(in ? 'G' : 'd');
                if (in) {
                    byte[] data = Frontend.copyData("1\tone\n".repeat(10_000) + "2\tha");
                    client.send(Frontend.copyData("1\tone\n"), java.util.Arrays.copyOf(data, data.length - round));
                }
                client.kill();
            }
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> proxy.openSessions() == 1);
            assertThat(bystander.query("SELECT count(*) FROM copied").get(1).firstValue())
                    .isEqualTo("0");
            bystander.close();
            try (TestClient direct = proxy.loginDirectly()) {
                Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> direct.query(
                                "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'COPY%' AND state = 'active'")
                        .get(1)
                        .firstValue()
                        .equals("0"));
            }
            proxy.assertUnharmed();
        }
    }

    /** Reads to the end, and gives the last message before it. */
    private static BackendMessage end(TestClient client, boolean masked) throws IOException {
        BackendMessage last = BackendMessage.END;
        for (BackendMessage next = client.read(); !next.equals(BackendMessage.END); next = client.read()) {
            last = next;
            if (masked) {
                assertThat(next.body().contains(CANARY)).isFalse();
            }
        }
        return last;
    }
}
