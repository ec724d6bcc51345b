package dev.bauta.proxy.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bauta.proxy.postgres.Endpoint;
import dev.bauta.proxy.serving.Operations.Admin;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The endpoint for administrators, over HTTP, of a proxy before a real server. */
class AdminTest {
    private static final String TOKEN = "0123456789abcdef-token";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();

    private final ServedDatabase served;
    private final int port;

    AdminTest(@TempDir Path directory) throws Exception {
        port = ServedDatabase.freePort();
        Admin admin = new Admin(new Endpoint("127.0.0.1", port), new Secret(TOKEN));
        served = new ServedDatabase(directory, new Operations(null, admin));
    }

    @AfterEach
    void close() {
        served.close();
    }

    @Test
    void saysThatItIsThereAndReadyToWhomever() throws Exception {
        assertThat(send("GET", "/healthz", null).body()).isEqualTo("ok\n");
        HttpResponse<String> ready = send("GET", "/readyz", null);
        assertThat(ready.statusCode()).isEqualTo(200);
        assertThat(ready.body())
                .isEqualTo(
                        "{\"ready\":true,\"rules\":true,\"catalogs\":true,\"server\":true,\"audit\":true,\"accepting\":true}");
        assertThat(send("GET", "/", null).body()).contains("<title>Bauta</title>");
    }

    @Test
    void refusesDatabasesThatItDoesNotServe() {
        assertThatThrownBy(() -> served.connect("clerk", "_other"))
                .hasMessageContaining("_other\"; see 'catalog.databases'")
                .isInstanceOfSatisfying(SQLException.class, refused -> assertThat(refused.getSQLState())
                        .isEqualTo("3D000"));
    }

    @Test
    void tellsNothingElseWithoutTheToken() throws Exception {
        for (String path : List.of("/metrics", "/status", "/sessions", "/statements", "/rules", "/anything")) {
            assertThat(send("GET", path, null).statusCode()).as(path).isEqualTo(401);
            assertThat(send("GET", path, TOKEN + "x").statusCode()).as(path).isEqualTo(401);
        }
        assertThat(send("POST", "/reload", null).statusCode()).isEqualTo(401);
        assertThat(send("DELETE", "/sessions/x", "").statusCode()).isEqualTo(401);
    }

    /** More of them than there are threads. */
    @Test
    void doesNotWaitForRequestsThatDoNotEnd() throws Exception {
        List<Socket> halves = new ArrayList<>();
        for (String half : List.of(
                "GET /healthz HT",
                "GET /healthz HT",
                "POST /reload HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n")) {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
            halves.add(socket);
            socket.getOutputStream().write(half.getBytes(StandardCharsets.US_ASCII));
        }
        assertThat(send("GET", "/healthz", null).statusCode()).isEqualTo(200);
        for (Socket half : halves) {
            half.close();
        }
    }

