package dev.bauta.faults;

import static dev.bauta.faults.ProxyProcess.MASKED_USER;
import static dev.bauta.faults.ProxyProcess.RAW_USER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bauta.proxy.testing.Frontend;
import dev.bauta.proxy.testing.TestClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The proxy's memory is bounded, whatever clients do and for however long. */
@EnabledIfSystemProperty(named = "bauta.faults", matches = "true")
class MemoryTest {
    private static final String MILLION = "SELECT a.id, a.email, a.note FROM customer a, customer b";

    @Test
    void clientsThatDoNotReadDoNotFillTheHeap() throws Exception {
        try (ProxyProcess proxy = ProxyProcess.start("{}", "-Xmx64m", "-XX:MaxDirectMemorySize=64m")) {
            int before = proxy.usedHeap();
            List<TestClient> clients = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                TestClient client = proxy.login(i % 2 == 0 ? MASKED_USER : RAW_USER);
                clients.add(client.send(Frontend.query(MILLION)));
            }
            // All of them wait for their client to take what was sent.
            try (TestClient direct = proxy.loginDirectly()) {
                Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> direct.query(
                                "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'ClientWrite'")
                        .get(1)
                        .firstValue()
                        .equals("20"));
            }
            int held = proxy.usedHeap();
            int resident = proxy.residentMemory();
            long rows = 0;
            for (char type = clients.get(0).read().type();
                    type != 'Z';
                    type = clients.get(0).read().type()) {
                rows += type == 'D' ? 1 : 0;
            }
            assertThat(rows).isEqualTo(1_000_000);
            System.out.printf(
                    "20 clients that do not read: heap %d MB before, %d MB meanwhile, %d MB after a million rows;"
                            + " resident %d MB%n",
                    before, held, proxy.usedHeap(), resident);
            assertThat(held).isLessThan(before + 10);
            for (TestClient client : clients) {
                client.kill();
            }
            proxy.assertUnharmed();
        }
    }

    @Test
    void workForLongDoesNotFillTheHeap() throws Exception {
        int minutes = Integer.getInteger("bauta.faults.minutes", 20);
        try (ProxyProcess proxy = ProxyProcess.start("{}", "-Xmx256m");
                Load load = Load.start(proxy, 8)) {
            Instant end = Instant.now().plus(Duration.ofMinutes(minutes));
            Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> load.statements() > 2000);
            int before = proxy.usedHeap();
            Awaitility.await()
                    .atMost(Duration.ofMinutes(minutes + 1))
                    .pollInterval(Duration.ofSeconds(5))
                    .until(() -> Instant.now().isAfter(end));
            int after = proxy.usedHeap();
            load.stop();
            System.out.printf(
                    "%d minutes, %d statements: heap %d MB after a while, %d MB at the end; resident %d MB%n",
                    minutes, load.statements(), before, after, proxy.residentMemory());
            assertThat(after).isLessThan(before + 20);
            proxy.assertUnharmed();
        }
    }
}
