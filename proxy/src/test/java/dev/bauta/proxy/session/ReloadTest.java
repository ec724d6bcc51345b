package dev.bauta.proxy.session;

import static dev.bauta.proxy.testing.Frontend.bind;
import static dev.bauta.proxy.testing.Frontend.closeStatement;
import static dev.bauta.proxy.testing.Frontend.describePortal;
import static dev.bauta.proxy.testing.Frontend.describeStatement;
import static dev.bauta.proxy.testing.Frontend.execute;
import static dev.bauta.proxy.testing.Frontend.flush;
import static dev.bauta.proxy.testing.Frontend.parse;
import static dev.bauta.proxy.testing.Frontend.query;
import static dev.bauta.proxy.testing.Frontend.sync;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bauta.proxy.testing.BackendMessage;
import dev.bauta.proxy.testing.EngineUnderTest;
import dev.bauta.proxy.testing.Frontend;
import dev.bauta.proxy.testing.HeldLock;
import dev.bauta.proxy.testing.TestClient;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules are replaced while statements are prepared and portals and cursors are open. */
class ReloadTest {
    private static final String ROLES = "version: 1\nroles: [{name: dba, users: [postgres], access: raw}]\ncolumns:\n";
    private static final String LAX = ROLES + "  - {match: public.other.secret, mask: \"null\"}\n"
            + "  - {match: public.*.late, mask: \"null\"}\n";
    private static final String STRICT = LAX + "  - {match: public.t.secret, mask: {type: constant, value: masked}}\n";
    private static final String CANARY = "canary";

    private static EngineUnderTest proxy;
    private TestClient client;

