package dev.bauta.proxy.session;

import static dev.bauta.proxy.testing.Frontend.bind;
import static dev.bauta.proxy.testing.Frontend.closeStatement;
import static dev.bauta.proxy.testing.Frontend.describePortal;
import static dev.bauta.proxy.testing.Frontend.describeStatement;
import static dev.bauta.proxy.testing.Frontend.execute;
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
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Look-ups by key, which the server comes to hold prepared: a client must not see a difference. */
class KeptStatementsTest {
    private static final String RULES =
            """
            version: 1
            roles: [{name: dba, users: [postgres], access: raw}]
            columns:
              - {match: public.people.email, mask: {type: constant, value: masked}}
              - {match: public.people.name, mask: {type: partial, first: 1}}
            """;
    private static final String STRICT =
            RULES + "  - {match: public.clear.note, mask: {type: constant, value: hidden}}\n";

    /** So often a text is run before the server holds it, and once more. */
    private static final int OFTEN = 6;

    private static EngineUnderTest proxy;
    /** The same, but that nothing is kept. */
    private static EngineUnderTest plain;

    private TestClient client;

    @BeforeAll
    static void start() throws IOException, SQLException {
        proxy = EngineUnderTest.start(
                """
                CREATE TABLE people (id int PRIMARY KEY, name varchar(20), email text, town text);
                INSERT INTO people SELECT i, 'canary-' || i, 'canary-' || i || '@example.org', 'town ' || i
                FROM generate_series(1, 50) i;
                CREATE TABLE clear (id bigint PRIMARY KEY, note text, broken int);
                INSERT INTO clear SELECT i, 'note ' || i, i - 3 FROM generate_series(1, 50) i;
                CREATE TABLE codes (code text, part int, title text, PRIMARY KEY (code, part));
                INSERT INTO codes SELECT 'it''s ' || i, i % 3, 'title ' || i FROM generate_series(1, 9) i;
                INSERT INTO codes VALUES ('plain', 1, 'the plain one');
                CREATE SCHEMA other;
                CREATE TABLE other.clear (id int PRIMARY KEY, note int);
                INSERT INTO other.clear SELECT i, i FROM generate_series(1, 50) i;
                CREATE TABLE guarded (id int PRIMARY KEY, note text);
                INSERT INTO guarded SELECT i, 'note ' || i FROM generate_series(1, 5) i;
                CREATE FUNCTION allows(id int) RETURNS bool LANGUAGE plpgsql STABLE AS $$
                BEGIN IF id = 3 THEN RAISE feature_not_supported; END IF; RETURN true; END $$;
                ALTER TABLE guarded ENABLE ROW LEVEL SECURITY;
                CREATE POLICY allowed ON guarded USING (allows(id));
                GRANT USAGE ON SCHEMA other TO analyst;
                GRANT SELECT ON other.clear TO analyst
                """,
                RULES);
        plain = proxy.another(RULES, Limits.DEFAULT.withKeptStatements(0));
    }

    @AfterAll
    static void stop() {
        plain.close();
        proxy.close();
    }

    @BeforeEach
    void login() throws IOException {
        proxy.replaceRules(RULES);
        client = proxy.login("analyst");
    }

    @AfterEach
    void logout() throws IOException {
        client.close();
    }

    private List<BackendMessage> answer(byte[]... messages) throws IOException {
        client.send(messages);
        return client.readUntil('Z');
    }

    private long kept() throws IOException {
        List<BackendMessage> answer =
                client.query("SELECT count(*) FROM pg_prepared_statements WHERE name LIKE 'bauta: kept %'");
        return Long.parseLong(answer.get(1).firstValue());
    }

    // ---- what is kept

    @Test
    void aLookUpThatComesOftenIsPreparedOnce() throws IOException {
        for (int i = 1; i <= OFTEN; i++) {
            assertThat(client.query("SELECT id, name, email FROM people WHERE id = " + i)
                            .get(1)
                            .body())
                    .contains("masked")
                    .doesNotContain("canary");
        }
        assertThat(kept()).isEqualTo(1);
        assertThat(client.query("SELECT id, name, email FROM people WHERE id = 77"))
                .extracting(BackendMessage::type)
                .containsExactly('T', 'C', 'Z');
        assertThat(kept()).isEqualTo(1);
    }

