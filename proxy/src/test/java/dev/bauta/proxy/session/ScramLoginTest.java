package dev.bauta.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bauta.policy.Principal;
import dev.bauta.proxy.authentication.Credentials;
import dev.bauta.proxy.authentication.ScramVerifier;
import dev.bauta.proxy.authentication.ServicePassword;
import dev.bauta.proxy.authentication.UserFile;
import dev.bauta.proxy.authentication.Verifiers;
import dev.bauta.proxy.files.Reloaded;
import dev.bauta.proxy.files.UnusableFileException;
import dev.bauta.proxy.postgres.Endpoint;
import dev.bauta.proxy.postgres.PostgresServers;
import dev.bauta.proxy.postgres.VerifierQuery;
import dev.bauta.proxy.session.Authentication.Account;
import dev.bauta.proxy.testing.BackendMessage;
import dev.bauta.proxy.testing.CapturedLog;
import dev.bauta.proxy.testing.Frontend;
import dev.bauta.proxy.testing.ProxyUnderTest;
import dev.bauta.proxy.testing.Psql;
import dev.bauta.proxy.testing.TestCertificates;
import dev.bauta.proxy.testing.TestClient;
import dev.bauta.proxy.tls.ClientCertificates;
import dev.bauta.proxy.tls.ClientEncryption;
import dev.bauta.proxy.tls.ClientTls;
import dev.bauta.proxy.tls.ClientTlsSettings;
import dev.bauta.proxy.tls.ServerTls;
import dev.bauta.proxy.tls.ServerTlsSettings;
import dev.bauta.proxy.tls.ServerTlsSettings.Mode;
import dev.bauta.proxy.tls.TlsVersion;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The proxy authenticates clients by SCRAM, and logs in to the server with the keys that their logins show. */
class ScramLoginTest {
    private static final String PG_HBA =
            """
            local all all trust
            host all postgres all trust
            host all by_trust all trust
            host all by_md5 all password
            host all all all scram-sha-256
            """;
    private static final String PASSWORD = "Kanarienvogel";

    private static Path directory;
    private static TestCertificates certificates;
    private static EmbeddedPostgres postgres;
    private static Reloaded<Map<String, ScramVerifier>> users;
    private static ProxyUnderTest proxy;
    private static ProxyUnderTest withTlsToServer;
    private static CapturedLog log;

    @BeforeAll
    static void start(@TempDir Path temporary) throws Exception {
        log = CapturedLog.open();
        directory = temporary;
        certificates = new TestCertificates(directory);
        certificates.issueForServer("server");
        Path hba = Files.writeString(directory.resolve("pg_hba.conf"), PG_HBA);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(hba, PosixFilePermissions.fromString("rw-r--r--"));
        postgres = EmbeddedPostgres.builder()
                .setPGStartupWait(Duration.ofMinutes(1))
                .setServerConfig("hba_file", hba.toString())
                .setServerConfig("ssl", "on")
                .setServerConfig(
                        "ssl_cert_file", directory.resolve("server.crt").toString())
                .setServerConfig("ssl_key_file", directory.resolve("server.key").toString())
                .setServerConfig("password_encryption", "scram-sha-256")
                .start();
        run(
                "CREATE ROLE raw LOGIN PASSWORD 'Kanarienvogel'; CREATE ROLE masked LOGIN PASSWORD 'Kanarienvogel';"
                        + "CREATE ROLE by_trust LOGIN PASSWORD 'Kanarienvogel'; CREATE ROLE by_md5 LOGIN PASSWORD 'Kanarienvogel';"
                        + "CREATE ROLE changed LOGIN PASSWORD 'Kanarienvogel'; CREATE ROLE absent LOGIN PASSWORD 'Kanarienvogel'");
        Path file = directory.resolve("users.txt");
        Files.writeString(file, "; users\n" + verifiers());
        run("ALTER ROLE changed PASSWORD 'another'");
        users = Reloaded.load("user file", List.of(file), () -> UserFile.read(file));
        ClientTls tls = ClientTls.load(new ClientTlsSettings(
                certificates.file("server.crt"),
                certificates.file("server.key"),
                null,
                ClientCertificates.NONE,
                TlsVersion.V1_2));
        ClientAccess access = new ClientAccess(
                new ClientEncryption(false, () -> tls),
                new Authentication.Scram(new Credentials(Verifiers.of(users)), null),
                List.of());
        ServerTls serverTls =
                ServerTls.load(new ServerTlsSettings(Mode.VERIFY_FULL, certificates.file("ca.crt"), null, null));
        proxy = ProxyUnderTest.inFrontOf("localhost", postgres.getPort(), settings -> settings.withAccess(access));
        withTlsToServer =
                ProxyUnderTest.inFrontOf("localhost", postgres.getPort(), settings -> settings.withAccess(access)
                        .withServerEncryption(() -> serverTls));
    }

