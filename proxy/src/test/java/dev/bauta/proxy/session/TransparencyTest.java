package dev.bauta.proxy.session;

import static dev.bauta.proxy.testing.Frontend.all;
import static dev.bauta.proxy.testing.Frontend.bind;
import static dev.bauta.proxy.testing.Frontend.closeStatement;
import static dev.bauta.proxy.testing.Frontend.copyData;
import static dev.bauta.proxy.testing.Frontend.copyDone;
import static dev.bauta.proxy.testing.Frontend.copyFail;
import static dev.bauta.proxy.testing.Frontend.describePortal;
import static dev.bauta.proxy.testing.Frontend.describeStatement;
import static dev.bauta.proxy.testing.Frontend.execute;
import static dev.bauta.proxy.testing.Frontend.flush;
import static dev.bauta.proxy.testing.Frontend.parse;
import static dev.bauta.proxy.testing.Frontend.query;
import static dev.bauta.proxy.testing.Frontend.sync;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bauta.proxy.testing.BackendMessage;
import dev.bauta.proxy.testing.ProxyUnderTest;
import dev.bauta.proxy.testing.TestClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What passes is answered message for message as by the server itself, to raw and masked sessions alike. */
class TransparencyTest {
    private static ProxyUnderTest proxy;

    /**
     * A conversation.
     *
     * @param name what it is about
     * @param steps each sent at once
     * @param untils for each step the types of the messages to wait for, one after the other
     */
    private record Script(String name, List<byte[]> steps, List<String> untils) {
        static Script of(String name) {
            return new Script(name, new ArrayList<>(), new ArrayList<>());
        }

        Script step(String until, byte[]... messages) {
            steps.add(all(messages));
            untils.add(until);
            return this;
        }

        Script simple(String... texts) {
            for (String text : texts) {
                step("Z", query(text));
            }
            return this;
        }

        @Override
        public String toString() {
            return name;
        }
    }

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
                Script.of("big values").simple("SELECT repeat('x', 3000000)", "SELECT generate_series(1, 20000)"));
    }

    @BeforeAll
    static void start() throws IOException {
        proxy = ProxyUnderTest.start(
                """
                CREATE TABLE t (a int PRIMARY KEY, b text);
                INSERT INTO t VALUES (1, 'one'), (2, 'zwei'), (3, NULL);
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
            direct = run(script, client);
        }
        try (TestClient client = proxy.login("masked")) {
            assertThat(run(script, client)).isEqualTo(direct);
        }
        try (TestClient client = proxy.login("raw")) {
            assertThat(run(script, client)).isEqualTo(direct);
        }
    }

    private static List<BackendMessage> run(Script script, TestClient client) throws IOException {
        List<BackendMessage> messages = new ArrayList<>();
        for (int i = 0; i < script.steps().size(); i++) {
            client.send(script.steps().get(i));
            for (char until : script.untils().get(i).toCharArray()) {
                messages.addAll(client.readUntil(until));
            }
        }
        return messages.stream().map(BackendMessage::comparable).toList();
    }
}
