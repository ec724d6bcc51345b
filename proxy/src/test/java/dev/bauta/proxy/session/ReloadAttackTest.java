package dev.bauta.proxy.session;

import static dev.bauta.proxy.testing.Frontend.bind;
import static dev.bauta.proxy.testing.Frontend.closePortal;
import static dev.bauta.proxy.testing.Frontend.closeStatement;
import static dev.bauta.proxy.testing.Frontend.execute;
import static dev.bauta.proxy.testing.Frontend.message;
import static dev.bauta.proxy.testing.Frontend.parse;
import static dev.bauta.proxy.testing.Frontend.query;
import static dev.bauta.proxy.testing.Frontend.sync;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bauta.proxy.testing.BackendMessage;
import dev.bauta.proxy.testing.EngineUnderTest;
import dev.bauta.proxy.testing.HeldLock;
import dev.bauta.proxy.testing.TestClient;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Ways in which a client could keep something raw at the server that the proxy has lost sight of when the rules change. */
class ReloadAttackTest {
    private static final String LAX =
            """
            version: 1
            roles: [{name: dba, users: [postgres], access: raw}]
            columns:
              - {match: public.t.none, mask: "null"}
            """;
    private static final String STRICT = LAX + "  - {match: public.t.secret, mask: {type: constant, value: masked}}\n";
    private static final String FAILING =
            LAX + "  - {match: public.t.secret, mask: {type: sql, expression: \"value::integer::text\"}}\n";
    /** The result guard does not know where it comes from. */
    private static final String SECRET = "SELECT secret || '' FROM t";

    private static EngineUnderTest proxy;
    private TestClient client;

    @BeforeAll
    static void start() throws IOException, SQLException {
        proxy = EngineUnderTest.start(
                """
                CREATE TABLE t (id int, secret text, none text);
                INSERT INTO t SELECT i, 'canary-' || i FROM generate_series(1, 9) i;
                CREATE TABLE keyed (id int PRIMARY KEY, secret text);
                INSERT INTO keyed SELECT id, secret FROM t
                """,
                LAX);
    }

    @AfterAll
    static void stop() {
        proxy.close();
    }

    @BeforeEach
    void login() throws IOException {
        proxy.replaceRules(LAX);
        client = proxy.login("analyst");
    }

    @AfterEach
    void logout() throws IOException {
        client.close();
    }

    private void assertOutdated(byte[]... messages) throws IOException {
        List<BackendMessage> answer = client.answer(messages);
        assertThat(answer).noneMatch(message -> message.body().contains("canary"));
        assertThat(answer.get(0).fields()).containsEntry('C', "0A000");
    }

    /** Of a Bind of more than a megabyte the proxy reads the names alone. */
    @Test
    void aLargePortalWhoseStatementIsClosed() throws IOException {
        client.query("BEGIN");
        client.answer(
                parse("s", "SELECT secret || '' FROM t WHERE $1 <> ''"),
                bind("p", "s", "x".repeat(1_100_000)),
                execute("p", 1));
        proxy.replaceRules(STRICT);
        client.answer(closeStatement("s"));
        assertOutdated(execute("p", 0));
    }

    @Test
    void aLargePortalWhoseStatementIsPreparedAnew() throws IOException {
        client.query("BEGIN");
        client.answer(parse("s", "SELECT secret || '' FROM t WHERE $1 <> ''"), bind("p", "s", "x".repeat(1_100_000)));
        proxy.replaceRules(STRICT);
        assertThat(client.answer(bind("q", "s", "x")).get(0).type()).isEqualTo('2');
        assertOutdated(execute("p", 0));
    }

    @Test
    void aPortalThatIsClosedAndOpenedAgainAtOnce() throws IOException {
        client.query("BEGIN");
        client.answer(parse("s", SECRET), bind("p", "s"));
        client.answer(closePortal("p"), bind("p", "s"));
        proxy.replaceRules(STRICT);
        assertOutdated(execute("p", 0));
    }

