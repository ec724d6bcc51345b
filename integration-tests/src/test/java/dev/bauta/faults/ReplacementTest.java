package dev.bauta.faults;

import static dev.bauta.faults.ProxyProcess.CATALOG_USER;
import static dev.bauta.faults.ProxyProcess.MASK;
import static dev.bauta.faults.ProxyProcess.MASKED_USER;
import static dev.bauta.faults.ProxyProcess.RAW_USER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bauta.proxy.testing.BackendMessage;
import dev.bauta.proxy.testing.TestClient;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** What the proxy goes by changes, or is not to be had, while clients are at work. */
@EnabledIfSystemProperty(named = "bauta.faults", matches = "true")
class ReplacementTest {
    private static final int REPLACEMENTS = 1000;

    @Test
    void rulesReplacedUnderLoadAreInForceOneAfterTheOther() throws Exception {
        try (ProxyProcess proxy = ProxyProcess.start("{}", "-Xmx128m");
                Load load = Load.start(proxy, 4)) {
            proxy.replaceRules("warm");
            int before = proxy.usedHeap();
            for (int i = 0; i < REPLACEMENTS; i++) {
                proxy.replaceRules(i % 2 == 0 ? MASK : "hidden");
            }
            try (TestClient client = proxy.login(MASKED_USER)) {
                assertThat(client.query("SELECT email FROM customer WHERE id = 1")
                                .get(1)
                                .firstValue())
                        .isEqualTo("hidden");
            }
            proxy.replaceRules(MASK);
            int after = proxy.usedHeap();
            load.stop();
            System.out.printf(
                    "%d replacements of rules under %d statements: heap %d MB before, %d MB after%n",
                    REPLACEMENTS, load.statements(), before, after);
            assertThat(after).isLessThan(before + 20);
            proxy.assertUnharmed();
        }
    }

    @Test
    void catalogsThatCannotBeReadLeaveWhatIsKnown() throws Exception {
        try (ProxyProcess proxy = ProxyProcess.start("{}", "-Xmx64m");
                Load load = Load.start(proxy, 2);
                TestClient masked = proxy.login(MASKED_USER)) {
            proxy.database()
                    .run("ALTER ROLE " + CATALOG_USER + " NOLOGIN; SELECT pg_terminate_backend(pid)"
                            + " FROM pg_stat_activity WHERE usename = '" + CATALOG_USER + "'");
            proxy.database()
                    .run("CREATE TABLE fresh (email text); INSERT INTO fresh VALUES ('canary'); GRANT SELECT ON"
                            + " fresh TO "
                            + MASKED_USER);
            for (int i = 0; i < 20; i++) {
                List<BackendMessage> answer = masked.query("SELECT * FROM fresh");
                assertThat(answer).noneMatch(message -> message.body().contains("canary"));
                if (answer.contains(BackendMessage.END)) {
                    break;
                }
            }
            try (TestClient raw = proxy.login(RAW_USER)) {
                List<BackendMessage> answer = raw.query("CREATE TABLE newer (a int)");
                assertThat(answer).endsWith(BackendMessage.END);
                assertThat(answer.get(answer.size() - 2).fields())
                        .containsEntry('C', "XX000")
                        .containsEntry('M', "Bauta cannot read the catalogs");
            }
            assertThat(load.statements()).isPositive();
            proxy.database().run("ALTER ROLE " + CATALOG_USER + " LOGIN");
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
                try (TestClient client = proxy.login(MASKED_USER)) {
                    List<BackendMessage> answer = client.query("SELECT * FROM fresh");
                    return answer.get(answer.size() - 1).type() == 'Z'
                            && answer.get(0).type() == 'T';
                }
            });
            load.stop();
            masked.close();
            proxy.assertUnharmed();
        }
    }
}
