package dev.bauta.proxy.session;

import static dev.bauta.proxy.testing.Frontend.bind;
import static dev.bauta.proxy.testing.Frontend.closeStatement;
import static dev.bauta.proxy.testing.Frontend.copyData;
import static dev.bauta.proxy.testing.Frontend.copyDone;
import static dev.bauta.proxy.testing.Frontend.describePortal;
import static dev.bauta.proxy.testing.Frontend.describeStatement;
import static dev.bauta.proxy.testing.Frontend.execute;
import static dev.bauta.proxy.testing.Frontend.flush;
import static dev.bauta.proxy.testing.Frontend.functionCall;
import static dev.bauta.proxy.testing.Frontend.parse;
import static dev.bauta.proxy.testing.Frontend.query;
import static dev.bauta.proxy.testing.Frontend.sync;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bauta.proxy.testing.BackendMessage;
import dev.bauta.proxy.testing.ProxyUnderTest;
import dev.bauta.proxy.testing.Script;
import dev.bauta.proxy.testing.TestClient;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A refusal changes a conversation as an error of PostgreSQL does, message for message. The server itself does not know the name
 * FORBIDDEN, so that what the proxy refuses is an error of the server's analysis in a direct session. Texts of several statements, and statements that the server does not analyse before it
 * executes them, are refused as a whole at once: as what is no SQL.
 */
class RefusalStreamTest {
    private static final int NO_FUNCTION = 0;

    private static ProxyUnderTest proxy;