    @Test
    void anUnnamedStatementThatComesOftenIsPreparedOnce() throws IOException {
        List<BackendMessage> first = lookUp(1);
        for (int i = 1; i <= OFTEN; i++) {
            assertThat(lookUp(1)).isEqualTo(first);
        }
        assertThat(lookUp(2).get(3).body()).contains("masked").doesNotContain("canary");
        assertThat(kept()).isEqualTo(1);
    }

    private List<BackendMessage> lookUp(int id) throws IOException {
        return answer(
                parse("", "SELECT id, name, email FROM people WHERE id = $1"),
                bind("", "", Integer.toString(id)),
                describePortal(""),
                execute("", 0),
                sync());
    }

    @Test
    void whatElseIsAskedOfTheRowCanBeParameters() throws IOException {
        for (int i = 1; i <= OFTEN; i++) {
            List<BackendMessage> answer = answer(
                    parse("", "SELECT email FROM people WHERE id = $1 AND town = $2 LIMIT $3"),
                    bind("", "", Integer.toString(i), "town 3", "1"),
                    execute("", 0),
                    sync());
            assertThat(answer).filteredOn(message -> message.type() == 'D').hasSize(i == 3 ? 1 : 0);
        }
        assertThat(kept()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT note FROM clear WHERE id = %d",
                "select c.* from public.clear as c where c.id=%d;",
                "SELECT * FROM codes WHERE code = 'plain' AND part = %d",
                "SELECT id, email AS \"where\" FROM people p WHERE p.id = %d -- a comment",
                "SELECT title FROM codes WHERE code='plain'and part=%d",
                "SELECT note FROM guarded WHERE id = %d",
                "SELECT note FROM clear WHERE id = %d LIMIT 1",
                "SELECT note FROM clear WHERE id = %d LIMIT 0",
                "SELECT \"clear\".\"note\" FROM \"clear\" WHERE \"clear\".\"id\" = %d ORDER BY \"clear\".\"id\" ASC, note DESC LIMIT 21",
                "SELECT p.id, p.email FROM people p WHERE (p.id = %d AND p.town = 'town 2') ORDER BY p.email",
                "SELECT name FROM people WHERE ((town IS NOT NULL) and id = %d)",
                "SELECT name FROM people WHERE id = %d AND town IS NULL",
                "SELECT title FROM codes WHERE part = %d AND part = 1 AND code = 'plain'",
                "SELECT note FROM clear WHERE broken = 1 AND id = %d",
                "SELECT note FROM clear WHERE broken >= 0 AND id = %d AND note<>'note 4' and broken !=3 and id<5",
            })
    void formsThatAreKept(String form) throws IOException {
        assertKept(form, 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT note FROM clear WHERE id > %d",
                "SELECT note FROM clear WHERE id = %d OR true",
                "SELECT note FROM clear WHERE (id = %d AND note = 'note 2') OR true",
                "SELECT note FROM clear WHERE id = %d ORDER BY 1",
                "SELECT note FROM clear WHERE id = %d LIMIT ALL",
                "SELECT note FROM clear WHERE id = %d LIMIT 1 OFFSET 0",
                "SELECT note FROM clear WHERE id = %d FOR UPDATE",
                "SELECT note FROM clear WHERE id >= %1$d AND id <= %1$d",
                "SELECT note FROM clear WHERE id = %d AND note ~ 'note'",
                "SELECT note FROM clear WHERE id = -%d",
                "SELECT name FROM people WHERE id = %d AND email = 'masked'",
                "SELECT name FROM people WHERE id = %d AND email IS NULL",
                "SELECT name FROM people WHERE id IS NOT NULL AND town = 'town %d'",
                "SELECT note, 1 FROM clear WHERE id = %d",
                "SELECT note FROM clear WHERE broken = %d",
                "SELECT title FROM codes WHERE part = %d",
                "SELECT note FROM clear WHERE id = %d.0",
                "SELECT note FROM clear WHERE id = '%d'",
                "SELECT note FROM clear WHERE id = %d; SELECT 1",
                "SELECT note INTO TEMP x%1$d FROM clear WHERE id = %1$d",
                "SELECT title FROM codes WHERE code = $$plain$$ AND part = %d",
                "SELECT note AS a12345678901234567890123456789012345678901234567890123456789012345 FROM clear WHERE id = %d",
            })
    void formsThatAreNotKept(String form) throws IOException {
        assertKept(form, 0);
    }

