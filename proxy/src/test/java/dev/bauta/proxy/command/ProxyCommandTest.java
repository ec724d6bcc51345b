package dev.bauta.proxy.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bauta.proxy.testing.Frontend;
import dev.bauta.proxy.testing.TestCertificates;
import dev.bauta.testing.TestDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Runs {@code bauta proxy} as a process of its own. */
class ProxyCommandTest {
    private static final String RULES =
            """
            version: 1
            roles:
              - {name: dba, users: postgres, access: raw}
            columns:
              - {match: "public.people.email", mask: %s}
            """;

    private final TestDatabase database = TestDatabase.create(
            """
            CREATE TABLE people (id integer, email text);
            INSERT INTO people VALUES (1, 'ada@example.com');
            DO $$ BEGIN CREATE ROLE proxied LOGIN PASSWORD 'proxied'; EXCEPTION WHEN duplicate_object THEN NULL; END $$;
            GRANT SELECT ON people TO proxied;
            """);
    private final Path directory;
    private final Path rules;
    private final int port = freePort();
    private @Nullable Process process;

    ProxyCommandTest(@TempDir Path directory) throws IOException {
        this.directory = directory;
        rules = Files.writeString(directory.resolve("rules.yaml"), RULES.formatted("email"));
    }

    @AfterEach
    void end() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    @Test
    void servesMasksAndFollowsTheRuleFile() throws Exception {
        start(config(database.port()));
        awaitListening();
        assertThat(email()).isEqualTo("a***@***.com");
        Files.writeString(rules, RULES.formatted("{type: constant, value: hidden}"));
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> email().equals("hidden"));
        Files.writeString(rules, "version: 1\ncolumns: nonsense\n");
        assertThat(awaitError("the last good ones stay in force")).contains("rules.yaml");
        assertThat(email()).isEqualTo("hidden");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void endsInOrderOnSigterm() throws Exception {
        Process proxy = start(config(database.port()));
        awaitListening();
        proxy.destroy();
        assertThat(proxy.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(proxy.exitValue()).isZero();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void letsTransactionsEndOnSigtermAndNotOnTheSecond() throws Exception {
        Process proxy = start(config(database.port()));
        awaitListening();
        try (Connection open = connect();
                Statement statement = open.createStatement()) {
            open.setAutoCommit(false);
            statement.execute("SELECT 1");
            signal("TERM", proxy);
            assertThat(awaitError("draining")).contains("sessions=\"1\"");
            statement.execute("SELECT 2");
            signal("TERM", proxy);
            assertThat(proxy.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(proxy.exitValue()).isZero();
            assertThatThrownBy(() -> statement.execute("SELECT 3"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("Bauta is shutting down");
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void readsItsConfigurationAnewOnSighup() throws Exception {
        Process proxy = start(config(database.port()));
        awaitListening();
        Path config = directory.resolve("bauta.yaml");
        String good = Files.readString(config);
        Files.writeString(config, good + "limits: {sessions: none}\n");
        signal("HUP", proxy);
        assertThat(awaitError("bauta.yaml:5:20")).contains("'limits.sessions' must be a whole number");
        Files.writeString(
                config, good.replace("refresh-seconds: 1", "refresh-seconds: 3") + "allowed-networks: 10.0.0.0/8\n");
        signal("HUP", proxy);
        assertThat(awaitError("configuration changed")).contains("[allowed-networks]");
        assertThat(awaitError("changed options wait for a restart")).contains("[catalog]");
        assertThatThrownBy(this::connect).isInstanceOf(SQLException.class).hasMessageContaining("allowed-networks");
        Files.writeString(config, good);
        signal("HUP", proxy);
        awaitError("configuration changed");
        assertThat(email()).isEqualTo("a***@***.com");
    }

    /** Each costs the proxy more than its client. */
    @Test
    void handshakesAreNotBegunAnewByClients() throws Exception {
        TestCertificates certificates = new TestCertificates(directory);
        certificates.issueForServer("server");
        Path config = config(database.port());
        Files.writeString(
                config, "tls: {mode: allow, certificate: server.crt, key: server.key}\n", StandardOpenOption.APPEND);
        start(config);
        awaitListening();
        try (Socket plain = new Socket(InetAddress.getLoopbackAddress(), port)) {
            plain.getOutputStream().write(Frontend.sslRequest());
            assertThat(plain.getInputStream().read()).isEqualTo('S');
            SSLSocket client = (SSLSocket)
                    certificates.clientContext(null).getSocketFactory().createSocket(plain, "localhost", port, true);
            client.setEnabledProtocols(new String[] {"TLSv1.2"});
            client.startHandshake();
            client.startHandshake();
            assertThatThrownBy(() -> {
                        client.getOutputStream().write(Frontend.sslRequest());
                        client.getInputStream().read();
                    })
                    .isInstanceOf(SSLException.class);
        }
    }

    private static void signal(String name, Process proxy) throws Exception {
        new ProcessBuilder("kill", "-" + name, Long.toString(proxy.pid()))
                .start()
                .waitFor();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void endsInOrderOnControlC() throws Exception {
        Process proxy = start(config(database.port()), hearingInterrupts());
        awaitListening();
        signal("INT", proxy);
        assertThat(proxy.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(proxy.exitValue()).isEqualTo(130);
    }

    @Test
    void listsTheProblemsOfTheRuleFile() throws Exception {
        Files.writeString(rules, "version: 1\nrolse: []\ncolumns:\n  - match: a.b.c\n    mask: emial\n");
        Process proxy = start(config(database.port()));
        assertThat(lines(proxy))
                .containsExactly(
                        "bauta: " + rules + ":2:1: unknown key 'rolse', did you mean 'roles'?",
                        "bauta: " + rules + ":5:11: unknown mask 'emial', did you mean 'email'?");
        assertThat(proxy.waitFor()).isEqualTo(4);
    }

    @Test
    void checksTheConfigurationAndItsFilesWithoutTheServer() throws Exception {
        Path config = config(1);
        Process good = start(config, List.of(), "--check");
        assertThat(good.inputReader().readLine()).isEqualTo(config + ": no problems");
        assertThat(good.waitFor()).isZero();
        Files.writeString(config, "tls: {certificate: none.crt, key: none.key}\n", StandardOpenOption.APPEND);
        Process without = start(config, List.of(), "--check");
        assertThat(lines(without)).singleElement().asString().contains("none.crt");
        assertThat(without.waitFor()).isEqualTo(4);
        Files.writeString(rules, "version: 1\nrolse: []\ncolumns: []\n");
        Process bad = start(config(1), List.of(), "--check");
        assertThat(lines(bad)).containsExactly("bauta: " + rules + ":2:1: unknown key 'rolse', did you mean 'roles'?");
        assertThat(bad.waitFor()).isEqualTo(4);
    }

    @Test
    void saysThatTheServerCannotBeReached() throws Exception {
        // A port that is bound and not listened at refuses, and nobody else is given it meanwhile.
        try (Socket socket = new Socket()) {
            socket.bind(new InetSocketAddress(0));
            int nobody = socket.getLocalPort();
            Process proxy = start(config(nobody));
            assertThat(lines(proxy))
                    .containsExactly("bauta: cannot read the catalogs of database " + database.name()
                            + " as postgres@127.0.0.1:" + nobody + ": Connection to 127.0.0.1:" + nobody
                            + " refused. Check that the hostname and port are correct and that the postmaster is accepting "
                            + "TCP/IP connections.");
            assertThat(proxy.waitFor()).isEqualTo(5);
        }
    }

    @Test
    void saysThatTheAddressForAdministratorsIsInUse() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String admin = "127.0.0.1:" + other.getLocalPort();
            Path config = Files.writeString(
                    config(database.port()), "admin: {listen: \"" + admin + "\"}\n", StandardOpenOption.APPEND);
            Process proxy = start(config);
            assertThat(lines(proxy))
                    .containsExactly("bauta: cannot listen on " + admin
                            + ": Address already in use; choose another address with 'admin.listen'");
            assertThat(proxy.waitFor()).isEqualTo(6);
        }
    }

    @Test
    void saysThatTheAddressIsInUse() throws Exception {
        try (ServerSocket other = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            Process proxy = start(config(database.port()));
            assertThat(lines(proxy))
                    .containsExactly("bauta: cannot listen on 127.0.0.1:" + other.getLocalPort()
                            + ": Address already in use; choose another address with 'listen'");
            assertThat(proxy.waitFor()).isEqualTo(6);
        }
    }

    private Path config(int serverPort) throws IOException {
        return Files.writeString(
                directory.resolve("bauta.yaml"),
                """
                listen: 127.0.0.1:%d
                server: {host: 127.0.0.1, port: %d}
                catalog: {user: postgres, password: postgres, databases: [%s], refresh-seconds: 1}
                rules: rules.yaml
                """
                        .formatted(port, serverPort, database.name()));
    }

    /**
     * The start of a command that heeds SIGINT also where the tests themselves run with that ignored, as what a script
     * starts in the background does.
     */
    private static List<String> hearingInterrupts() throws Exception {
        List<String> env = List.of("env", "--default-signal=INT");
        return run(env, List.of("true")).start().waitFor() == 0 ? env : List.of();
    }

    private static ProcessBuilder run(List<String> prefix, List<String> command) {
        return new ProcessBuilder(
                Stream.concat(prefix.stream(), command.stream()).toList());
    }

    private Process start(Path config) throws IOException {
        return start(config, List.of());
    }

    private Process start(Path config, List<String> prefix, String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "-Dlogback.configurationFile=logback.xml",
                BautaCommand.class.getName(),
                "proxy",
                "--config",
                config.toString()));
        command.addAll(List.of(options));
        Process started = run(prefix, command).start();
        process = started;
        return started;
    }

    private void awaitListening() throws IOException {
        assertThat(requireProcess().inputReader().readLine())
                .isEqualTo("Bauta listens on 127.0.0.1:" + port + " for 127.0.0.1:" + database.port()
                        + ". Ctrl-C ends it.");
    }

    private String awaitError(String part) throws IOException {
        BufferedReader err = requireProcess().errorReader();
        String line = err.readLine();
        while (line != null && !line.contains(part)) {
            line = err.readLine();
        }
        return String.valueOf(line);
    }

    private Process requireProcess() {
        return java.util.Objects.requireNonNull(process);
    }

    private static List<String> lines(Process proxy) {
        return proxy.errorReader().lines().toList();
    }

    private Connection connect() throws SQLException {
        String url = "jdbc:postgresql://127.0.0.1:" + port + "/" + database.name();
        return DriverManager.getConnection(url, "proxied", "proxied");
    }

    private String email() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT email FROM people")) {
            result.next();
            return result.getString(1);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
