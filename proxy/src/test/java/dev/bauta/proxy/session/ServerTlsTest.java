package dev.bauta.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.bauta.proxy.catalog.CatalogSource;
import dev.bauta.proxy.catalog.DatabaseEngines;
import dev.bauta.proxy.postgres.Endpoint;
import dev.bauta.proxy.postgres.PostgresServers;
import dev.bauta.proxy.serving.Secret;
import dev.bauta.proxy.testing.BackendMessage;
import dev.bauta.proxy.testing.CapturedLog;
import dev.bauta.proxy.testing.Frontend;
import dev.bauta.proxy.testing.ProxyUnderTest;
import dev.bauta.proxy.testing.Psql;
import dev.bauta.proxy.testing.ScriptedServer;
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
import dev.bauta.proxy.verify.connect.Connections;
import dev.bauta.proxy.verify.connect.LocalProxy;
import dev.bauta.proxy.verify.connect.Login;
import dev.bauta.proxy.verify.connect.Target;
import dev.bauta.rulefile.RuleFile;
import dev.bauta.rulefile.RuleSet;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** TLS between the proxy and a server that takes no connection without it. */
class ServerTlsTest {
    private static final String PG_HBA =
            """
            local all all trust
            hostssl all with_password all scram-sha-256
            hostssl all with_certificate all trust clientcert=verify-ca
            hostssl all all all trust
            hostnossl all all all reject
            """;