    /** What the server says is wrong, and where, is the same each time. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT note FROM clear WHERE id = %d ORDER BY missing",
                "SELECT note FROM clear WHERE id = %d AND other.note = 'n' LIMIT 1",
                "SELECT DISTINCT note FROM clear WHERE id = %d ORDER BY broken",
                "SELECT note FROM clear WHERE id = %d AND broken < 'n'",
                "SELECT note FROM clear WHERE id = %d AND note > 5",
                "SELECT note FROM clear WHERE id = %d LIMIT 99999999999999999999",
                "SELECT note FROM clear WHERE id = %d LIMIT $1",
                "SELECT note FROM clear WHERE id = %d ORDER BY limit",
                "SELECT note FROM clear WHERE id = %d ORDER BY asc",
                "SELECT note FROM clear c WHERE c.id = %d ORDER BY clear.note",
                "SELECT count FROM clear WHERE id = %d ORDER BY note, count",
                "SELECT note AS id, id FROM clear WHERE id = %d ORDER BY id",
                "SELECT id, id FROM clear WHERE id = %d AND (note = 'note 2' AND) LIMIT 1",
                "SELECT id FROM clear WHERE (id = %d AND note = 'note 2' LIMIT 1)",
            })
    void formsThatFail(String form) throws IOException {
        try (TestClient other = plain.login("analyst")) {
            for (int i = 1; i <= OFTEN; i++) {
                String text = String.format(form, i);
                assertThat(client.query(text)).isEqualTo(other.query(text));
            }
        }
    }

    private void assertKept(String form, int statements) throws IOException {
        try (TestClient other = plain.login("analyst")) {
            for (int i = 1; i <= OFTEN; i++) {
                String text = String.format(form, i);
                assertThat(client.query(text)).isEqualTo(other.query(text));
            }
        }
        assertThat(kept()).isEqualTo(statements);
    }

    @Test
    void thereAreNeverMoreThanAsked() throws IOException, SQLException {
        try (EngineUnderTest few = proxy.another(RULES, Limits.DEFAULT.withKeptStatements(2));
                TestClient other = few.login("analyst")) {
            client.close();
            client = other;
            for (int column = 0; column < 9; column++) {
                for (int i = 1; i <= OFTEN; i++) {
                    assertThat(client.query("SELECT note AS c" + column + " FROM clear WHERE id = " + i)
                                    .get(1)
                                    .firstValue())
                            .isEqualTo("note " + i);
                }
            }
            assertThat(kept()).isBetween(1L, 3L);
        }
    }

    /** What gives way before the server has answered is closed, too. */
    @Test
    void aPipelineOfManyForms() throws IOException {
        List<byte[]> messages = new ArrayList<>();
        for (int column = 0; column < 80; column++) {
            messages.addAll(
                    Collections.nCopies(OFTEN, query("SELECT note AS c" + column + " FROM clear WHERE id = 1")));
        }
        client.send(Frontend.all(messages.toArray(byte[][]::new)));
        for (int i = 0; i < messages.size(); i++) {
            client.readUntil('Z');
        }
        for (int i = 1; i <= OFTEN; i++) {
            client.query("SELECT note FROM clear WHERE id = 1");
        }
        assertThat(kept()).isLessThanOrEqualTo(Limits.DEFAULT.keptStatements() + 1);
    }

    // ---- rules, tables, paths

    @Test
    void changedRulesHoldAtOnce() throws IOException {
        for (int i = 1; i <= OFTEN; i++) {
            assertThat(client.query("SELECT note FROM clear WHERE id = 1")
                            .get(1)
                            .firstValue())
                    .isEqualTo("note 1");
            assertThat(lookUpNote().get(2).firstValue()).isEqualTo("note 1");
        }
        proxy.replaceRules(STRICT);
        for (int i = 1; i <= OFTEN; i++) {
            assertThat(client.query("SELECT note FROM clear WHERE id = 1")
                            .get(1)
                            .firstValue())
                    .isEqualTo("hidden");
            assertThat(lookUpNote().get(2).firstValue()).isEqualTo("hidden");
        }
        assertThat(answer(bind("", "", "1"), execute("", 0), sync()).get(1).firstValue())
                .isEqualTo("hidden");
    }

