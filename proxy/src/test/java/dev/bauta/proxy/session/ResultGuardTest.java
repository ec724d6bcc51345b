package dev.bauta.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bauta.engine.Verdict;
import dev.bauta.proxy.testing.BackendMessage;
import dev.bauta.proxy.testing.Frontend;
import dev.bauta.proxy.testing.ProxyUnderTest;
import dev.bauta.proxy.testing.TestClient;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ResultGuardTest {
    private static ProxyUnderTest proxy;

    @BeforeAll
    static void start() throws Exception {
        proxy = ProxyUnderTest.start(
                """
                CREATE TABLE guarded (clear int, canary text);
                INSERT INTO guarded VALUES (1, 'canary-4711');
                CREATE TABLE unknown (a int);
                INSERT INTO unknown VALUES (7);
                """);
        proxy.sessions().setVerdict(oid("guarded"), 2, Verdict.PROTECTED);
    }

    @AfterAll
    static void stop() {
        proxy.close();
    }

    @Test
    void nothingOfAProtectedResultReachesTheClient() throws IOException {
        for (byte[] request : List.of(
                Frontend.query("SELECT 'before'; SELECT clear, canary FROM guarded"),
                Frontend.all(
                        Frontend.parse("", "SELECT canary FROM guarded"),
                        Frontend.bind("", ""),
                        Frontend.describePortal(""),
                        Frontend.execute("", 0),
                        Frontend.sync()),
                // Without asking for the RowDescription.
                Frontend.all(
                        Frontend.parse("", "SELECT canary FROM guarded"),
                        Frontend.bind("", ""),
                        Frontend.execute("", 0),
                        Frontend.sync()))) {
            try (TestClient client = proxy.login("masked")) {
                List<BackendMessage> answer = client.send(request).readUntil('E');
                assertThat(answer).noneMatch(message -> message.body().contains("canary"));
                assertThat(answer.get(answer.size() - 1).fields())
                        .containsEntry('C', "XX000")
                        .containsEntry('S', "FATAL");
                assertThat(client.read()).isEqualTo(BackendMessage.END);
            }
        }
    }

    @Test
    void clearAndComputedColumnsPass() throws IOException {
        try (TestClient client = proxy.login("masked")) {
            List<BackendMessage> answer = client.query("SELECT clear, 'x' || clear FROM guarded");
            assertThat(answer).extracting(BackendMessage::type).containsExactly('T', 'D', 'C', 'Z');
        }
    }

    @Test
    void rawSessionsAreNotGuarded() throws IOException {
        try (TestClient client = proxy.login("raw")) {
            assertThat(client.query("SELECT canary FROM guarded").get(1).firstValue())
                    .isEqualTo("canary-4711");
        }
    }

    @Test
    void anUnknownRelationIsLookedUpBeforeItsRowsGoOn() throws Exception {
        proxy.sessions().setVerdict(oid("unknown"), 1, Verdict.UNKNOWN);
        int before = proxy.sessions().refreshes();
        try (TestClient client = proxy.login("masked")) {
            client.send(Frontend.query("SELECT a FROM unknown"), Frontend.query("SELECT 2"));
            assertThat(client.readUntil('Z').get(1).firstValue()).isEqualTo("7");
            assertThat(client.readUntil('Z').get(1).firstValue()).isEqualTo("2");
        }
        assertThat(proxy.sessions().refreshes()).isEqualTo(before + 1);
    }

    private static int oid(String relation) throws SQLException {
        try (Connection connection = proxy.database().connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT '" + relation + "'::regclass::oid::int")) {
            result.next();
            return result.getInt(1);
        }
    }
}
