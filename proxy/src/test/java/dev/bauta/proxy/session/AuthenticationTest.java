package dev.bauta.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bauta.proxy.testing.BackendMessage;
import dev.bauta.proxy.testing.Frontend;
import dev.bauta.proxy.testing.ProxyUnderTest;
import dev.bauta.proxy.testing.ScriptedServer;
import dev.bauta.proxy.testing.TestClient;
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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The server authenticates clients through the proxy, by each method that can be relayed. */
class AuthenticationTest {
    private static final String PG_HBA =
            """
            local all all trust
            host all postgres all trust
            host all by_trust all trust
            host all by_scram all scram-sha-256
            host all by_md5 all md5
            host all by_password all password
            host all by_reject all reject
            """;

    private static EmbeddedPostgres postgres;
    private static ProxyUnderTest proxy;
    private static ScriptedServer scripted;
    private static ProxyUnderTest proxyOfScripted;
    private static volatile byte[] firstMessage = {};

    @BeforeAll
    static void start() throws Exception {
        Path hba = Files.createTempFile("pg_hba", ".conf");
        Files.writeString(hba, PG_HBA);
        Files.setPosixFilePermissions(hba, PosixFilePermissions.fromString("rw-r--r--"));
        postgres = EmbeddedPostgres.builder()
                .setPGStartupWait(Duration.ofMinutes(1))
                .setServerConfig("hba_file", hba.toString())
                .start();
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SET password_encryption = 'scram-sha-256'");
            statement.execute("CREATE ROLE by_trust LOGIN; CREATE ROLE by_reject LOGIN;"
                    + "CREATE ROLE by_scram LOGIN PASSWORD 'right'; CREATE ROLE by_password LOGIN PASSWORD 'right'");
            statement.execute("SET password_encryption = 'md5'");
            statement.execute("CREATE ROLE by_md5 LOGIN PASSWORD 'right'");
        }
        proxy = ProxyUnderTest.inFrontOf("localhost", postgres.getPort());
        scripted = ScriptedServer.start(peer -> {
            peer.readStartup();
            peer.send(firstMessage).readToEnd();
        });
        proxyOfScripted = ProxyUnderTest.inFrontOf("127.0.0.1", scripted.port());
    }

    @AfterAll
    static void stop() throws IOException {
        proxy.close();
        proxyOfScripted.close();
        scripted.close();
        postgres.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"by_trust", "by_scram", "by_md5", "by_password"})
    void logsInWithTheRightPassword(String user) throws SQLException {
        try (Connection connection = connect(user, "right");
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT session_user")) {
            assertThat(result.next()).isTrue();
            assertThat(result.getString(1)).isEqualTo(user);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"by_scram", "by_md5", "by_password"})
    void isToldByTheServerThatThePasswordIsWrong(String user) {
        assertThatThrownBy(() -> connect(user, "wrong"))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28P01"));
    }

    @Test
    void isToldByTheServerThatItIsRejected() {
        assertThatThrownBy(() -> connect("by_reject", "right"))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28000"));
    }

    @Test
    void onlyAPasswordAnswersARequestForOne() throws IOException {
        for (int type = 0; type < 256; type++) {
            if (type == 'p' || type == 'X') {
                continue;
            }
            try (TestClient client = askedForPassword()) {
                client.send(Frontend.message(type, new byte[0]));
                BackendMessage error = client.read();
                assertThat(error.fields())
                        .containsEntry('C', "08P01")
                        .containsEntry('M', "expected password response, got message type " + type);
                assertThat(client.read()).isEqualTo(BackendMessage.END);
            }
        }
    }

    @Test
    void aTooLongPasswordEndsTheSession() throws IOException {
        try (TestClient client = askedForPassword()) {
            client.send(new byte[] {'p', 0, 1, 0, 0});
            assertThat(client.read().fields()).containsEntry('C', "08P01");
        }
    }

    @Test
    void nothingIsSentToTheServerThatItHasNotAskedFor() throws IOException {
        try (TestClient client = askedForPassword()) {
            client.send(
                    Frontend.message('p', "right\0".getBytes(StandardCharsets.UTF_8)),
                    Frontend.query("SELECT 'early'"));
            client.readUntil('Z');
            assertThat(client.readUntil('Z').get(1).firstValue()).isEqualTo("early");
        }
    }

    @Test
    void channelBindingIsTakenOffTheList() throws IOException {
        byte[] both = sasl("SCRAM-SHA-256-PLUS\0SCRAM-SHA-256\0\0");
        assertThat(answerTo(both)).isEqualTo(message(sasl("SCRAM-SHA-256\0\0")));
        assertThat(answerTo(sasl("SCRAM-SHA-256-PLUS\0\0")).fields()).containsEntry('C', "0A000");
    }

    @Test
    void methodsThatCannotBeRelayedAreRefused() throws IOException {
        for (int method : new int[] {1, 2, 4, 6, 7, 8, 9, 13, 255}) {
            byte[] request = Frontend.message('R', new byte[] {0, 0, 0, (byte) method});
            assertThat(answerTo(request).fields())
                    .containsEntry('C', "0A000")
                    .containsEntry('M', "the server asks for an authentication method that Bauta cannot relay");
        }
    }

    @Test
    void everyMessageOfTheServerBeforeAuthenticationIsKnownOrTheEnd() throws IOException {
        for (int type = 0; type < 256; type++) {
            BackendMessage answer = answerTo(Frontend.message(type, new byte[type == 'v' ? 8 : 0]));
            if (type == 'E' || type == 'N' || type == 'v') {
                assertThat(answer.type()).isEqualTo((char) type);
            } else {
                assertThat(answer.fields()).as("type %d", type).containsEntry('C', "08P01");
            }
        }
    }

    /** What the client gets when this is the server's first message. */
    private static BackendMessage answerTo(byte[] first) throws IOException {
        firstMessage = first;
        try (TestClient client = TestClient.connect(proxyOfScripted.address())) {
            client.send(Frontend.startup("masked", "d"));
            return client.read();
        }
    }

    private static byte[] sasl(String mechanisms) {
        return Frontend.message('R', ("\0\0\0\n" + mechanisms).getBytes(StandardCharsets.US_ASCII));
    }

    private static BackendMessage message(byte[] bytes) {
        return new BackendMessage((char) bytes[0], new String(bytes, 5, bytes.length - 5, StandardCharsets.ISO_8859_1));
    }

    private static TestClient askedForPassword() throws IOException {
        TestClient client = TestClient.connect(proxy.address());
        client.send(Frontend.startup("by_password", "postgres"));
        assertThat(client.read()).isEqualTo(new BackendMessage('R', "\0\0\0\3"));
        return client;
    }

    private static Connection connect(String user, String password) throws SQLException {
        String url = "jdbc:postgresql://127.0.0.1:" + proxy.address().getPort() + "/postgres";
        return DriverManager.getConnection(url, user, password);
    }
}