    @Test
    void whatIsOfOlderRulesIsGivenUp() throws IOException {
        for (int column = 0; column < 3; column++) {
            lookUpOften(column);
        }
        assertThat(kept()).isEqualTo(3);
        proxy.replaceRules(STRICT);
        lookUpOften(0);
        assertThat(kept()).isEqualTo(1);
    }

    private void lookUpOften(int column) throws IOException {
        for (int i = 1; i <= OFTEN; i++) {
            client.query("SELECT id AS c" + column + " FROM clear WHERE id = " + i);
        }
    }

    private List<BackendMessage> lookUpNote() throws IOException {
        return answer(parse("", "SELECT note FROM clear WHERE id = $1"), bind("", "", "1"), execute("", 0), sync());
    }

    /** Between Parse and Bind. */
    @Test
    void rulesThatChangeUnderAStatementThatWasHeldBack() throws IOException {
        for (int i = 1; i <= OFTEN; i++) {
            lookUpNote();
        }
        client.send(parse("", "SELECT note FROM clear WHERE id = $1"));
        client.send(query("")); // what is held back goes to the server now
        client.readUntil('Z');
        client.send(parse("", "SELECT note FROM clear WHERE id = $1"));
        proxy.replaceRules(STRICT);
        List<BackendMessage> answer = answer(bind("", "", "1"), execute("", 0), sync());
        assertThat(answer).extracting(BackendMessage::type).containsExactly('1', '2', 'D', 'C', 'Z');
        assertThat(answer.get(2).firstValue()).isEqualTo("hidden");
    }

