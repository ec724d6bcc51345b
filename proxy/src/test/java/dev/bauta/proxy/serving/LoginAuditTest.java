package dev.bauta.proxy.serving;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bauta.proxy.audit.AuditSettings;
import dev.bauta.proxy.audit.AuditSettings.OnFailure;
import dev.bauta.proxy.testing.BackendMessage;
import dev.bauta.proxy.testing.Frontend;
import dev.bauta.proxy.testing.TestClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The audit log and the meters tell of clients that do not get a session. */
class LoginAuditTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int VERSION = 3 << 16;

    private final Path directory;

    LoginAuditTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void whoIsTurnedAwayIsRecorded() throws Exception {
        String tooLong = "x".repeat(80);
        String database;
        try (ServedDatabase served = serve()) {
            database = served.database().name();
            // By the server, by the rules, by the proxy.
            refused(
                    served,
                    Map.of(
                            "user", "nobody",
                            "database", database,
                            "application_name", "guess",
                            "options", "-c search_path=canary"));
            served.replaceRules(
                    ServedDatabase.RULES.replace("roles:", "roles:\n  - {name: gone, users: clerk, access: refused}"));
            Awaitility.await().until(() -> !records("rules").isEmpty());
            refused(served, Map.of("user", "clerk", "database", database));
            refused(served, Map.of("user", "postgres", "database", "elsewhere"));
            refused(served, Map.of("user", tooLong, "database", database));
            // These leave by themselves, or succeed.
            connect(served).close();
            try (TestClient client = connect(served)) {
                client.send(Frontend.cancelRequest(new byte[] {0, 0, 0, 1, 0, 0, 0, 2}));
                assertThat(client.readByte()).isEqualTo(-1);
            }
            try (Connection dba = served.connect("postgres", "")) {
                assertThat(dba.isValid(5)).isTrue();
            }
        }
        assertThat(records("refused"))
                .extracting(record -> record.get("user").asText() + " "
                        + record.get("database").asText().replace(database, "d") + " "
                        + record.get("client").asText() + " "
                        + record.get("application").asText() + " "
                        + record.get("sqlstate").asText())
                .containsExactly(
                        "nobody d 127.0.0.1 guess 28000",
                        "clerk d 127.0.0.1  42501",
                        "postgres elsewhere 127.0.0.1  3D000",
                        tooLong.substring(0, 64) + " d 127.0.0.1  42622");
        assertThat(records("connect")).hasSize(1);
        assertThat(Files.readString(log())).doesNotContain("canary");
    }

    private static void refused(ServedDatabase served, Map<String, String> parameters) throws IOException {
        try (TestClient client = connect(served)) {
            client.send(Frontend.startup(VERSION, parameters));
            List<BackendMessage> answer = client.readUntil('E');
            assertThat(answer.get(answer.size() - 1).fields()).containsEntry('V', "FATAL");
        }
    }

    private static TestClient connect(ServedDatabase served) throws IOException {
        return TestClient.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), served.port()));
    }

    private ServedDatabase serve() throws Exception {
        AuditSettings audit = new AuditSettings(log(), 1 << 20, 0, OnFailure.REFUSE, null, null);
        return new ServedDatabase(directory, new Operations(audit, null));
    }

    private Path log() {
        return directory.resolve("audit.jsonl");
    }

    private List<JsonNode> records(String event) throws IOException {
        List<JsonNode> records = new ArrayList<>();
        for (String line : Files.readAllLines(log())) {
            JsonNode record = JSON.readTree(line);
            if (record.get("event").asText().equals(event)) {
                records.add(record);
            }
        }
        return records;
    }
}
