package dev.bauta.proxy.session;

import static dev.bauta.proxy.testing.Frontend.bind;
import static dev.bauta.proxy.testing.Frontend.closePortal;
import static dev.bauta.proxy.testing.Frontend.closeStatement;
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
import dev.bauta.proxy.testing.EngineUnderTest;
import dev.bauta.proxy.testing.Frontend;
import dev.bauta.proxy.testing.TestClient;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random conversations give the same messages, whether look-ups by key are kept or not. {@code -Dbauta.test.seed} says with which one to begin,
 * {@code -Dbauta.test.conversations} how many there are.
 */
class KeptConversationsTest {
    private static final int STEPS = 120;

    private static final String BASE =
            """
            version: 1
            roles: [{name: dba, users: [postgres], access: raw}]
            columns:
              - {match: public.people.name, mask: {type: partial, first: 1}}
            """;
    private static final String EMAIL = "  - {match: public.people.email, mask: {type: constant, value: masked}}\n";

    /** What can be in force. */
    private static final List<String> RULES = List.of(
            BASE + EMAIL,
            BASE,
            BASE + EMAIL + "  - {match: public.clear.note, mask: {type: constant, value: hidden}}\n",
            BASE + "  - {match: public.people.email, mask: refused}\n",
            BASE + EMAIL + "  - {match: public.clear.id, mask: {type: constant, value: 7}}\n");

    /** What the tables can become. */
    private static final List<String> CHANGES = List.of(
            "ALTER TABLE clear ALTER broken TYPE bigint",
            "ALTER TABLE clear ALTER broken TYPE int",
            "ALTER TABLE people ALTER email TYPE varchar(60)",
            "ALTER TABLE people ALTER email TYPE text",
            "CREATE TABLE IF NOT EXISTS other.clear AS TABLE public.clear;"
                    + " GRANT SELECT ON other.clear TO analyst; ALTER TABLE other.clear ADD PRIMARY KEY (id)",
            "DROP TABLE IF EXISTS other.clear",
            "ALTER TABLE people ADD extra int",
            "ALTER TABLE people DROP IF EXISTS extra",
            "ALTER TABLE clear DROP CONSTRAINT clear_pkey",
            "ALTER TABLE clear ADD PRIMARY KEY (id)");

    private static EngineUnderTest proxy;
    /** The same, but that nothing is kept. */
    private static EngineUnderTest plain;

    @BeforeAll
    static void start() throws IOException, SQLException {
        proxy = EngineUnderTest.start(
                """
                CREATE FUNCTION allows(id int) RETURNS bool LANGUAGE plpgsql STABLE AS $$
                BEGIN IF id = 3 THEN RAISE feature_not_supported; END IF; RETURN true; END $$;
                CREATE SCHEMA other;
                GRANT USAGE ON SCHEMA other TO analyst
                """,
                BASE);
        plain = proxy.another(RULES.get(0), Limits.DEFAULT.withKeptStatements(0));
    }

    @AfterAll
    static void stop() {
        plain.close();
        proxy.close();
    }

    @BeforeEach
    void begin() {
        proxy.database()
                .run(
                        """
                        DROP TABLE IF EXISTS people, clear, guarded, other.clear;
                        CREATE TABLE people (id int PRIMARY KEY, name varchar(20), email text);
                        INSERT INTO people SELECT i, 'canary-' || i, 'canary-' || i || '@example.org' FROM generate_series(1, 9) i;
                        CREATE TABLE clear (id bigint PRIMARY KEY, note text, broken int);
                        INSERT INTO clear SELECT i, 'note ' || i, i - 3 FROM generate_series(1, 9) i;
                        CREATE TABLE guarded (id int PRIMARY KEY, note text);
                        INSERT INTO guarded SELECT i, 'note ' || i FROM generate_series(1, 5) i;
                        ALTER TABLE guarded ENABLE ROW LEVEL SECURITY;
                        CREATE POLICY allowed ON guarded USING (allows(id));
                        GRANT SELECT ON people, clear, guarded TO analyst
                        """);
        refresh();
        putInForce(RULES.get(0));
    }

    private static void refresh() {
        proxy.refreshCatalog();
        plain.refreshCatalog();
    }