    /** The server tells names apart by 63 bytes, which here end within a character. */
    @Test
    void namesThatAreCutWithinACharacter() throws IOException {
        String one = "n".repeat(62) + "\u00e9";
        String other = "n".repeat(62) + "\u0100";
        client.answer(parse(one, SECRET));
        assertThat(client.answer(parse(other, "SELECT 'other'")).get(0).type()).isEqualTo('1');
        proxy.replaceRules(STRICT);
        assertThat(client.answer(bind("", one), execute("", 0)).get(1).firstValue())
                .isEqualTo("masked");
        assertThat(client.answer(bind("", other), execute("", 0)).get(1).firstValue())
                .isEqualTo("other");
    }

    @Test
    void aCursorThatIsDeclaredByAnEarlierTransactionsStatement() throws IOException {
        client.answer(parse("s", "DECLARE c CURSOR FOR " + SECRET));
        client.query("BEGIN");
        client.answer(bind("", "s"), execute("", 0));
        proxy.replaceRules(STRICT);
        assertOutdated(query("FETCH ALL FROM c"));
    }

    @Test
    void aStatementThatIsPreparedByAStatement() throws IOException {
        client.answer(parse("s", "PREPARE q AS " + SECRET));
        client.answer(parse("q", "SELECT 1"), closeStatement("q"));
        client.answer(bind("", "s"), execute("", 0));
        proxy.replaceRules(STRICT);
        client.send(query("EXECUTE q"));
        assertThat(client.readUntil('Z').get(0).fields()).containsEntry('C', "0A000");
    }

    /** What is closed before the statement is run cannot be what it leaves behind. */
    @Test
    void aStatementThatIsPreparedByAStatementBehindAClose() throws IOException {
        client.answer(parse("s", "PREPARE q AS " + SECRET));
        client.answer(bind("", "s"), closeStatement("q"), execute("", 0));
        proxy.replaceRules(STRICT);
        assertQueryOutdated("EXECUTE q");
    }

    @Test
    void aStatementThatIsPreparedByAStatementBehindAnother() throws IOException {
        client.answer(parse("s", "PREPARE q AS " + SECRET));
        client.answer(bind("", "s"), parse("q", "SELECT 1"), closeStatement("q"), execute("", 0));
        proxy.replaceRules(STRICT);
        assertQueryOutdated("EXECUTE q");
        assertOutdated(bind("", "q"));
    }

    /** The Close is answered when the second is there already. */
    @Test
    void aStatementThatIsPreparedAgainByAStatement() throws IOException {
        client.answer(parse("s", "PREPARE q AS " + SECRET));
        client.answer(bind("", "s"), execute("", 0), closeStatement("q"), bind("", "s"), execute("", 0));
        proxy.replaceRules(STRICT);
        assertQueryOutdated("EXECUTE q");
    }

    @Test
    void aCursorThatIsDeclaredByAStatementBehindAClose() throws IOException {
        client.query("BEGIN");
        client.answer(parse("s", "DECLARE c CURSOR FOR " + SECRET), bind("", "s"), closePortal("c"), execute("", 0));
        proxy.replaceRules(STRICT);
        assertOutdated(query("FETCH ALL FROM c"));
    }

    private void assertQueryOutdated(String text) throws IOException {
        List<BackendMessage> answer = client.query(text);
        assertThat(answer).noneMatch(message -> message.body().contains("canary"));
        assertThat(answer.get(0).fields()).containsEntry('C', "0A000");
    }

    /** A look-up that the proxy has had prepared under rules that are gone, by its name in a Bind of more than a megabyte. */
    @Test
    void aKeptLookUpByALargeBind() throws IOException {
        String text = "SELECT secret FROM keyed WHERE id = ";
        for (int i = 1; i <= 5; i++) {
            client.query(text + i);
        }
        proxy.replaceRules(STRICT.replace("public.t.secret", "public.keyed.secret"));
        List<BackendMessage> answer =
                client.answer(bind("", "bauta: kept 1", " ".repeat(1_100_000) + "7"), execute("", 0));
        assertThat(answer).noneMatch(message -> message.body().contains("canary"));
        assertThat(answer.get(0).fields()).containsEntry('C', "42501");
    }

