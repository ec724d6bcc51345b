package dev.bauta.proxy.session;

import static dev.bauta.proxy.testing.Frontend.bind;
import static dev.bauta.proxy.testing.Frontend.closeStatement;
import static dev.bauta.proxy.testing.Frontend.copyData;
import static dev.bauta.proxy.testing.Frontend.copyDone;
import static dev.bauta.proxy.testing.Frontend.copyFail;
import static dev.bauta.proxy.testing.Frontend.describePortal;
import static dev.bauta.proxy.testing.Frontend.describeStatement;
import static dev.bauta.proxy.testing.Frontend.execute;
import static dev.bauta.proxy.testing.Frontend.flush;
import static dev.bauta.proxy.testing.Frontend.message;
import static dev.bauta.proxy.testing.Frontend.parse;
import static dev.bauta.proxy.testing.Frontend.query;
import static dev.bauta.proxy.testing.Frontend.sync;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bauta.proxy.testing.BackendMessage;
import dev.bauta.proxy.testing.Frontend;
import dev.bauta.proxy.testing.ProxyUnderTest;
import dev.bauta.proxy.testing.Script;
import dev.bauta.proxy.testing.TestClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What passes is answered message for message as by the server itself: to raw sessions byte for byte, to masked ones without the
 * details of errors.
 */
class TransparencyTest {
    /** Statement b with 7::int8 and a byte string, both binary, and binary results. */
    private static final byte[] BINARY_BIND = message('B', new byte[] {
        0, 'b', 0, 0, 1, 0, 1, 0, 2, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 7, 0, 0, 0, 2, 0, -1, 0, 1, 0, 1
    });

    private static ProxyUnderTest proxy;

