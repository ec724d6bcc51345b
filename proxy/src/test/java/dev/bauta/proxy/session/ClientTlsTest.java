package dev.bauta.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bauta.policy.ClientOrigin;
import dev.bauta.policy.Principal;
import dev.bauta.proxy.files.Reloaded;
import dev.bauta.proxy.files.UnusableFileException;
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
import dev.bauta.proxy.tls.TlsVersion;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS between clients and the proxy, with libpq, PostgreSQL JDBC, and clients that do wrong. */
class ClientTlsTest {
    private static Path directory;
    private static TestCertificates certificates;
    private static SSLContext trusting;
    private static ProxyUnderTest allowing;
    private static ProxyUnderTest requiring;

    @BeforeAll
    static void start(@TempDir Path temporary) throws Exception {
        directory = temporary;
        certificates = new TestCertificates(directory);
        certificates.issueForServer("server");
        trusting = certificates.clientContext(null);
        allowing = proxy(false, settings(ClientCertificates.OPTIONAL, TlsVersion.V1_2));
        requiring = proxy(true, settings(ClientCertificates.REQUIRED, TlsVersion.V1_3));
    }

    private static ClientTlsSettings settings(ClientCertificates shown, TlsVersion minimum) {
        return new ClientTlsSettings(
                certificates.file("server.crt"),
                certificates.file("server.key"),
                certificates.file("ca.crt"),
                shown,
                minimum);
    }

    private static ProxyUnderTest proxy(boolean required, ClientTlsSettings files) throws Exception {
        ClientTls tls = ClientTls.load(files);
        ClientAccess access =
                new ClientAccess(new ClientEncryption(required, () -> tls), Authentication.Relay.RELAY, List.of());
        return ProxyUnderTest.start("", settings -> settings.withAccess(access));
    }