    /** More of them than there are threads, and more answers than the system takes for them. */
    @Test
    void doesNotWaitForThoseWhoDoNotRead() throws Exception {
        List<Socket> mute = new ArrayList<>();
        byte[] requests = "GET / HTTP/1.1\r\nHost: x\r\n\r\n".repeat(20_000).getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < 5; i++) {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
            mute.add(socket);
            var unused = CompletableFuture.runAsync(() -> sendAll(socket, requests));
        }
        Awaitility.await().until(() -> mute.get(0).getInputStream().available() > 0);
        HttpRequest health = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/healthz"))
                .timeout(Duration.ofSeconds(15))
                .build();
        // One that has waited as long as they have is cut off with them.
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .until(() ->
                        http.send(health, HttpResponse.BodyHandlers.ofString()).statusCode() == 200);
        for (Socket socket : mute) {
            socket.close();
        }
    }

    private static void sendAll(Socket socket, byte[] requests) {
        try {
            socket.getOutputStream().write(requests);
        } catch (IOException e) {
            // The endpoint has had enough.
        }
    }

    /** What ends TLS before the endpoint passes on the name that the browser knows. */
    @Test
    void heedsItsOwnPageBehindTls() throws Exception {
        assertThat(raw("POST /reload HTTP/1.1\r\nHost: bauta.example\r\nOrigin: https://bauta.example\r\n"
                        + "Authorization: Bearer " + TOKEN + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200 ");
    }

    @Test
    void isShownInNoOtherPage() throws Exception {
        assertThat(send("GET", "/", null).headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy).contains("frame-ancestors 'none'"));
    }

    @Test
    void heedsNoPageOfAnotherSite() throws Exception {
        assertThat(raw("POST /reload HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nOrigin: http://evil.example\r\n"
                        + "Authorization: Bearer " + TOKEN + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 403 ");
    }

    @Test
    void listsAndEndsSessions() throws Exception {
        try (Connection clerk = served.connect("clerk", "?ApplicationName=report")) {
            JsonNode session = get("/sessions").get("sessions").get(0);
            assertThat(session.get("user").asText()).isEqualTo("clerk");
            assertThat(session.get("access").asText()).isEqualTo("masked");
            String id = session.get("id").asText();
            assertThat(send("DELETE", "/sessions/" + id, TOKEN).statusCode()).isEqualTo(200);
            assertThatThrownBy(() -> query(clerk, "SELECT 1")).isInstanceOf(SQLException.class);
            assertThat(send("DELETE", "/sessions/" + id, TOKEN).statusCode()).isEqualTo(404);
        }
    }

    @Test
    void showsWhatIsMaskedByWhichRule() throws Exception {
        JsonNode roles = get("/rules").get("databases").get(0).get("roles");
        assertThat(roles.get(0).toString()).isEqualTo("{\"role\":\"dba\",\"access\":\"raw\",\"purpose\":null}");
        assertThat(roles.get(1).get("relations").toString())
                .isEqualTo("[{\"relation\":\"public.people\",\"columns\":[{\"column\":\"email\",\"mask\":\"email\","
                        + "\"tag\":\"pii.email\",\"rule\":\"rules.yaml:5:5\"}]}]");
    }

    @Test
    void readsRulesAnewAndKeepsTheLastGoodOnes() throws Exception {
        String before = get("/status").get("policy").asText();
        served.replaceRules("version: 1\ncolumns: nonsense\n");
        HttpResponse<String> bad = send("POST", "/reload", TOKEN);
        assertThat(bad.statusCode()).isEqualTo(422);
        assertThat(JSON.readTree(bad.body()).get("problems").get(0).asText()).startsWith(served.rules() + ":2:");
        assertThat(get("/status").get("policy").asText()).isEqualTo(before);
        served.replaceRules(ServedDatabase.RULES + "# changed\n");
        assertThat(send("POST", "/reload", TOKEN).body()).isEqualTo("{\"reloaded\":true,\"problems\":[]}");
        assertThat(get("/status").get("policy").asText()).isNotEqualTo(before);
        assertThat(send("GET", "/metrics", TOKEN).body())
                .contains("bauta_rules_reloads_total{result=\"bad\"} 1.0")
                .contains("bauta_rules_reloads_total{result=\"good\"} 1.0");
    }

    @Test
    void measuresWithoutValues() throws Exception {
        try (Connection clerk = served.connect("clerk", "?preferQueryMode=simple");
                Connection dba = served.connect("postgres", "?preferQueryMode=simple")) {
            query(clerk, "SELECT email FROM people WHERE email <> 'canary-literal'");
            query(dba, "SELECT email FROM people WHERE email <> 'canary-literal'");
            assertThatThrownBy(() -> query(clerk, "DO 'canary-literal'")).isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> served.connect("nobody", "")).isInstanceOf(SQLException.class);
        }
        // A login that the server refuses is counted when it closes the connection, behind its answer.
        Awaitility.await()
                .until(() -> send("GET", "/metrics", TOKEN).body().contains("bauta_logins_refused_total 1.0"));
        String metrics = send("GET", "/metrics", TOKEN).body();
        assertThat(metrics)
                .contains("bauta_cells_total{column=\"public.people.email\",shown=\"masked\"} 2.0")
                .contains("bauta_cells_total{column=\"public.people.email\",shown=\"raw\"} 2.0")
                .contains("bauta_refusals_total{code=\"STATEMENT_KIND\"} 1.0")
                .contains("bauta_statements_total{access=\"masked\",decision=\"rewrite\"} 1.0")
                .contains("bauta_sessions_opened_total 2.0")
                .contains("bauta_bytes_total{from=\"client\"}")
                .contains("bauta_decision_seconds_count");
        String statements = send("GET", "/statements", TOKEN).body();
        assertThat(statements)
                .contains("select email from people where email <> ?")
                .contains("\"do ?\"");
        assertThat(metrics + statements).doesNotContain("canary");
    }

    @Test
    void isNotReadyWhileItDrains() throws Exception {
        try (Connection clerk = served.connect("clerk", "")) {
            clerk.setAutoCommit(false);
            query(clerk, "SELECT 1");
            Thread draining = new Thread(this::drain);
            draining.start();
            Awaitility.await().until(() -> send("GET", "/readyz", null).statusCode() == 503);
            assertThat(JSON.readTree(send("GET", "/readyz", null).body())
                            .get("accepting")
                            .asBoolean())
                    .isFalse();
            assertThat(send("GET", "/healthz", null).statusCode()).isEqualTo(200);
            clerk.commit();
            draining.join();
        }
    }

    private void drain() {
        try {
            served.proxy().drain();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private JsonNode get(String path) throws Exception {
        HttpResponse<String> answer = send("GET", path, TOKEN);
        assertThat(answer.statusCode()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private HttpResponse<String> send(String method, String path, @Nullable String token) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** A browser's own headers, which Java's client does not let one set. */
    private String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void query(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