    @BeforeAll
    static void start() throws Exception {
        proxy = EngineUnderTest.start(
                """
                CREATE TABLE t (id int, secret text);
                INSERT INTO t SELECT i, 'canary-' || i FROM generate_series(1, 9) i;
                CREATE TABLE other (id int, secret text);
                CREATE TABLE grown (id int);
                INSERT INTO grown VALUES (1);
                CREATE TABLE grown_twice (id int);
                INSERT INTO grown_twice VALUES (1);
                CREATE TABLE clear (id int);
                INSERT INTO clear SELECT generate_series(1, 9)
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

    // ---- prepared statements

    @Test
    void aPreparedStatementIsPreparedAnewAndTheClientSeesNothingOfIt() throws IOException {
        client.send(parse("s", "SELECT secret FROM t WHERE id = $1"), sync());
        client.readUntil('Z');
        client.send(bind("", "s", "1"), execute("", 0), sync());
        assertThat(client.readUntil('Z').get(1).firstValue()).isEqualTo("canary-1");
        proxy.replaceRules(STRICT);
        client.send(bind("", "s", "1"), describePortal(""), execute("", 0), sync());
        List<BackendMessage> answer = client.readUntil('Z');
        assertThat(types(answer)).isEqualTo("2TDCZ");
        assertThat(answer.get(2).firstValue()).isEqualTo("masked");
        client.send(describeStatement("s"), bind("", "s", "2"), execute("", 0), bind("", "s", "3"), execute("", 0));
        client.send(sync());
        answer = client.readUntil('Z');
        assertThat(types(answer)).isEqualTo("tT2DC2DCZ");
        assertThat(answer.get(3).firstValue()).isEqualTo("masked");
        assertThat(answer.get(6).firstValue()).isEqualTo("masked");
    }

    @Test
    void everyUseInOnePipelineIsPreparedAnew() throws IOException {
        client.send(parse("s", "SELECT secret FROM t WHERE id = $1"), parse("", "SELECT secret FROM t"), sync());
        client.readUntil('Z');
        proxy.replaceRules(STRICT);
        client.send(bind("", "s", "1"), execute("", 0), bind("p", "s", "2"), execute("p", 0), describeStatement("s"));
        client.send(bind("", ""), execute("", 0), sync());
        List<BackendMessage> answer = client.readUntil('Z');
        assertThat(types(answer)).isEqualTo("2DC2DCtT2DDDDDDDDDCZ");
        assertNoCanary(answer);
    }

    @Test
    void rulesThatChangeBetweenParseAndItsAnswer() throws IOException, SQLException {
        try (HeldLock lock = HeldLock.in(proxy.database())) {
            replaceRulesWithin(lock, STRICT, parse("s", "SELECT secret FROM t WHERE id = 1"), flush());
            client.send(bind("", "s"), execute("", 0), sync());
        }
        client.readUntil('Z');
        List<BackendMessage> answer = client.readUntil('Z');
        assertThat(types(answer)).isEqualTo("12DCZ");
        assertThat(answer.get(2).firstValue()).isEqualTo("masked");
    }

    @Test
    void rulesThatChangeBeforeAStatementThatIsTakenUpIsAnswered() throws IOException, SQLException {
        try (HeldLock lock = HeldLock.in(proxy.database())) {
            replaceRulesWithin(lock, STRICT, parse("s", "SELECT secret FROM t"), bind("", "s"), execute("", 0), sync());
        }
        client.readUntil('Z');
        List<BackendMessage> answer = List.of(client.read(), client.read(), client.read());
        assertThat(types(answer.subList(0, 2))).isEqualTo("1E");
        assertThat(answer.get(1).fields()).containsEntry('C', "XX000");
        assertThat(answer.get(2)).isEqualTo(BackendMessage.END);
        assertNoCanary(answer);
    }

    /** A column that the catalog snapshot does not know is seen in the RowDescription alone. */
    @Test
    void rulesThatChangeBeforeAnEarlierStatementOfTheSameNameIsAnswered() throws Exception {
        grow("grown");
        try (HeldLock lock = HeldLock.in(proxy.database())) {
            replaceRulesWithin(lock, STRICT, parse("", "SELECT secret FROM t"), parse("", "TABLE grown"), sync());
        }
        client.readUntil('Z');
        assertIsStopped();
    }

    @Test
    void rulesThatChangeBackBeforeAStatementIsTakenUp() throws Exception {
        grow("grown_twice");
        try (HeldLock lock = HeldLock.in(proxy.database())) {
            replaceRulesWithin(
                    lock,
                    STRICT + "  - {match: public.grown_twice.id, mask: redact}\n",
                    parse("s", "TABLE grown_twice"),
                    sync());
        }
        client.readUntil('Z');
        client.readUntil('Z');
        proxy.replaceRules(LAX);
        client.send(bind("", "s"), execute("", 0), sync());
        assertIsStopped();
    }

    private static void grow(String table) throws SQLException {
        try (Connection connection = proxy.database().connect();
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER TABLE " + table + " ADD COLUMN late text DEFAULT 'canary'");
        }
    }

    private void assertIsStopped() throws IOException {
        List<BackendMessage> answer = client.readUntil('E');
        assertNoCanary(answer);
        assertThat(answer.get(answer.size() - 1).fields()).containsEntry('C', "XX000");
    }

    /** The server waits with the first message of several, which the proxy has all read, when the rules change. */
    private void replaceRulesWithin(HeldLock lock, String rules, byte[]... messages) throws IOException {
        client.send(query("SELECT " + HeldLock.WAIT), Frontend.all(messages));
        lock.awaitWaiting();
        proxy.replaceRules(rules);
    }

    @Test
    void aFailedTransactionDoesNotLoseThePreparedStatement() throws IOException {
        client.send(parse("s", "SELECT secret FROM t WHERE id = 1"), sync());
        client.readUntil('Z');
        client.query("BEGIN");
        client.query("SELECT 1/0");
        proxy.replaceRules(STRICT);
        client.send(bind("", "s"), execute("", 0), sync());
        assertThat(error(client.readUntil('Z'))).containsEntry('C', "25P02");
        client.query("ROLLBACK");
        client.send(bind("", "s"), execute("", 0), sync());
        List<BackendMessage> answer = client.readUntil('Z');
        assertThat(types(answer)).isEqualTo("2DCZ");
        assertThat(answer.get(1).firstValue()).isEqualTo("masked");
    }

    @Test
    void aStatementThatWouldBeRefusedByNowIsRefused() throws IOException {
        client.send(parse("s", "INSERT INTO t VALUES (1, 'x') RETURNING secret"), sync());
        client.readUntil('Z');
        proxy.replaceRules(STRICT);
        client.send(bind("", "s"), execute("", 0), sync());
        assertThat(error(client.readUntil('Z'))).containsEntry('C', "42501");
        proxy.replaceRules(LAX);
        client.query("BEGIN");
        client.send(bind("", "s"), execute("", 0), sync());
        assertThat(types(client.readUntil('Z'))).isEqualTo("2DCZ");
        client.query("ROLLBACK");
    }

    @Test
    void aNameThatIsUsedAgainStandsForTheNewStatement() throws IOException {
        client.send(parse("s", "SELECT secret FROM t"), sync(), closeStatement("s"), parse("s", "SELECT id FROM t"));
        client.send(sync());
        client.readUntil('Z');
        client.readUntil('Z');
        proxy.replaceRules(STRICT);
        client.send(bind("", "s"), execute("", 1), sync());
        assertThat(types(client.readUntil('Z'))).isEqualTo("2DsZ");
    }

    @Test
    void whatIsDecidedTheSameIsNotTouched() throws IOException {
        client.query("PREPARE q AS SELECT id FROM t; DECLARE h CURSOR WITH HOLD FOR SELECT id FROM clear");
        client.query("BEGIN; DECLARE c CURSOR FOR SELECT id FROM t");
        client.send(parse("", "SELECT id FROM clear"), bind("p", ""), execute("p", 2), sync());
        client.readUntil('Z');
        proxy.replaceRules(LAX + "  - {match: public.clear.nothing, mask: \"null\"}\n");
        client.send(execute("p", 0), sync());
        assertThat(types(client.readUntil('Z'))).isEqualTo("DDDDDDDCZ");
        assertThat(types(client.query("FETCH 2 FROM c"))).isEqualTo("TDDCZ");
        assertThat(types(client.query("EXECUTE q"))).isEqualTo("TDDDDDDDDDCZ");
        assertThat(types(client.query("FETCH ALL FROM h"))).isEqualTo("TDDDDDDDDDCZ");
    }

    @Test
    void otherStatementsOfTheSessionGoOn() throws IOException {
        client.query("BEGIN");
        client.send(parse("s", "SELECT secret FROM t"), parse("c", "SELECT id FROM clear"), bind("ps", "s"));
        client.send(bind("pc", "c"), execute("ps", 1), execute("pc", 1), sync());
        client.readUntil('Z');
        proxy.replaceRules(STRICT);
        client.send(execute("pc", 1), sync());
        assertThat(types(client.readUntil('Z'))).isEqualTo("DsZ");
        client.send(execute("ps", 1), sync());
        assertOutdated(client.readUntil('Z'));
    }

    // ---- portals and cursors

    @Test
    void aSuspendedPortalIsRefused() throws IOException {
        client.query("BEGIN");
        client.send(parse("", "SELECT secret FROM t"), bind("p", ""), execute("p", 1), sync());
        assertThat(types(client.readUntil('Z'))).isEqualTo("12DsZ");
        proxy.replaceRules(STRICT);
        client.send(execute("p", 1), sync());
        assertOutdated(client.readUntil('Z'));
        client.query("ROLLBACK");
        client.send(describePortal("p"), sync());
        assertThat(error(client.readUntil('Z'))).containsEntry('C', "34000");
    }

    @Test
    void rulesThatChangeBetweenBindAndExecute() throws IOException {
        client.send(parse("", "SELECT secret FROM t"), bind("", ""), flush());
        client.readUntil('2');
        proxy.replaceRules(STRICT);
        client.send(execute("", 0), sync());
        assertOutdated(client.readUntil('Z'));
        assertThat(types(client.query("SELECT secret FROM t LIMIT 1"))).isEqualTo("TDCZ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "FETCH 1 FROM c",
                "FETCH c",
                "MOVE 1 c; FETCH NEXT IN \"c\"",
                "FETCH BACKWARD ALL FROM U&\"\\0063\"",
            })
    void aCursorIsRefused(String fetch) throws IOException {
        client.query("BEGIN; DECLARE c SCROLL CURSOR FOR SELECT secret FROM t");
        client.query("FETCH 2 FROM c");
        proxy.replaceRules(STRICT);
        assertThat(error(client.query(fetch))).containsEntry('C', "0A000");
    }

    @Test
    void namesAreSharedBySqlAndProtocol() throws IOException {
        client.query("DECLARE h CURSOR WITH HOLD FOR SELECT secret FROM t; PREPARE q AS SELECT secret FROM t");
        client.query("BEGIN");
        client.send(parse("s", "SELECT secret FROM t"), bind("p", "s"), execute("p", 1));
        client.send(parse("f", "FETCH 1 FROM h"), parse("e", "EXECUTE q"), sync());
        client.readUntil('Z');
        client.query("SAVEPOINT x");
        proxy.replaceRules(STRICT);
        for (String text : List.of(
                "FETCH ALL FROM p",
                "FETCH ALL FROM h",
                "EXECUTE s",
                "EXECUTE q",
                "EXPLAIN (ANALYZE) EXECUTE q",
                "CREATE TEMP TABLE copied AS EXECUTE q")) {
            assertThat(error(client.query(text))).as(text).containsEntry('C', "0A000");
            client.query("ROLLBACK TO x");
        }
        for (byte[] message : List.of(execute("h", 1), bind("", "q"), describePortal("h"), describeStatement("q"))) {
            client.send(message, sync());
            assertOutdated(client.readUntil('Z'));
            client.query("ROLLBACK TO x");
        }
        for (String name : List.of("f", "e")) {
            client.send(bind("", name), execute("", 0), sync());
            assertThat(error(client.readUntil('Z'))).as(name).containsEntry('C', "0A000");
            client.query("ROLLBACK TO x");
        }
    }

    // ---- drivers

    @Test
    void thePostgresqlDriverGoesOn() throws SQLException {
        try (Connection connection = proxy.connect("analyst", "?prepareThreshold=2");
                PreparedStatement statement = connection.prepareStatement("SELECT secret FROM t WHERE id = ?")) {
            for (int i = 0; i < 12; i++) {
                if (i == 6) {
                    proxy.replaceRules(STRICT);
                }
                statement.setInt(1, 1);
                try (ResultSet result = statement.executeQuery()) {
                    result.next();
                    assertThat(result.getString(1)).isEqualTo(i < 6 ? "canary-1" : "masked");
                }
            }
        }
    }

    @Test
    void aResultThatIsFetchedInPortionsEnds() throws SQLException {
        try (Connection connection = proxy.connect("analyst", "");
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.setFetchSize(2);
            ResultSet result = statement.executeQuery("SELECT secret FROM t");
            assertThat(result.next()).isTrue();
            proxy.replaceRules(STRICT);
            assertThat(result.next()).isTrue();
            assertThatThrownBy(result::next).isInstanceOfSatisfying(SQLException.class, e -> assertThat(e.getSQLState())
                    .isEqualTo("0A000"));
        }
    }

    // ---- roles

    @Test
    void aRawSessionEndsWhenItsRoleIsGone() throws IOException {
        try (TestClient raw = proxy.login("postgres");
                TestClient quiet = proxy.login("postgres")) {
            assertThat(raw.query("SELECT secret FROM t").get(1).firstValue()).isEqualTo("canary-1");
            proxy.replaceRulesQuietly(STRICT.replace("users: [postgres]", "users: [somebody]"));
            raw.send(query("SELECT secret FROM t"));
            List<BackendMessage> answer = raw.readUntil('\0');
            assertThat(types(answer)).isEqualTo("E\0");
            assertThat(error(answer)).containsEntry('S', "FATAL").containsEntry('C', "57P01");
            proxy.replaceRules(STRICT.replace("users: [postgres]", "users: [nobody]"));
            assertThat(error(quiet.readUntil('\0'))).containsEntry('S', "FATAL").containsEntry('C', "57P01");
        }
    }

    @Test
    void aMaskedSessionStaysMaskedAndEndsWhenItsRoleIsRefused() throws IOException {
        proxy.replaceRules(STRICT.replace("[postgres]", "[postgres, analyst]"));
        assertThat(client.query("SELECT secret FROM t").get(1).firstValue()).isEqualTo("masked");
        proxy.replaceRules(STRICT.replace("users: [postgres], access: raw", "users: [analyst], access: refused"));
        assertThat(error(client.readUntil('\0'))).containsEntry('C', "57P01");
    }

    // ---- load

    @Test
    void twoHundredReloadsUnderLoad() throws Exception {
        List<String> rules = List.of(STRICT, STRICT.replace("masked}", "hidden}"));
        proxy.replaceRules(STRICT);
        AtomicBoolean done = new AtomicBoolean();
        CountDownLatch begun = new CountDownLatch(3);
        ExecutorService threads = Executors.newFixedThreadPool(3);
        List<Future<Integer>> loads = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            loads.add(threads.submit(() -> load(begun, done)));
        }
        assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
        for (int i = 0; i < 200; i++) {
            proxy.replaceRules(rules.get(i % 2));
            client.query("SELECT secret FROM t");
        }
        done.set(true);
        for (Future<Integer> load : loads) {
            assertThat(load.get()).isPositive();
        }
        threads.shutdown();
    }

    private static int load(CountDownLatch begun, AtomicBoolean done) throws IOException {
        int answers = 0;
        try (TestClient session = proxy.login("analyst")) {
            session.send(parse("s", "SELECT secret FROM t WHERE id < $1"), sync());
            session.readUntil('Z');
            while (!done.get()) {
                session.send(bind("", "s", "5"), execute("", 0), bind("p", "s", "6"), execute("p", 2), sync());
                List<BackendMessage> prepared = session.readUntil('Z');
                assertNoCanary(prepared);
                assertThat(types(prepared)).matches("2D{4}C2DDsZ|(2D{4}C)?2?EZ");
                session.query("BEGIN; DECLARE c CURSOR FOR SELECT secret FROM t");
                List<BackendMessage> fetched = session.query("FETCH 3 FROM c");
                assertNoCanary(fetched);
                assertThat(types(fetched)).matches("TDDDCZ|EZ");
                session.query("ROLLBACK");
                answers++;
                begun.countDown();
            }
        }
        return answers;
    }

    private static void assertOutdated(List<BackendMessage> answer) {
        assertNoCanary(answer);
        assertThat(error(answer))
                .containsEntry('C', "0A000")
                .containsEntry('M', "cached plan must not change result type")
                .containsEntry('R', "RevalidateCachedQuery");
    }

    private static void assertNoCanary(List<BackendMessage> answer) {
        assertThat(answer).noneMatch(message -> message.body().contains(CANARY));
    }

    private static Map<Character, String> error(List<BackendMessage> answer) {
        assertNoCanary(answer);
        return answer.stream()
                .filter(message -> message.type() == 'E')
                .findFirst()
                .map(BackendMessage::fields)
                .orElse(Map.of());
    }

    private static String types(List<BackendMessage> messages) {
        StringBuilder types = new StringBuilder();
        messages.forEach(message -> types.append(message.type()));
        return types.toString();
    }
}