    @AfterAll
    static void stop() throws IOException {
        proxy.close();
        withTlsToServer.close();
        postgres.close();
        log.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"raw", "masked", "by_trust"})
    void theRightPasswordLogsInToTheServerToo(String user) throws SQLException {
        for (String options : List.of("", "?sslmode=require", "?sslmode=require&channelBinding=require")) {
            for (ProxyUnderTest each : List.of(proxy, withTlsToServer)) {
                String url = "jdbc:postgresql://localhost:" + each.address().getPort() + "/postgres" + options;
                try (Connection connection = DriverManager.getConnection(url, user, PASSWORD);
                        Statement statement = connection.createStatement();
                        ResultSet result = statement.executeQuery("SELECT session_user")) {
                    assertThat(result.next()).isTrue();
                    assertThat(result.getString(1)).isEqualTo(user);
                }
            }
        }
    }

    /** Each combination of encryption and of what the client demands. */
    @Test
    void channelBindingIsAsTheClientWantsIt() throws Exception {
        for (ProxyUnderTest each : List.of(proxy, withTlsToServer)) {
            for (String options : List.of(
                    "sslmode=disable",
                    "sslmode=disable channel_binding=disable",
                    "sslmode=require",
                    "sslmode=require channel_binding=disable",
                    "sslmode=require channel_binding=require")) {
                assertThat(psql(each, "masked", PASSWORD, options)).as(options).isEqualTo("in");
            }
            assertThat(psql(each, "masked", PASSWORD, "sslmode=disable channel_binding=require"))
                    .contains("channel binding required");
        }
    }

    @Test
    void aWrongPasswordAndAnUnknownUserAreToldTheSame() throws Exception {
        for (String user : List.of("masked", "nobody")) {
            assertThat(psql(proxy, user, "wrong " + PASSWORD, "sslmode=disable"))
                    .endsWith("FATAL:  password authentication failed for user \"" + user + "\"");
        }
        assertThat(saslFirst("masked").substring(4, 8))
                .isEqualTo(saslFirst("nobody").substring(4, 8));
        assertThat(saslFirst("nobody").split(",")[1])
                .isEqualTo(saslFirst("nobody").split(",")[1]);
    }

    private static String saslFirst(String user) throws IOException {
        try (TestClient client = TestClient.connect(proxy.address())) {
            client.send(Frontend.startup(user, "postgres"));
            assertThat(client.read()).isEqualTo(new BackendMessage('R', "\0\0\0\nSCRAM-SHA-256\0\0"));
            String first = "n,,n=,r=abc";
            client.send(Frontend.message(
                    'p',
                    ("SCRAM-SHA-256\0\0\0\0" + (char) first.length() + first).getBytes(StandardCharsets.US_ASCII)));
            return client.read().body();
        }
    }

    @Test
    void theServerIsNotReachedBeforeTheClientIsKnown() throws Exception {
        try (ProxyUnderTest nowhere = ProxyUnderTest.inFrontOf(
                        "127.0.0.1",
                        1,
                        settings -> settings.withAccess(new ClientAccess(
                                ClientEncryption.NONE,
                                new Authentication.Scram(new Credentials(Verifiers.of(users)), null),
                                List.of())));
                TestClient client = TestClient.connect(nowhere.address())) {
            client.send(Frontend.startup("masked", "postgres"));
            assertThat(client.read().type()).isEqualTo('R');
            client.send(Frontend.query("SELECT 1"));
            assertThat(client.read().fields())
                    .containsEntry('C', "08P01")
                    .containsEntry('M', "expected SASL response, got message type 81");
            assertThat(client.read()).isEqualTo(BackendMessage.END);
        }
        assertThat(proxy.sessions().principals())
                .noneMatch(principal -> principal.user().equals("nobody"));
    }

    @Test
    void aVerifierThatIsNotTheServersIsTold() throws Exception {
        assertThat(psql(proxy, "changed", PASSWORD, "sslmode=disable"))
                .endsWith(
                        "FATAL:  the server has another verifier of the user's password than Bauta; bring them in line");
    }

    @Test
    void aServerThatWantsThePasswordItselfIsRefused() throws Exception {
        assertThat(psql(proxy, "by_md5", PASSWORD, "sslmode=disable"))
                .contains("the server asks for another authentication method than Bauta has keys for")
                .contains("scram-sha-256 in the server's pg_hba.conf");
    }

    @Test
    void usersFollowTheirFile() throws Exception {
        assertThat(psql(proxy, "absent", PASSWORD, "sslmode=disable")).contains("password authentication failed");
        Path file = directory.resolve("users.txt");
        String before = Files.readString(file);
        Files.writeString(file, before + "\"absent\" \"" + PASSWORD + "\"\n");
        users.look();
        assertThat(psql(proxy, "masked", PASSWORD, "sslmode=disable")).isEqualTo("in");
        Files.writeString(file, before + line("absent"));
        users.look();
        assertThat(psql(proxy, "absent", PASSWORD, "sslmode=disable")).isEqualTo("in");
    }

    @Test
    void whatIsWrongWithAUserFileIsNamedByItsLine() throws Exception {
        String good = line("masked");
        assertThat(problem(good + good)).isEqualTo("bad.txt: line 2 is about a user who stands there already");
        assertThat(problem("\n;\nmasked x\n")).isEqualTo("bad.txt: line 3 is not \"user\" \"SCRAM-SHA-256$...\"");
        for (String secret : List.of(PASSWORD, "md5" + "0".repeat(32), "SCRAM-SHA-256$0:x$y:z", "x".repeat(100_000))) {
            assertThat(problem("\"masked\" \"" + secret + "\""))
                    .isEqualTo("bad.txt: line 1 holds no SCRAM-SHA-256 verifier; take it from rolpassword in pg_authid,"
                            + " and put no passwords and no MD5 hashes here");
        }
    }

    @Test
    void verifiersCanBeAskedFor() throws Exception {
        run("CREATE ROLE asked LOGIN PASSWORD 'first'; CREATE ROLE without LOGIN");
        String query = "SELECT rolname, rolpassword FROM pg_authid WHERE rolname = $1 AND 'a?' <> 'b'";
        try (VerifierQuery asking = query(query);
                ProxyUnderTest between = authenticating(new Authentication.Scram(new Credentials(asking), null))) {
            assertThat(psql(between, "asked", "first", "")).isEqualTo("in");
            run("ALTER ROLE asked PASSWORD 'second'");
            assertThat(psql(between, "asked", "second", "")).isEqualTo("in");
            for (String user : List.of("asked", "without", "nobody' OR true --")) {
                assertThat(psql(between, user.replace("'", "\\'"), "first", ""))
                        .endsWith("FATAL:  password authentication failed for user \"" + user + "\"");
            }
        }
        run("CREATE ROLE bauta_catalog LOGIN");
        run(Pattern.compile("(?ms)^```sql\n(.*?)^```")
                .matcher(Files.readString(Path.of("../docs/proxy.md")))
                .results()
                .map(block -> block.group(1))
                .filter(block -> block.contains("bauta_verifier"))
                .findFirst()
                .orElseThrow());
        try (VerifierQuery documented = query("SELECT name, verifier FROM bauta_verifier($1)");
                ProxyUnderTest between = authenticating(new Authentication.Scram(new Credentials(documented), null))) {
            assertThat(psql(between, "asked", "second", "")).isEqualTo("in");
        }
        try (VerifierQuery failing = query("SELECT 'canary', $1 FROM nowhere");
                ProxyUnderTest between = authenticating(new Authentication.Scram(new Credentials(failing), null))) {
            assertThat(psql(between, "asked", "second", ""))
                    .endsWith("FATAL:  Bauta cannot read the verifiers of passwords");
        }
    }

    private static VerifierQuery query(String text) {
        return new VerifierQuery(
                PostgresServers.of(new Endpoint("localhost", postgres.getPort())),
                new VerifierQuery.Settings(text, "postgres", "postgres", ""));
    }

    private static ProxyUnderTest authenticating(Authentication authentication) throws IOException {
        ClientAccess access = new ClientAccess(ClientEncryption.NONE, authentication, List.of());
        return ProxyUnderTest.inFrontOf("localhost", postgres.getPort(), settings -> settings.withAccess(access));
    }

    @Test
    void theProxyCanLogInAsAnAccountOfItsOwn() throws Exception {
        run("CREATE ROLE service LOGIN PASSWORD 'Diener'");
        Credentials credentials = new Credentials(Verifiers.of(users));
        Account account = new Account("service", new ServicePassword("Diener"));
        try (ProxyUnderTest between = authenticating(new Authentication.Scram(credentials, account))) {
            assertThat(psql(between, "masked", PASSWORD, "", "SELECT session_user || ' in ' || current_database()"))
                    .isEqualTo("service in postgres");
            assertThat(between.sessions().principals())
                    .extracting(Principal::user)
                    .containsExactly("masked");
            assertThat(psql(between, "masked", "Diener", "")).contains("password authentication failed");
        }
        Account wrong = new Account("service", new ServicePassword("Herr"));
        try (ProxyUnderTest between = authenticating(new Authentication.Scram(credentials, wrong))) {
            assertThat(psql(between, "masked", PASSWORD, ""))
                    .endsWith("FATAL:  the server does not let Bauta's account in")
                    .doesNotContain("service");
        }
        assertThat(account.toString()).doesNotContain("Diener");
    }

    @Test
    void aCertificateCanLogIn() throws Exception {
        run("CREATE ROLE clerk LOGIN PASSWORD 'Diener'");
        certificates.issueForClient("ada", "CN=masked,O=Bauta");
        certificates.issueForClient("two", "CN=masked,CN=other");
        ClientTls tls = ClientTls.load(new ClientTlsSettings(
                certificates.file("server.crt"),
                certificates.file("server.key"),
                certificates.file("ca.crt"),
                ClientCertificates.OPTIONAL,
                TlsVersion.V1_2));
        Account account = new Account("clerk", new ServicePassword("Diener"));
        ClientAccess access = new ClientAccess(
                new ClientEncryption(false, () -> tls), new Authentication.Certificate(account), List.of());
        try (ProxyUnderTest between =
                ProxyUnderTest.inFrontOf("localhost", postgres.getPort(), settings -> settings.withAccess(access))) {
            String shown = "sslmode=require sslcert=" + certificates.file("ada.crt") + " sslkey="
                    + certificates.file("ada.key");
            assertThat(psql(between, "masked", "", shown, "SELECT session_user"))
                    .isEqualTo("clerk");
            assertThat(between.sessions().principals())
                    .extracting(Principal::user)
                    .containsExactly("masked");
            for (String[] refused : new String[][] {
                {"postgres", shown},
                {"masked", shown.replace("ada.", "two.")},
                {"masked", "sslmode=require"},
                {"masked", "sslmode=disable"}
            }) {
                assertThat(psql(between, refused[0], "", refused[1]))
                        .as(refused[1])
                        .endsWith("FATAL:  certificate authentication failed for user \"" + refused[0] + "\"");
            }
            assertThat(between.sessions().principals()).hasSize(1);
        }
    }

    /** Whom a certificate with two names is for, nobody can say, wherever the second one stands. */
    @Test
    void aCertificateIsForOneNameAlone() {
        assertThat(CertificateLogin.isFor(new X500Principal("CN=masked, O=Shop"), "masked"))
                .isTrue();
        for (String subject :
                List.of("CN=masked, CN=ada", "CN=ada+O=Shop, CN=masked", "CN=masked+CN=ada", "O=masked")) {
            assertThat(CertificateLogin.isFor(new X500Principal(subject), "masked"))
                    .as(subject)
                    .isFalse();
        }
    }

    /** Runs last or not: whatever was logged so far must not hold it. */
    @AfterAll
    static void noSecretIsLogged() {
        String logged = String.join("\n", log.texts());
        assertThat(logged)
                .contains("password authentication failed")
                .doesNotContain(PASSWORD, "Diener", "canary", "SCRAM-SHA-256$", "p=");
        users.get().values().forEach(verifier -> assertThat(logged)
                .doesNotContain(Base64.getEncoder().encodeToString(verifier.storedKey()))
                .doesNotContain(Base64.getEncoder().encodeToString(verifier.serverKey())));
    }

    private static String problem(String content) throws IOException {
        Path file = Files.writeString(directory.resolve("bad.txt"), content);
        try {
            UserFile.read(file);
            return "none";
        } catch (UnusableFileException e) {
            return e.getMessage().replace(directory + "/", "");
        }
    }

    private static String psql(ProxyUnderTest through, String user, String password, String options) throws Exception {
        return psql(through, user, password, options, "SELECT 'in'");
    }

    private static String psql(ProxyUnderTest through, String user, String password, String options, String statement)
            throws Exception {
        return Psql.run(
                "host=localhost hostaddr=127.0.0.1 dbname=postgres port="
                        + through.address().getPort() + " user='" + user + "' password='" + password + "' " + options,
                statement);
    }

    private static String verifiers() throws SQLException {
        StringBuilder lines = new StringBuilder();
        for (String user : List.of("raw", "masked", "by_trust", "by_md5", "changed")) {
            lines.append(line(user));
        }
        return lines.toString();
    }

    private static String line(String user) throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet result =
                        statement.executeQuery("SELECT rolpassword FROM pg_authid WHERE rolname = '" + user + "'")) {
            result.next();
            return "\"" + user + "\" \"" + result.getString(1) + "\"\n";
        }
    }

    private static void run(String script) throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(script);
        }
    }
}