    /** The server has run them to the end, and keeps the rows. */
    @Test
    void whatAHalfReadPortalExecutesOrFetchesIsClosed() throws IOException {
        client.query("BEGIN; PREPARE q AS " + SECRET + "; DECLARE c CURSOR FOR " + SECRET + "; SAVEPOINT x");
        client.answer(parse("e", "EXECUTE q"), bind("pe", "e"), execute("pe", 1));
        client.answer(parse("f", "FETCH ALL FROM c"), bind("pf", "f"), execute("pf", 1));
        proxy.replaceRules(STRICT);
        client.answer(closeStatement("q"), closePortal("c"));
        assertOutdated(execute("pe", 1));
        client.query("ROLLBACK TO x");
        assertOutdated(execute("pf", 1));
    }

    @Test
    void anErrorUnderRulesThatAreGone() throws IOException, SQLException {
        proxy.replaceRules(FAILING);
        try (HeldLock lock = HeldLock.in(proxy.database())) {
            client.send(query("SELECT " + HeldLock.WAIT + ", secret FROM t"));
            lock.awaitWaiting();
            proxy.replaceRules(STRICT);
        }
        assertThat(client.readUntil('Z').get(1).fields())
                .containsEntry('C', "22P02")
                .containsEntry('M', "the message is withheld, as it could show a raw value (SQLSTATE 22P02)");
    }

    @Test
    void aCommentThatProtectsIsKnownAtOnce() throws IOException, SQLException {
        try (EngineUnderTest commented = EngineUnderTest.start(
                        "CREATE TABLE c (a text); INSERT INTO c VALUES ('canary')",
                        "from-comments: true\n" + LAX.replace("public.t", "public.c"));
                TestClient masked = commented.login("analyst");
                TestClient raw = commented.login("postgres")) {
            masked.send(parse("s", "SELECT a || '' FROM c"), sync());
            masked.readUntil('Z');
            raw.query("COMMENT ON COLUMN c.a IS 'Bauta: redact'");
            masked.send(bind("", "s"), execute("", 0), sync());
            assertThat(masked.readUntil('Z').get(1).firstValue()).isEqualTo("REDACTED");
        }
    }

    /** There are more ways through them than can be gone, and one is a circle. */
    @Test
    void statementsThatTakeEachOtherUp() throws IOException {
        client.answer(parse("s0", "SELECT 1"), parse("s1", "SELECT 1"));
        for (int i = 2; i < 90; i++) {
            assertThat(client.answer(parse("s" + i, "EXECUTE s" + (i - 1) + " (s" + (i - 2) + ")"))
                            .get(0)
                            .type())
                    .isEqualTo('1');
        }
        client.answer(parse("own", "EXECUTE own"));
        proxy.replaceRules(STRICT);
        assertThat(client.answer(bind("", "s89")).get(0).type()).isEqualTo('2');
        assertThat(client.answer(bind("", "own")).get(0).type()).isEqualTo('2');
    }

    @Test
    void aStatementThatIsNestedTooDeepCountsAsChanged() throws IOException {
        client.answer(parse("s0", "SELECT 1"));
        int refused = 0;
        for (int i = 1; i < 110; i++) {
            refused +=
                    client.answer(parse("s" + i, "EXECUTE s" + (i - 1))).get(0).type() == 'E' ? 1 : 0;
        }
        assertThat(refused).isEqualTo(1);
    }

    /** An error that belongs to no message, after which the server skips what the proxy takes for prepared. */
    @Test
    void aFlushWithContentEndsTheSession() throws IOException {
        client.send(message('H', new byte[1]));
        assertEnded("invalid message format");
    }

    /** Whether the server answers it depends on the data. */
    @Test
    void anotherMessageWithinACopyEndsTheSession() throws IOException {
        client.query("CREATE TEMP TABLE copied (a int)");
        client.send(query("COPY copied FROM STDIN"));
        client.readUntil('G');
        client.send(sync(), parse("s", SECRET));
        assertEnded("unexpected message during COPY from stdin");
    }

    private void assertEnded(String reason) throws IOException {
        assertThat(client.read().fields())
                .containsEntry('S', "FATAL")
                .containsEntry('C', "08P01")
                .containsEntry('M', reason);
        assertThat(client.read()).isEqualTo(BackendMessage.END);
    }
}