    static Stream<Script> scripts() {
        return Stream.of(
                Script.of("simple").simple("SELECT 1", "SELECT * FROM t ORDER BY a", "", ";", "SELECT 1; SELECT 2"),
                Script.of("errors").simple("SELECT nothing", "SELECT 1/0", "SELEC", "SELECT 'ä', nothing FROM t"),
                Script.of("error in a multi-statement text").simple("SELECT 1; SELECT nothing; SELECT 2"),
                Script.of("error in a transaction")
                        .simple("BEGIN", "SELECT nothing", "SELECT 1", "ROLLBACK", "SELECT 1"),
                Script.of("savepoints")
                        .simple("BEGIN", "SAVEPOINT s", "SELECT nothing", "ROLLBACK TO s", "SELECT 1", "COMMIT"),
                Script.of("notices").simple("DROP TABLE IF EXISTS not_there", "COMMIT", "ROLLBACK"),
                Script.of("deferred constraint fails at commit")
                        .simple("BEGIN", "INSERT INTO deferred VALUES (1), (1)", "COMMIT", "SELECT 1"),
                Script.of("deferred constraint fails at Sync")
                        .step(
                                "Z",
                                parse("", "INSERT INTO deferred VALUES (1), (1)"),
                                bind("", ""),
                                execute("", 0),
                                sync())
                        .simple("SELECT 1"),
                Script.of("settings").simple("SET application_name = 'x'", "SET client_encoding = 'UTF8'", "RESET ALL"),
                Script.of("extended")
                        .step(
                                "Z",
                                parse("s", "SELECT a, b FROM t WHERE a = $1"),
                                describeStatement("s"),
                                bind("", "s", "1"),
                                describePortal(""),
                                execute("", 0),
                                sync())
                        .step("Z", bind("", "s", "2"), execute("", 0), sync())
                        .step("Z", closeStatement("s"), closeStatement("s"), sync())
                        .step("Z", bind("", "s", "2"), execute("", 0), sync()),
                Script.of("portals")
                        .step("Z", query("BEGIN"))
                        .step("s", parse("", "SELECT a FROM t ORDER BY a"), bind("p", ""), execute("p", 1), flush())
                        .step("s", execute("p", 1), flush())
                        .step("C", execute("p", 0), flush())
                        .step("Z", sync())
                        .simple("COMMIT"),
                Script.of("flush after each message")
                        .step("1", parse("", "SELECT 1"), flush())
                        .step("T", describeStatement(""), flush())
                        .step("2", bind("", ""), flush())
                        .step("C", execute("", 0), flush())
                        .step("Z", sync()),
                Script.of("no data and empty query")
                        .step("Z", parse("", ""), bind("", ""), describePortal(""), execute("", 0), sync())
                        .step("Z", parse("", "SET work_mem = '1MB'"), describeStatement(""), bind("", ""), sync()),
                Script.of("pipeline with an error in the middle")
                        .step(
                                "ZZZ",
                                parse("", "SELECT 1"),
                                bind("", ""),
                                execute("", 0),
                                sync(),
                                parse("", "SELECT nothing"),
                                bind("", ""),
                                execute("", 0),
                                parse("", "SELECT other"),
                                query("SELECT 'skipped'"),
                                sync(),
                                parse("", "SELECT 3"),
                                bind("", ""),
                                execute("", 0),
                                sync())
                        .simple("SELECT nothing"),
                Script.of("simple queries pipelined")
                        .step("ZZZ", query("SELECT 1"), query("SELECT nothing"), query("SELECT 3")),
                Script.of("errors at Bind and Execute")
                        .step("Z", parse("", "SELECT $1::int"), bind("", "", "x"), execute("", 0), sync())
                        .step("Z", parse("", "SELECT 1/$1::int"), bind("", "", "0"), execute("", 0), sync())
                        .step("Z", bind("", "unknown"), execute("", 0), sync()),
                Script.of("copy out")
                        .simple("COPY t TO STDOUT", "COPY (SELECT 1/a FROM (VALUES (1), (0)) v(a)) TO STDOUT")
                        .step("Z", parse("", "COPY t TO STDOUT"), bind("", ""), execute("", 0), sync()),
                Script.of("copy in")
                        .simple("BEGIN")
                        .step("G", query("COPY t FROM STDIN"))
                        .step("Z", copyData("7\tx\n8\ty\n"), copyDone())
                        .simple("SELECT * FROM t ORDER BY a", "ROLLBACK"),
                Script.of("copy in, pipelined, extended, with a Sync that COPY ignores")
                        .simple("BEGIN")
                        .step(
                                "ZZ",
                                parse("", "COPY t FROM STDIN"),
                                bind("", ""),
                                execute("", 0),
                                sync(),
                                copyData("7\tx\n"),
                                copyDone(),
                                sync(),
                                query("SELECT nothing"))
                        .simple("ROLLBACK"),
                Script.of("copy in that fails")
                        .step("G", query("COPY t FROM STDIN"))
                        .step("Z", copyData("x\ty\n"), copyData("1\ty\n"), copyDone())
                        .simple("SELECT nothing")
                        .step("G", query("COPY t FROM STDIN"))
                        .step("Z", copyData("7\tx\n"), copyFail("no more"))
                        .simple("SELECT nothing"),
                Script.of("copy in that fails in the extended protocol")
                        .step("G", parse("", "COPY t FROM STDIN"), bind("", ""), execute("", 0), sync())
                        .step("Z", copyData("x\ty\n"), copyDone(), sync())
                        .simple("SELECT nothing"),
                Script.of("copy data where there is no copy")
                        .step("Z", copyData("x"), copyDone(), copyFail("y"), query("SELECT nothing")),
                Script.of("notifications").simple("LISTEN c", "NOTIFY c, 'payload'", "UNLISTEN *"),
                Script.of("binary parameters and results")
                        .step(
                                "Z",
                                parse(
                                        "b",
                                        "SELECT $1::int8, $2::bytea, '{1,NULL,3}'::int[], 1.5, now() > '2000-01-01'"),
                                describeStatement("b"),
                                BINARY_BIND,
                                describePortal(""),
                                execute("", 0),
                                sync()),
                Script.of("names that are not there, and names that are there already")
                        .step("Z", describeStatement("none"), sync())
                        .step("Z", describePortal("none"), sync())
                        .step("Z", execute("none", 0), sync())
                        .step("Z", parse("s", "SELECT 1"), parse("s", "SELECT 2"), sync())
                        .step("Z", bind("p", "s"), bind("p", "s"), sync())
                        .step("Z", bind("", "s", "one too many"), sync())
                        .step("Z", parse("", "SELECT 1; SELECT 2"), sync())
                        .step("Z", bind("", ""), sync()),
                Script.of("portals and their transaction")
                        .step("Z", parse("s", "SELECT a FROM t"), bind("p", "s"), execute("p", 1), sync())
                        .step("Z", execute("p", 1), sync())
                        .step("Z", query("BEGIN"), bind("p", "s"), execute("p", 9), execute("p", 9), sync())
                        .step("Z", sync())
                        .simple("FETCH 1 FROM p", "MOVE BACKWARD ALL FROM p", "CLOSE p", "COMMIT", "COMMIT"),
                Script.of("cursors")
                        .simple("DECLARE c CURSOR FOR SELECT 1", "BEGIN", "DECLARE c SCROLL CURSOR FOR SELECT * FROM t")
                        .step("Z", describePortal("c"), execute("c", 2), execute("c", 2), sync())
                        .simple("FETCH -1 FROM c", "DECLARE h CURSOR WITH HOLD FOR VALUES (1)", "COMMIT", "FETCH h"),
                Script.of("prepared in SQL, executed by messages")
                        .simple("PREPARE s (int) AS SELECT $1 + 1", "EXECUTE s (1)", "EXECUTE s", "EXECUTE other")
                        .step("Z", describeStatement("s"), bind("", "s", "41"), execute("", 0), sync())
                        .simple("DEALLOCATE s")
                        .step("Z", bind("", "s", "41"), sync()),
                Script.of("transactions within a text")
                        .simple(
                                "BEGIN; SELECT 1; COMMIT; SELECT 2",
                                "SELECT 1; COMMIT; SELECT 1/0; SELECT 2",
                                "BEGIN; SELECT 1/0; ROLLBACK",
                                "ROLLBACK",
                                "SELECT 1; SELEC 2",
                                "VACUUM; SELECT 1"),
                Script.of("messages that are malformed")
                        .step("Z", message('B', new byte[] {0}), sync())
                        .step("Z", message('E', new byte[] {0, 0, 0}), sync())
                        .step("Z", message('D', new byte[] {'?', 0}), sync())
                        .step("Z", message('C', new byte[] {'?', 0}), sync())
                        .step("Z", message('B', new byte[] {0, 0, 0, 1, 0, 7, 0, 0, 0, 0}), sync())
                        .simple("SELECT 1"),
                Script.of("transaction modes reported and refused")
                        .simple(
                                "SET default_transaction_read_only = on",
                                "CREATE TEMP TABLE x ()",
                                "CREATE TABLE x ()",
                                "BEGIN READ WRITE",
                                "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE",
                                "SELECT 1",
                                "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE",
                                "PREPARE TRANSACTION 'x'",
                                "ROLLBACK",
                                "ROLLBACK PREPARED 'x'"),
                Script.of("commits within procedures")
                        .simple("CALL commits()", "DO 'BEGIN COMMIT; END'", "BEGIN", "DO 'BEGIN END'", "ROLLBACK")
                        .step("C", parse("", "CALL commits()"), bind("", ""), execute("", 0), flush())
                        .step("C", parse("", "DO 'BEGIN COMMIT; END'"), bind("", ""), execute("", 0), flush())
                        .step("Z", sync())
                        .step("s", parse("", "SELECT a FROM t"), bind("p", ""), execute("p", 1), flush())
                        .step("C", parse("", "CALL commits()"), bind("", ""), execute("", 0), flush())
                        .step("E", execute("p", 1), flush())
                        .step("Z", sync()),
                Script.of("transactions in two phases")
                        .simple("BEGIN", "INSERT INTO t VALUES (9)")
                        .step("C", parse("", "PREPARE TRANSACTION 'y'"), bind("", ""), execute("", 0), flush())
                        .step("Z", parse("", "SELECT a FROM t ORDER BY a"), bind("", ""), execute("", 0), sync())
                        .step("C", parse("", "ROLLBACK PREPARED 'y'"), bind("", ""), execute("", 0), flush())
                        .step("E", parse("", "COMMIT PREPARED 'y'"), bind("", ""), execute("", 0), flush())
                        .step("Z", sync())
                        .simple("BEGIN", "PREPARE TRANSACTION 'y'", "COMMIT PREPARED 'y'", "COMMIT PREPARED 'y'")
                        .simple("BEGIN", "SELECT 1/0", "PREPARE TRANSACTION 'y'", "COMMIT PREPARED 'y'"),
                Script.of("big values").simple("SELECT repeat('x', 3000000)", "SELECT generate_series(1, 20000)"));
    }

