package dev.bauta.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bauta.proxy.testing.TestClient;
import dev.bauta.testing.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** The proxy as a process of its own, so that its memory can be bounded and measured. */
final class ProxyProcess implements AutoCloseable {
    /** Values that no masked session may receive a byte of begin with it. */
    static final String CANARY = "canary";

    static final String MASK = "masked";
    static final String MASKED_USER = "analyst";
    static final String RAW_USER = "postgres";

    /** The user who reads the catalogs. */
    static final String CATALOG_USER = "bauta_catalog";

    private static final String TRANSPORT = System.getProperty("bauta.faults.transport", "epoll");

    private static final String TABLES =
            """
            DO $$ BEGIN
              IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'analyst') THEN
                CREATE ROLE analyst LOGIN PASSWORD 'analyst';
              END IF;
              IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'bauta_catalog') THEN
                CREATE ROLE bauta_catalog LOGIN;
              END IF;
            END $$;
            CREATE TABLE customer (id int PRIMARY KEY, email text, note text);
            INSERT INTO customer SELECT i, 'canary' || i || '@example.org', repeat('n', 100) FROM generate_series(1, 1000) i;
            CREATE TABLE copied (a int, b text);
            GRANT ALL ON ALL TABLES IN SCHEMA public TO analyst;
            """;

    private final TestDatabase database;
    private final Path folder;
    private final Process process;
    private final int port;
    private final int adminPort;

    private ProxyProcess(TestDatabase database, Path folder, Process process, int port, int adminPort) {
        this.database = database;
        this.folder = folder;
        this.process = process;
        this.port = port;
        this.adminPort = adminPort;
    }

    /**
     * Starts one in front of a new database.
     *
     * @param limits the section of its configuration, as {@code {sessions: 10}}
     * @param options of the Java virtual machine
     */
    static ProxyProcess start(String limits, String... options) throws IOException {
        TestDatabase database = TestDatabase.create(TABLES);
        Path folder = Files.createTempDirectory("bauta-faults");
        int port = freePort();
        int adminPort = freePort();
        Files.writeString(folder.resolve("rules.yaml"), rules(MASK));
        Files.writeString(
                folder.resolve("bauta.yaml"),
                """
                listen: 127.0.0.1:%d
                server: {host: %s, port: %d}
                catalog: {user: %s, databases: [%s], refresh-seconds: 1}
                admin: {listen: "127.0.0.1:%d"}
                rules: rules.yaml
                limits: %s
                transport: %s
                """
                        .formatted(
                                port,
                                database.host(),
                                database.port(),
                                CATALOG_USER,
                                database.name(),
                                adminPort,
                                limits,
                                TRANSPORT));
        List<String> command = new ArrayList<>();
        command.add(System.getProperty("java.home") + "/bin/java");
        command.addAll(List.of(options));
        command.addAll(List.of("-XX:+ExitOnOutOfMemoryError", "-cp", System.getProperty("java.class.path")));
        command.addAll(List.of("dev.bauta.proxy.command.BautaCommand", "proxy", "--config"));
        command.add(folder.resolve("bauta.yaml").toString());
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log.txt").toFile())
                .start();
        ProxyProcess started = new ProxyProcess(database, folder, process, port, adminPort);
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> !process.isAlive() || started.listens());
        assertThat(process.isAlive())
                .as(Files.readString(folder.resolve("log.txt")))
                .isTrue();
        return started;
    }

    private static String rules(String mask) {
        return """
                version: 1
                roles: [{name: dba, users: [%s], access: raw}]
                columns:
                  - {match: public.customer.email, tag: pii.email, mask: {type: constant, value: %s}}
                """
                .formatted(RAW_USER, mask);
    }

    private static int freePort() throws IOException {
        try (ServerSocket any = new ServerSocket(0)) {
            return any.getLocalPort();
        }
    }

    private boolean listens() {
        try (TestClient client = TestClient.connect(address())) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    TestDatabase database() {
        return database;
    }

    TestClient login(String user) throws IOException {
        return TestClient.login(address(), user, database.name());
    }

    /** A client of the server itself. */
    TestClient loginDirectly() throws IOException {
        return TestClient.login(new InetSocketAddress(database.host(), database.port()), RAW_USER, database.name());
    }

    /** Has rules in force that mask by another value. */
    void replaceRules(String mask) throws IOException, InterruptedException {
        Path next = folder.resolve("next.yaml");
        Files.writeString(next, rules(mask));
        Files.move(next, folder.resolve("rules.yaml"), java.nio.file.StandardCopyOption.ATOMIC_MOVE);
        assertThat(request("POST", "/reload").statusCode()).isEqualTo(200);
    }

    /** The sessions that the proxy says there are. */
    int openSessions() throws IOException, InterruptedException {
        return metric("bauta_sessions");
    }

    /** A meter's value. */
    int metric(String name) throws IOException, InterruptedException {
        return Pattern.compile("^" + name + " ([0-9.]+)", Pattern.MULTILINE)
                .matcher(request("GET", "/metrics").body())
                .results()
                .map(found -> (int) Double.parseDouble(found.group(1)))
                .findFirst()
                .orElseThrow();
    }

    HttpResponse<String> request(String method, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + adminPort + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    /** What the objects on the heap that are still in use occupy, in MB. */
    int usedHeap() throws IOException {
        String bytes = jcmd("GC.class_histogram").replaceAll("(?s).*\\nTotal +\\d+ +(\\d+)\\s*", "$1");
        return (int) (Long.parseLong(bytes) / 1_000_000);
    }

    private String jcmd(String command) throws IOException {
        Process jcmd = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/jcmd", Long.toString(process.pid()), command)
                .start();
        return new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** The memory that the process occupies, in MB. */
    int residentMemory() throws IOException {
        String status = Files.readString(Path.of("/proc/" + process.pid() + "/status"));
        return Integer.parseInt(status.replaceAll("(?s).*VmRSS:\\s+(\\d+) kB.*", "$1")) / 1024;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** What the proxy has logged. */
    String log() throws IOException {
        return Files.readString(folder.resolve("log.txt"));
    }

    /** After whatever has happened: no session is left over, a new one is served, and nothing raw is in the log. */
    void assertUnharmed() throws IOException {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> openSessions() == 0);
        try (TestClient client = login(MASKED_USER)) {
            assertThat(client.query("SELECT email FROM customer WHERE id = 1")
                            .get(1)
                            .firstValue())
                    .isEqualTo(MASK);
        }
        assertThat(isAlive()).isTrue();
        assertThat(log()).doesNotContain(CANARY).doesNotContain("defect");
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        Objects.requireNonNull(process.onExit()).join();
        database.drop();
        for (String file : List.of("rules.yaml", "bauta.yaml", "log.txt")) {
            Files.delete(folder.resolve(file));
        }
        Files.delete(folder);
    }
}