    static Stream<Script> scripts() {
        return Stream.of(
                Script.of("alone").simple("SELECT FORBIDDEN", "SELECT 1"),
                Script.of("in a transaction")
                        .simple("BEGIN", "INSERT INTO t VALUES (2)", "SELECT FORBIDDEN", "SELECT 1", "SELECT FORBIDDEN")
                        .simple("SAVEPOINT s", "COMMIT", "SELECT count(*) FROM t"),
                Script.of("after a savepoint")
                        .simple(
                                "BEGIN",
                                "SAVEPOINT s",
                                "SELECT FORBIDDEN",
                                "ROLLBACK TO s",
                                "SELECT 1",
                                "RELEASE s",
                                "COMMIT"),
                Script.of("in a text of several statements")
                        .simple(
                                "SELECT 1; SELECT FORBIDDEN (",
                                "INSERT INTO t VALUES (3); SELECT FORBIDDEN (",
                                "SELECT * FROM t"),
                Script.of("at Parse, and all is skipped to Sync")
                        .step(
                                "ZZZ",
                                parse("s", "SELECT FORBIDDEN"),
                                describeStatement("s"),
                                bind("p", "s"),
                                describePortal("p"),
                                execute("p", 0),
                                closeStatement("s"),
                                query("SELECT 'skipped'"),
                                functionCall(NO_FUNCTION, "skipped"),
                                sync(),
                                bind("", "s"),
                                sync(),
                                describeStatement("s"),
                                sync()),
                Script.of("of a name that is taken")
                        .step("Z", parse("s", "SELECT 1"), sync())
                        .step("Z", parse("s", "SELECT FORBIDDEN"), sync())
                        .step("Z", bind("", "s"), execute("", 0), sync()),
                Script.of("of the unnamed statement, which is gone then")
                        .step("Z", parse("", "SELECT 1"), sync())
                        .step("Z", parse("", "SELECT FORBIDDEN"), sync())
                        .step("Z", bind("", ""), execute("", 0), sync()),
                Script.of("with Flush")
                        .step("1", parse("", "SELECT 1"), flush())
                        .step("2", bind("", ""), flush())
                        .step("E", parse("bad", "SELECT FORBIDDEN"), flush())
                        .step("Z", execute("", 0), flush(), sync()),
                Script.of("in the middle of a pipeline")
                        .step(
                                "ZZZ",
                                parse("", "INSERT INTO t VALUES (4)"),
                                bind("", ""),
                                execute("", 0),
                                parse("", "SELECT FORBIDDEN"),
                                bind("", ""),
                                execute("", 0),
                                parse("", "INSERT INTO t VALUES (5)"),
                                bind("", ""),
                                execute("", 0),
                                sync(),
                                parse("", "SELECT FORBIDDEN"),
                                sync(),
                                parse("", "SELECT * FROM t"),
                                bind("", ""),
                                execute("", 0),
                                sync()),
                Script.of("in a pipeline that begins a transaction")
                        .step(
                                "ZZ",
                                parse("", "BEGIN"),
                                bind("", ""),
                                execute("", 0),
                                parse("", "SELECT FORBIDDEN"),
                                sync(),
                                parse("", "SELECT 1"),
                                bind("", ""),
                                sync())
                        .simple("ROLLBACK"),
                Script.of("between simple queries in a pipeline")
                        .step(
                                "ZZZZ",
                                query("SELECT 1"),
                                query("SELECT FORBIDDEN"),
                                query("BEGIN"),
                                query("SELECT FORBIDDEN"))
                        .step("ZZ", query("SELECT 2"), query("ROLLBACK")),
                Script.of("between executions of a portal")
                        .simple("BEGIN")
                        .step("s", parse("s", "SELECT generate_series(1, 9)"), bind("p", "s"), execute("p", 2), flush())
                        .step("Z", parse("", "SELECT FORBIDDEN"), execute("p", 2), sync())
                        .step("Z", execute("p", 2), sync())
                        .simple("ROLLBACK")
                        .step("Z", execute("p", 2), sync())
                        .step("Z", bind("", "s"), execute("", 1), sync()),
                Script.of("of COPY, whose data is ignored")
                        .step("ZZ", query("COPY FORBIDDEN FROM STDIN"), copyData("1\n"), copyDone(), query("SELECT 1"))
                        .simple("COPY (SELECT FORBIDDEN) TO STDOUT")
                        .step(
                                "Z",
                                parse("", "COPY (SELECT FORBIDDEN ( TO STDOUT"),
                                bind("", ""),
                                execute("", 0),
                                copyData("1\n"),
                                copyDone(),
                                sync()),
                Script.of("of PREPARE and DECLARE")
                        .simple(
                                "PREPARE p AS SELECT FORBIDDEN",
                                "EXECUTE p",
                                "BEGIN",
                                "DECLARE c CURSOR FOR SELECT FORBIDDEN")
                        .simple("FETCH c", "ROLLBACK", "EXPLAIN SELECT FORBIDDEN"),
                Script.of("of a function call")
                        .step("ZZ", functionCall(NO_FUNCTION, "x"), query("SELECT 1"))
                        .simple("BEGIN")
                        .step("Z", functionCall(NO_FUNCTION, "x"))
                        .step("Z", functionCall(NO_FUNCTION, "x"))
                        .simple("ROLLBACK"),
                Script.of("after a notice")
                        .simple("DROP TABLE IF EXISTS u; SELECT FORBIDDEN (", "DROP TABLE IF EXISTS u"));
    }

    @BeforeAll
    static void start() throws IOException {
        proxy = ProxyUnderTest.start("CREATE TABLE t (a int); INSERT INTO t VALUES (1);");
    }

    @AfterAll
    static void stop() {
        proxy.close();
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void isAnsweredAsAnErrorOfTheServer(Script script) throws IOException {
        try (TestClient direct = proxy.loginDirectly("masked");
                TestClient client = proxy.login("masked")) {
            assertThat(comparable(script.hold(client))).isEqualTo(comparable(script.hold(direct)));
        }
    }

    /** Of errors the severity alone, which is ERROR for all. */
    private static List<BackendMessage> comparable(List<BackendMessage> messages) {
        return messages.stream()
                .map(message -> message.type() == 'E' ? severity(message) : message.comparable())
                .toList();
    }

    private static BackendMessage severity(BackendMessage error) {
        Map<Character, String> fields = error.fields();
        return new BackendMessage('E', fields.get('S') + " " + fields.get('V'));
    }
}