    static LongStream seeds() {
        long first = Long.getLong("bauta.test.seed", 1);
        return LongStream.range(first, first + Long.getLong("bauta.test.conversations", 6));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void anyIsTheSame(long seed) throws IOException, SQLException {
        converse(new Random(seed), false);
    }

    /** Rules and tables change between two answers, so that both sessions see each change at the same place. */
    @ParameterizedTest
    @MethodSource("seeds")
    void anyIsTheSameUnderChanges(long seed) throws IOException, SQLException {
        converse(new Random(seed), true);
    }

    private static void converse(Random random, boolean changes) throws IOException, SQLException {
        List<String> steps = new ArrayList<>();
        try (TestClient kept = proxy.login("analyst");
                TestClient other = plain.login("analyst");
                Connection connection = proxy.database().connect();
                Statement ddl = connection.createStatement()) {
            ddl.execute("SET lock_timeout = '5ms'");
            for (int i = 0; i < STEPS; i++) {
                if (changes && random.nextInt(8) == 0) {
                    steps.add(change(random, ddl));
                }
                steps.add("|");
                byte[] sent = randomMessages(random, steps);
                kept.send(sent, END);
                other.send(sent, END);
                assertThat(untilEnd(kept)).as("step %d after %s", i, steps).isEqualTo(untilEnd(other));
            }
        }
    }

    private static String change(Random random, Statement ddl) throws SQLException {
        if (random.nextBoolean()) {
            int rules = random.nextInt(RULES.size());
            putInForce(RULES.get(rules));
            return "rules " + rules;
        }
        String change = CHANGES.get(random.nextInt(CHANGES.size()));
        try {
            ddl.execute(change);
        } catch (SQLException e) {
            return "failed " + change;
        }
        refresh();
        return change;
    }

    private static void putInForce(String rules) {
        proxy.replaceRules(rules);
        plain.replaceRules(rules);
    }

    // ---- what is sent

    /** What the server answers whatever came before it, and nothing else is answered by; no state is changed. */
    private static final byte[] END =
            Frontend.all(sync(), closePortal("end"), closePortal("end"), closePortal("end"), sync());

    private static List<BackendMessage> untilEnd(TestClient from) throws IOException {
        List<BackendMessage> all = new ArrayList<>();
        int closed = 0;
        BackendMessage message;
        do {
            message = from.read();
            closed = message.type() == '3' ? closed + 1 : message.type() == 'Z' && closed == 3 ? 4 : 0;
            all.add(withoutPlace(message));
        } while (closed < 4 && !message.equals(BackendMessage.END));
        return all;
    }

    /** Parse and Bind tell of a failed transaction alike, but for the place in the server's source; the rules come from different files. */
    private static BackendMessage withoutPlace(BackendMessage message) {
        return message.type() == 'E'
                ? new BackendMessage('E', message.comparable().body().replaceAll("[LR]=[^,}]*|rules[0-9]*.yaml", ""))
                : message;
    }

    private static byte[] randomMessages(Random random, List<String> steps) {
        List<byte[]> messages = new ArrayList<>();
        do {
            int kind = random.nextInt(27);
            int id = random.nextInt(8);
            steps.add(kind + "/" + id);
            messages.add(messages(kind, id));
        } while (random.nextInt(3) > 0);
        return Frontend.all(messages.toArray(byte[][]::new));
    }

    private static byte[] messages(int kind, int id) {
        return switch (kind) {
            case 0, 1 -> query("SELECT id, email FROM people WHERE id = " + id);
            case 2 -> query("SELECT id, email FROM people WHERE (id = " + id + " AND id <> 2) ORDER BY id LIMIT 3");
            case 3 -> query("SELECT id, broken FROM clear WHERE id = " + id);
            case 4 -> query("SELECT missing FROM clear WHERE id = " + id);
            case 5 -> query(List.of("BEGIN", "COMMIT", "ROLLBACK", "SELECT 1/0").get(id % 4));
            case 6, 7, 8 ->
                Frontend.all(
                        parse("", "SELECT id, email FROM people WHERE id = $1"),
                        bind("", "", Integer.toString(id)),
                        describePortal(""),
                        execute("", 0));
            case 9 ->
                Frontend.all(
                        parse("", "SELECT id, broken FROM clear WHERE id = $1"),
                        bind("", "", "x" + id),
                        execute("", 0));
            case 10 ->
                Frontend.all(
                        parse("", "SELECT id, broken FROM clear WHERE id = $1"),
                        describeStatement(""),
                        flush(),
                        bind("p" + id, "", Integer.toString(id)),
                        execute("p" + id, 0));
            case 11 -> Frontend.all(bind("", "", Integer.toString(id)), execute("", 0));
            case 12 ->
                Frontend.all(
                        parse("", "SELECT id, email FROM people WHERE id = $1"),
                        List.of(closeStatement(""), flush(), sync()).get(id % 3));
            case 13 ->
                Frontend.all(
                        parse("s", "SELECT id, email FROM people WHERE id = $1"),
                        bind("", "s", "1"),
                        execute("", 0),
                        closeStatement("s"));
            case 14 ->
                query(List.of("DEALLOCATE ALL", "DISCARD ALL", "SET search_path = public", "DEALLOCATE ALL")
                        .get(id % 4));
            case 15 ->
                Frontend.all(
                        parse("", "SELECT id, email FROM people WHERE id = $1"),
                        id % 2 == 0 ? bind("", "", "1", "2") : message('B', new byte[] {'x', 'y'}));
            case 16 -> id % 2 == 0 ? describePortal("") : execute("", 0);
            case 17 ->
                Frontend.all(
                        parse("", "SELECT id, broken FROM clear WHERE id = " + id % 2),
                        bind("", id < 2 ? "missing" : ""),
                        execute("", 1),
                        describePortal(""));
            case 18 -> query("SELECT note FROM guarded WHERE id = " + id);
            case 19 ->
                Frontend.all(
                        parse("", "SELECT id, email FROM people WHERE id = $1"),
                        parse("", "SELECT 'another'"),
                        bind("", ""),
                        execute("", 0));
            case 20 -> query("SELECT note, broken FROM clear WHERE id = " + id);
            case 21 -> Frontend.all(parse("", "SELECT note FROM clear WHERE id = $1"), bind("q", "", "1"));
            case 22 ->
                List.of(execute("q", id % 2), describePortal("q"), closePortal("q"))
                        .get(id % 3);
            case 23 ->
                query(List.of("SET search_path = other, public", "SAVEPOINT x", "ROLLBACK TO x", "BEGIN")
                        .get(id % 4));
            case 24 -> parse("t", "SELECT id, email FROM people WHERE id = $1");
            case 25 ->
                id == 0 ? closeStatement("t") : Frontend.all(bind("", "t", Integer.toString(id)), execute("", 0));
            default -> describeStatement("");
        };
    }
}