    private static TestCertificates certificates;
    private static EmbeddedPostgres postgres;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        certificates = new TestCertificates(directory);
        certificates.issueForServer("server");
        certificates.issueForClient("proxy", "CN=bauta");
        Path hba = Files.writeString(directory.resolve("pg_hba.conf"), PG_HBA);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(hba, PosixFilePermissions.fromString("rw-r--r--"));
        postgres = EmbeddedPostgres.builder()
                .setPGStartupWait(Duration.ofMinutes(1))
                .setServerConfig("hba_file", hba.toString())
                .setServerConfig("listen_addresses", "*")
                .setServerConfig("ssl", "on")
                .setServerConfig(
                        "ssl_cert_file", directory.resolve("server.crt").toString())
                .setServerConfig("ssl_key_file", directory.resolve("server.key").toString())
                .setServerConfig("ssl_ca_file", directory.resolve("ca.crt").toString())
                .setServerConfig("password_encryption", "scram-sha-256")
                .start();
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE ROLE raw LOGIN; CREATE ROLE with_certificate LOGIN;"
                    + " CREATE ROLE with_password LOGIN PASSWORD 'geheim'");
        }
    }

    @AfterAll
    static void stop() throws IOException {
        postgres.close();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "DISABLE")
    void whatVerifiesRulesIsEncryptedToo(Mode mode) throws Exception {
        PostgresServers servers = PostgresServers.of(new Endpoint("localhost", postgres.getPort()))
                .withTls(settings(mode, certificates, null));
        Login owner = new Login("raw", new Secret(""));
        RuleSet nothing = RuleFile.load(Files.writeString(
                certificates.file("rules.yaml"),
                "version: 1\ncolumns:\n  - {match: public.people.email, mask: email}\n"));
        Connections connections = new Connections("test");
        try (LocalProxy proxy = LocalProxy.start(new Target(servers, "postgres", owner), nothing);
                Connection through = connections.open(proxy.endpoint(), "postgres", owner, Map.of());
                Connection past = connections.open(servers, "postgres", owner, Map.of())) {
            for (Connection connection : List.of(through, past)) {
                try (Statement statement = connection.createStatement();
                        ResultSet one = statement.executeQuery("SELECT 1")) {
                    assertThat(one.next()).isTrue();
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "DISABLE")
    void sessionsAreEncrypted(Mode mode) throws Exception {
        try (ProxyUnderTest proxy = proxy("localhost", settings(mode, certificates, null), false);
                TestClient client = login(proxy, "raw")) {
            assertThat(client.readUntil('Z')).last().isEqualTo(new BackendMessage('Z', "I"));
            assertThat(client.query("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")
                            .get(1)
                            .firstValue())
                    .isEqualTo("t");
        }
    }

    @Test
    void withoutTlsTheServerLetsNobodyIn() throws Exception {
        try (ProxyUnderTest proxy = proxy("localhost", ServerTlsSettings.NONE, false);
                TestClient client = login(proxy, "raw")) {
            assertThat(client.read().fields()).containsEntry('C', "28000");
        }
    }

    @Test
    void theServersCertificateIsChecked(@TempDir Path elsewhere) throws Exception {
        TestCertificates others = new TestCertificates(elsewhere);
        assertThat(isReached("localhost", settings(Mode.REQUIRE, others, null))).isTrue();
        assertThat(isReached("localhost", settings(Mode.VERIFY_CA, others, null)))
                .isFalse();
        assertThat(isReached("localhost", settings(Mode.VERIFY_FULL, others, null)))
                .isFalse();
        assertThat(isReached("127.0.0.2", settings(Mode.VERIFY_CA, certificates, null)))
                .isTrue();
        assertThat(isReached("127.0.0.2", settings(Mode.VERIFY_FULL, certificates, null)))
                .isFalse();
        assertThat(isReached("127.0.0.1", settings(Mode.VERIFY_FULL, certificates, null)))
                .isTrue();
    }

    @Test
    void theProxyShowsItsCertificate() throws Exception {
        for (String own : new String[] {"proxy", null}) {
            try (ProxyUnderTest proxy = proxy("localhost", settings(Mode.VERIFY_FULL, certificates, own), false);
                    TestClient client = login(proxy, "with_certificate")) {
                assertThat(client.readUntil(own == null ? 'E' : 'Z'))
                        .last()
                        .extracting(BackendMessage::type)
                        .isEqualTo(own == null ? 'E' : 'Z');
            }
        }
    }

    @Test
    void catalogsAreReadThroughTls(@TempDir Path elsewhere) throws Exception {
        RuleSet rules = RuleFile.load(Files.writeString(elsewhere.resolve("rules.yaml"), "version: 1\ncolumns: []\n"));
        for (Mode mode : List.of(Mode.REQUIRE, Mode.VERIFY_CA, Mode.VERIFY_FULL)) {
            ServerTlsSettings settings = settings(mode, certificates, "proxy");
            DatabaseEngines.load(source(settings), List.of("postgres"), rules).close();
        }
        ServerTlsSettings distrusting = settings(Mode.VERIFY_CA, new TestCertificates(elsewhere), null);
        assertThat(catchThrowable(() -> DatabaseEngines.load(source(distrusting), List.of("postgres"), rules)))
                .hasMessageContaining("cannot read the catalogs of database postgres");
    }

    /** The client could bind, the server could too, and neither may be told otherwise: only a client that does not ask gets in. */
    @Test
    void channelBindingIsRefusedWhereBothSidesAreEncrypted() throws Exception {
        ServerTlsSettings settings = settings(Mode.VERIFY_FULL, certificates, null);
        try (ProxyUnderTest proxy = proxy("localhost", settings, true)) {
            String libpq = "host=localhost hostaddr=127.0.0.1 dbname=postgres user=with_password password=geheim port="
                    + proxy.address().getPort() + " sslmode=";
            assertThat(Psql.run(libpq + "require", "SELECT 1"))
                    .contains("channel binding cannot be relayed between two TLS connections")
                    .contains("Set channel_binding to disable in the client");
            assertThat(Psql.run(libpq + "require channel_binding=disable", "SELECT 1"))
                    .isEqualTo("1");
            assertThat(Psql.run(libpq + "require channel_binding=require", "SELECT 1"))
                    .contains("channel binding is required, but server did not offer");
            assertThat(Psql.run(libpq + "disable", "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void anAnswerThatIsNoYesIsTheEnd() throws Exception {
        for (byte[] answer : List.of(new byte[] {'N'}, new byte[] {'S', 'x'}, Frontend.message('E', new byte[1]))) {
            try (ScriptedServer server = ScriptedServer.start(peer -> {
                        peer.readStartup();
                        peer.send(answer).readToEnd();
                    });
                    ProxyUnderTest proxy =
                            start("127.0.0.1", server.port(), settings(Mode.REQUIRE, certificates, null));
                    TestClient client = login(proxy, "raw")) {
                assertThat(client.read().fields()).containsEntry('C', "08001");
            }
        }
    }

    @Test
    void theLogQuotesNothingOfWhatTheServerSendsUnencrypted() throws Exception {
        byte[] canary = "canary-9c2e".getBytes(StandardCharsets.UTF_8);
        try (CapturedLog log = CapturedLog.open();
                ScriptedServer server = ScriptedServer.start(peer -> {
                    peer.readStartup();
                    peer.send(new byte[] {'S'});
                    // The ClientHello shows that the answer was read by itself.
                    peer.readByte();
                    peer.send(canary).readToEnd();
                });
                ProxyUnderTest proxy = start("127.0.0.1", server.port(), settings(Mode.REQUIRE, certificates, null));
                TestClient client = login(proxy, "raw")) {
            assertThat(client.read().fields()).containsEntry('C', "08001");
            assertThat(log.messages()).contains("PostgreSQL server is unreachable");
            assertThat(log.texts())
                    .anyMatch(text -> text.contains("what came is not TLS"))
                    .allSatisfy(text -> assertThat(text)
                            .doesNotContainIgnoringCase(HexFormat.of().formatHex(canary))
                            .doesNotContain("canary"));
        }
    }

    private static boolean isReached(String host, ServerTlsSettings settings) throws Exception {
        try (ProxyUnderTest proxy = proxy(host, settings, false);
                TestClient client = login(proxy, "raw")) {
            BackendMessage first = client.read();
            if (first.type() == 'E') {
                assertThat(first.fields()).containsEntry('C', "08001");
            }
            return first.type() == 'R';
        }
    }

    private static CatalogSource source(ServerTlsSettings settings) {
        return new CatalogSource(
                PostgresServers.of(new Endpoint("localhost", postgres.getPort()))
                        .withTls(settings),
                "postgres",
                "postgres");
    }

    private static ServerTlsSettings settings(Mode mode, TestCertificates trusted, @Nullable String own) {
        return new ServerTlsSettings(
                mode,
                mode == Mode.REQUIRE ? null : trusted.file("ca.crt"),
                own == null ? null : certificates.file(own + ".crt"),
                own == null ? null : certificates.file(own + ".key"));
    }

    private static TestClient login(ProxyUnderTest proxy, String user) throws IOException {
        return TestClient.connect(proxy.address()).send(Frontend.startup(user, "postgres"));
    }

    private static ProxyUnderTest proxy(String host, ServerTlsSettings settings, boolean clientTls) throws Exception {
        if (!clientTls) {
            return start(host, postgres.getPort(), settings);
        }
        ClientTls tls = ClientTls.load(new ClientTlsSettings(
                certificates.file("server.crt"),
                certificates.file("server.key"),
                null,
                ClientCertificates.NONE,
                TlsVersion.V1_2));
        ServerTls serverTls = ServerTls.load(settings);
        return ProxyUnderTest.inFrontOf(
                host, postgres.getPort(), changed -> changed.withServerEncryption(() -> serverTls)
                        .withAccess(new ClientAccess(
                                new ClientEncryption(false, () -> tls), Authentication.Relay.RELAY, List.of())));
    }

    private static ProxyUnderTest start(String host, int port, ServerTlsSettings settings) throws Exception {
        ServerTls tls = settings.mode() == Mode.DISABLE ? null : ServerTls.load(settings);
        return ProxyUnderTest.inFrontOf(
                host, port, changed -> changed.withServerEncryption(tls == null ? null : () -> tls));
    }
}