    @Test
    void theSearchPathIsFollowed() throws IOException {
        for (String path : List.of("public", "other", "public", "other, public")) {
            client.query("SET search_path = " + path);
            String expected = path.equals("public") ? "note 7" : "7";
            for (int i = 1; i <= OFTEN; i++) {
                assertThat(client.query("SELECT note FROM clear WHERE id = 7")
                                .get(1)
                                .firstValue())
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void aTableOfAnotherShape() throws IOException, SQLException {
        try (Connection connection = proxy.database().connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE changing (id int PRIMARY KEY, a int); GRANT SELECT ON changing TO analyst;"
                    + " INSERT INTO changing VALUES (1, 5)");
            proxy.refreshCatalog();
            for (int i = 1; i <= OFTEN; i++) {
                assertThat(client.query("SELECT a FROM changing WHERE id = 1")
                                .get(1)
                                .firstValue())
                        .isEqualTo("5");
            }
            statement.execute("ALTER TABLE changing ALTER a TYPE text USING 'five'");
            assertThat(client.query("SELECT a FROM changing WHERE id = 1")
                            .get(1)
                            .firstValue())
                    .isEqualTo("five");
            statement.execute("DROP TABLE changing");
            proxy.refreshCatalog();
        }
        assertThat(client.query("SELECT a FROM changing WHERE id = 1").get(0).fields())
                .containsEntry('C', "42P01");
    }

    @Test
    void aLookUpThatFailsWhileItRunsIsNotRunAgain() throws IOException {
        for (int i = 1; i <= OFTEN; i++) {
            client.query("SELECT note FROM guarded WHERE id = 1");
        }
        assertThat(kept()).isEqualTo(1);
        assertThat(client.query("SELECT note FROM guarded WHERE id = 3"))
                .extracting(BackendMessage::type)
                .containsExactly('T', 'E', 'Z');
    }

    /** Skipped after an error, the Parse leaves the unnamed statement what it was. */
    @Test
    void aParseThatIsSkipped() throws IOException {
        for (int i = 1; i <= OFTEN; i++) {
            lookUpNote();
        }
        answer(parse("", "SELECT 'the earlier one', $1::text"), sync());
        answer(
                bind("", "missing"),
                parse("", "SELECT note FROM clear WHERE id = $1"),
                bind("", "", "1"),
                execute("", 0),
                sync());
        assertThat(answer(bind("", "", "1"), execute("", 0), sync()).get(1).firstValue())
                .isEqualTo("the earlier one");
    }

    /** Which statement is there is not known before the server has answered. */
    @Test
    void aParseThatIsSkippedInAPipeline() throws IOException {
        for (int i = 1; i <= OFTEN; i++) {
            lookUpNote();
        }
        client.send(
                parse("", "SELECT note FROM clear WHERE id = $1"),
                bind("", "", "x"),
                parse("", "SELECT 'skipped', $1::text"),
                sync(),
                bind("", "", "7"),
                execute("", 0),
                sync(),
                describeStatement(""),
                sync());
        assertThat(client.readUntil('Z')).extracting(BackendMessage::type).containsExactly('1', 'E', 'Z');
        assertThat(client.readUntil('Z').get(1).firstValue()).isEqualTo("note 7");
        assertThat(client.readUntil('Z').get(1).body()).contains("note").doesNotContain("?column?");
    }

    /** The server counts the values of a Bind before it looks at the transaction. */
    @Test
    void aParseInAPipelineWhoseTransactionHasFailed() throws IOException {
        for (int i = 1; i <= OFTEN; i++) {
            lookUpNote();
        }
        client.send(
                query("BEGIN"),
                query("SELECT 1 / 0"),
                parse("", "SELECT note FROM clear WHERE id = $1"),
                bind("", "", "1", "one too many"),
                sync(),
                bind("", "", "1"),
                sync());
        client.readUntil('Z');
        client.readUntil('Z');
        assertThat(client.readUntil('Z').get(0).fields()).containsEntry('C', "25P02");
        assertThat(client.readUntil('Z').get(0).fields())
                .containsEntry('C', "26000")
                .containsEntry('M', "unnamed prepared statement does not exist");
    }

    @Test
    void aPortalOfOursIsNotTheClients() throws IOException {
        client.query("BEGIN");
        for (int i = 1; i <= OFTEN; i++) {
            client.query("SELECT note FROM clear WHERE id = 1");
        }
        assertThat(kept()).isEqualTo(1);
        client.query("SELECT note FROM clear WHERE id = 1");
        assertThat(answer(describePortal(""), sync()).get(0).fields()).containsEntry('C', "34000");
    }

    /** What the server has prepared goes on reading the table that it found first. */
    @Test
    void aTemporaryTableOfTheSameName() throws IOException {
        for (int i = 1; i <= OFTEN; i++) {
            client.query("SELECT note FROM clear WHERE id = 1");
            lookUpNote();
        }
        client.query("CREATE TEMP TABLE first (id int)");
        client.query("CREATE TEMP TABLE clear (id int PRIMARY KEY, note text)");
        client.query("INSERT INTO clear VALUES (1, 'mine')");
        for (int i = 1; i <= OFTEN; i++) {
            assertThat(client.query("SELECT note FROM clear WHERE id = 1")
                            .get(1)
                            .firstValue())
                    .isEqualTo("mine");
            assertThat(lookUpNote().get(2).firstValue()).isEqualTo("mine");
        }
    }

    // ---- names of our own

    @Test
    void theNamesAreNotTheClients() throws IOException {
        for (int i = 1; i <= OFTEN; i++) {
            client.query("SELECT note FROM clear WHERE id = " + i);
        }
        assertThat(kept()).isEqualTo(1);
        String name = "bauta: kept 1";
        for (byte[] message :
                List.of(parse(name, "SELECT 1"), bind("", name, "1"), describeStatement(name), closeStatement(name))) {
            assertThat(answer(message, sync()).get(0).type()).isEqualTo('E');
        }
        for (String text : List.of(
                "EXECUTE \"bauta: kept 1\"(1)",
                "EXPLAIN EXECUTE \"bauta: kept 1\"(1)",
                "CREATE TEMP TABLE x AS EXECUTE U&\"bauta\\003A kept 1\"(1)",
                "PREPARE \"bauta: kept 2\" AS SELECT 1",
                "DEALLOCATE \"bauta: kept 1\"",
                "DEALLOCATE PREPARE \"bauta: kept 1\"")) {
            assertThat(client.query(text).get(0).type()).as(text).isEqualTo('E');
        }
        assertThat(kept()).isEqualTo(1);
    }
}