    @BeforeAll
    static void start() throws IOException {
        proxy = ProxyUnderTest.start(
                """
                CREATE TABLE t (a int PRIMARY KEY, b text);
                INSERT INTO t VALUES (1, 'one'), (2, 'zwei'), (3, NULL);
                CREATE PROCEDURE commits() LANGUAGE plpgsql AS 'BEGIN PERFORM 1; COMMIT; PERFORM 2; ROLLBACK; PERFORM 3; END';
                CREATE TABLE deferred (a int UNIQUE DEFERRABLE INITIALLY DEFERRED);
                """);
    }

    @AfterAll
    static void stop() {
        proxy.close();
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void isAnsweredAsByTheServerItself(Script script) throws IOException {
        List<BackendMessage> direct;
        try (TestClient client = proxy.loginDirectly("masked")) {
            direct = script.hold(client);
        }
        try (TestClient client = proxy.login("masked")) {
            assertThat(withoutDetails(script.hold(client))).isEqualTo(withoutDetails(direct));
        }
        try (TestClient client = proxy.login("raw")) {
            assertThat(withoutSenders(script.hold(client))).isEqualTo(withoutSenders(direct));
        }
    }

    private static List<BackendMessage> withoutDetails(List<BackendMessage> messages) {
        return messages.stream().map(BackendMessage::comparable).toList();
    }

    /** All to the byte, but for the number of the process that notifies. */
    private static List<BackendMessage> withoutSenders(List<BackendMessage> messages) {
        return messages.stream()
                .map(message -> message.type() == 'A' ? message.comparable() : message)
                .toList();
    }

    @Test
    void aNotificationComesByItself() throws IOException {
        try (TestClient direct = proxy.loginDirectly("masked");
                TestClient masked = proxy.login("masked");
                TestClient raw = proxy.login("raw")) {
            for (TestClient client : List.of(masked, raw)) {
                client.query("LISTEN news");
            }
            direct.query("NOTIFY news, 'one'");
            direct.query("NOTIFY news, 'two'");
            for (TestClient client : List.of(masked, raw)) {
                for (String payload : List.of("one", "two")) {
                    BackendMessage message = client.read();
                    assertThat(message.type()).isEqualTo('A');
                    assertThat(message.body()).endsWith("news\0" + payload + "\0");
                }
            }
        }
    }

    @Test
    void aCanceledStatementIsAnsweredAsByTheServerItself() throws IOException, SQLException {
        List<BackendMessage> direct = canceled(proxy.directAddress(), "masked");
        assertThat(canceled(proxy.address(), "masked")).isEqualTo(direct);
        assertThat(canceled(proxy.address(), "raw")).isEqualTo(direct);
    }

    private static List<BackendMessage> canceled(InetSocketAddress address, String user)
            throws IOException, SQLException {
        String sleep = "SELECT pg_sleep(60)";
        try (TestClient client = TestClient.connect(address)) {
            client.send(Frontend.startup(user, proxy.database().name()));
            List<BackendMessage> login = client.readUntil('K');
            byte[] key = login.get(login.size() - 1).bytes();
            client.readUntil('Z');
            client.send(query("BEGIN"), parse("", sleep), bind("", ""), execute("", 0), parse("", "SELECT 1"), sync());
            proxy.awaitRunning(sleep);
            try (TestClient canceler = TestClient.connect(address)) {
                canceler.send(Frontend.cancelRequest(key)).readByte();
            }
            List<BackendMessage> answer = new ArrayList<>(client.readUntil('Z'));
            answer.addAll(client.readUntil('Z'));
            answer.addAll(client.query("ROLLBACK"));
            return withoutDetails(answer);
        }
    }
}