    @AfterAll
    static void stop() {
        allowing.close();
        requiring.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void libpqChecksTheCertificateAndTalksThroughTls(String version) throws Exception {
        String verified = " sslmode=verify-full sslrootcert=" + certificates.file("ca.crt")
                + " ssl_min_protocol_version=" + version + " ssl_max_protocol_version=" + version;
        assertThat(Psql.run(libpq(allowing) + verified, "SELECT 'through TLS'")).isEqualTo("through TLS");
        assertThat(origin(allowing)).isEqualTo(new ClientOrigin(InetAddress.getLoopbackAddress(), true, null));
    }

    @Test
    void jdbcChecksTheCertificateAndTalksThroughTls() throws SQLException {
        String url = allowing.jdbcUrl() + "?sslmode=verify-full&sslrootcert=" + certificates.file("ca.crt");
        try (Connection connection = DriverManager.getConnection(url, "masked", "");
                Statement statement = connection.createStatement();
                ResultSet result =
                        statement.executeQuery("SELECT n, repeat('x', 100) FROM generate_series(1, 50000) n")) {
            int rows = 0;
            while (result.next()) {
                rows++;
            }
            assertThat(rows).isEqualTo(50_000);
        }
    }

    @Test
    void aClientMayGoWithoutWhereItIsAllowed() throws Exception {
        assertThat(Psql.run(libpq(allowing) + " sslmode=disable", "SELECT 'plain'"))
                .isEqualTo("plain");
        assertThat(origin(allowing)).isEqualTo(new ClientOrigin(InetAddress.getLoopbackAddress(), false, null));
    }

    @Test
    void aClientWithoutIsRefusedWhereItIsRequired() throws Exception {
        assertThat(Psql.run(libpq(requiring) + " sslmode=disable", "SELECT 1"))
                .endsWith(
                        "FATAL:  Bauta takes connections with TLS only; set sslmode to require, or better to verify-full");
        try (TestClient client = TestClient.connect(requiring.address())) {
            client.send(Frontend.startup("masked", "x"));
            assertThat(client.read().fields()).containsEntry('C', "28000");
            assertThat(client.read()).isEqualTo(BackendMessage.END);
        }
    }

    @Test
    void theSubjectOfAClientsCertificateIsWhereTheSessionComesFrom() throws Exception {
        X509Bundle ada = certificates.issueForClient("ada", "CN=Ada Lovelace,O=Analytical Engines");
        assertThat(Psql.run(
                        libpq(requiring) + " sslmode=require sslcert=" + certificates.file("ada.crt") + " sslkey="
                                + certificates.file("ada.key"),
                        "SELECT 'shown'"))
                .isEqualTo("shown");
        String subject = "CN=Ada Lovelace,O=Analytical Engines";
        assertThat(origin(requiring)).isEqualTo(new ClientOrigin(InetAddress.getLoopbackAddress(), true, subject));
        try (TestClient client = encrypted(allowing, certificates.clientContext(ada))) {
            client.send(Frontend.startup("raw", allowing.database().name())).readUntil('Z');
        }
        assertThat(origin(allowing).certificate()).isEqualTo(subject);
    }

    @Test
    void aCertificateOfAnotherAuthorityIsRefused(@TempDir Path elsewhere) throws Exception {
        TestCertificates others = new TestCertificates(elsewhere);
        others.issueForClient("eve", "CN=Eve");
        for (ProxyUnderTest proxy : List.of(allowing, requiring)) {
            assertThat(Psql.run(
                            libpq(proxy) + " sslmode=require sslcert=" + others.file("eve.crt") + " sslkey="
                                    + others.file("eve.key"),
                            "SELECT 1"))
                    .contains("SSL error", "unknown");
        }
    }

    @Test
    void noCertificateIsRefusedWhereOneIsRequired() throws Exception {
        assertThat(Psql.run(libpq(requiring) + " sslmode=require", "SELECT 1")).contains("SSL error");
    }

    @Test
    void anOlderVersionIsRefused() throws Exception {
        assertThat(Psql.run(libpq(requiring) + " sslmode=require ssl_max_protocol_version=TLSv1.2", "SELECT 1"))
                .contains("SSL error: tlsv1 alert protocol version");
    }

    /** What anybody on the network can put behind the request must not count as said inside TLS. */
    @Test
    void whatComesUnencryptedBehindTheRequestEndsTheConnection() throws IOException {
        try (TestClient client = TestClient.connect(allowing.address())) {
            client.send(Frontend.sslRequest(), Frontend.startup("raw", "x"));
            assertThat(client.read().fields())
                    .containsEntry('C', "08P01")
                    .containsEntry('M', "received unencrypted data after SSL request");
            assertThat(client.read()).isEqualTo(BackendMessage.END);
        }
        try (TestClient client = TestClient.connect(allowing.address())) {
            assertThat(client.send(Frontend.sslRequest()).readByte()).isEqualTo('S');
            client.trySend(Frontend.startup("raw", "x"));
            int answer = client.readByte();
            assertThat(answer).as("an alert, or nothing").isIn(0x15, -1);
        }
    }

    @Test
    void theLogQuotesNothingOfWhatComesUnencrypted() throws IOException {
        String canary = "canary-6f1d";
        try (CapturedLog log = CapturedLog.open();
                TestClient client = TestClient.connect(allowing.address())) {
            assertThat(client.send(Frontend.sslRequest()).readByte()).isEqualTo('S');
            client.trySend(Frontend.query("SELECT '" + canary + "'"));
            Awaitility.await().until(() -> log.messages().contains("TLS handshake with the client failed"));
            String hex = HexFormat.of().formatHex(canary.getBytes(StandardCharsets.UTF_8));
            assertThat(log.texts())
                    .allSatisfy(text ->
                            assertThat(text).doesNotContainIgnoringCase(hex).doesNotContain(canary));
        }
    }

    @Test
    void insideTlsNoEncryptionIsToBeHad() throws IOException {
        for (byte[] request : List.of(Frontend.sslRequest(), Frontend.gssEncRequest())) {
            try (TestClient client = encrypted(allowing, trusting)) {
                assertThat(client.send(request).read().fields()).containsEntry('C', "08P01");
                assertThat(client.read()).isEqualTo(BackendMessage.END);
            }
        }
    }

    @Test
    void gssEncryptionIsDeclinedAndTlsStillToBeHad() throws IOException {
        try (TestClient client = TestClient.connect(allowing.address())) {
            assertThat(client.send(Frontend.gssEncRequest()).readByte()).isEqualTo('N');
            assertThat(client.send(Frontend.sslRequest()).readByte()).isEqualTo('S');
            client.startTls(trusting);
            client.send(Frontend.startup("raw", allowing.database().name()));
            assertThat(client.readUntil('Z')).last().isEqualTo(new BackendMessage('Z', "I"));
        }
    }

    /** PostgreSQL 17 and newer clients with {@code sslnegotiation=direct}. */
    @Test
    void tlsMayBeginAtOnceIfItSaysThatItIsForPostgresql() throws IOException {
        try (TestClient client = TestClient.connect(allowing.address()).startTls(trusting, "postgresql")) {
            client.send(Frontend.startup("masked", allowing.database().name()));
            assertThat(client.readUntil('Z')).last().isEqualTo(new BackendMessage('Z', "I"));
        }
        try (TestClient client = TestClient.connect(allowing.address()).startTls(trusting)) {
            assertThat(client.read().fields())
                    .containsEntry('C', "08P01")
                    .containsEntry('M', "direct TLS connection without the ALPN protocol postgresql");
            assertThat(client.read()).isEqualTo(BackendMessage.END);
        }
        assertThatThrownBy(() -> TestClient.connect(allowing.address()).startTls(trusting, "http/1.1"))
                .isInstanceOf(SSLException.class);
    }

    @Test
    void aCancelRequestMayComeWithTlsAndWithout() throws Exception {
        for (boolean encrypted : List.of(true, false)) {
            try (TestClient sleeper = encrypted(allowing, trusting);
                    TestClient canceller =
                            encrypted ? encrypted(allowing, trusting) : TestClient.connect(allowing.address())) {
                sleeper.send(Frontend.startup("masked", allowing.database().name()));
                byte[] key = sleeper.readUntil('Z').stream()
                        .filter(message -> message.type() == 'K')
                        .findFirst()
                        .orElseThrow()
                        .bytes();
                sleeper.send(Frontend.query("SELECT pg_sleep(60)"));
                allowing.awaitRunning("SELECT pg_sleep(60)");
                assertThat(canceller.send(Frontend.cancelRequest(key)).readByte())
                        .isEqualTo(-1);
                assertThat(sleeper.readUntil('E')).last().satisfies(error -> assertThat(error.fields())
                        .containsEntry('C', "57014"));
            }
        }
    }

    @Test
    void newFilesAreForNewConnectionsAndBadOnesAreNotUsed(@TempDir Path changing) throws Exception {
        TestCertificates first = new TestCertificates(changing);
        first.issueForServer("server");
        ClientTlsSettings files = new ClientTlsSettings(
                first.file("server.crt"), first.file("server.key"), null, ClientCertificates.NONE, TlsVersion.V1_2);
        Reloaded<ClientTls> tls = Reloaded.load("certificate", files.files(), () -> ClientTls.load(files));
        ClientAccess access = new ClientAccess(new ClientEncryption(true, tls), Authentication.Relay.RELAY, List.of());
        try (ProxyUnderTest proxy = ProxyUnderTest.start("", settings -> settings.withAccess(access));
                TestClient before = encrypted(proxy, first.clientContext(null))) {
            before.send(Frontend.startup("masked", proxy.database().name())).readUntil('Z');
            Files.writeString(first.file("server.key"), "no key");
            tls.look();
            encrypted(proxy, first.clientContext(null)).close();
            Path other = Files.createDirectory(changing.resolve("other"));
            TestCertificates second = new TestCertificates(other);
            second.issueForServer("server");
            Files.copy(second.file("server.crt"), first.file("server.crt"), StandardCopyOption.REPLACE_EXISTING);
            tls.look();
            encrypted(proxy, first.clientContext(null)).close();
            Files.copy(second.file("server.key"), first.file("server.key"), StandardCopyOption.REPLACE_EXISTING);
            tls.look();
            encrypted(proxy, second.clientContext(null)).close();
            assertThat(before.query("SELECT 'still here'").get(1).firstValue()).isEqualTo("still here");
        }
    }

    @Test
    void filesThatCannotBeUsedAreNamedWithWhatToDo() throws Exception {
        certificates.issueForServer("other");
        assertThat(problem("missing.crt", "server.key")).isEqualTo("missing.crt: cannot be read");
        assertThat(problem("server.key", "server.key"))
                .isEqualTo("server.key: holds no certificate; it must be in PEM: -----BEGIN CERTIFICATE-----");
        assertThat(problem("server.crt", "ca.crt"))
                .isEqualTo("ca.crt: holds no private key; it must be in PEM: -----BEGIN PRIVATE KEY-----");
        assertThat(problem("server.crt", "other.key"))
                .isEqualTo("other.key: is not the private key of the certificate in server.crt");
        Files.writeString(certificates.file("pkcs1.key"), "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n");
        assertThat(problem("server.crt", "pkcs1.key"))
                .isEqualTo("pkcs1.key: holds a private key in another form than unencrypted PKCS #8; "
                        + "convert it by openssl pkcs8 -topk8 -nocrypt");
    }

    private static String problem(String certificate, String key) {
        ClientTlsSettings files = new ClientTlsSettings(
                certificates.file(certificate), certificates.file(key), null, ClientCertificates.NONE, TlsVersion.V1_2);
        try {
            ClientTls.load(files);
            return "none";
        } catch (UnusableFileException e) {
            return e.getMessage().replace(directory + "/", "");
        }
    }

    private static TestClient encrypted(ProxyUnderTest proxy, SSLContext context) throws IOException {
        TestClient client = TestClient.connect(proxy.address());
        assertThat(client.send(Frontend.sslRequest()).readByte()).isEqualTo('S');
        return client.startTls(context);
    }

    private static String libpq(ProxyUnderTest proxy) {
        return "host=localhost hostaddr=127.0.0.1 port=" + proxy.address().getPort() + " user=masked dbname="
                + proxy.database().name();
    }

    /** Of the latest session. */
    private static ClientOrigin origin(ProxyUnderTest proxy) {
        List<Principal> principals = proxy.sessions().principals();
        return principals.get(principals.size() - 1).origin();
    }
}
