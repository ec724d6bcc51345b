package dev.bauta.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bauta.lexer.LexerSettings;
import dev.bauta.policy.Principal;
import dev.bauta.rulefile.RuleFile;
import dev.bauta.rulefile.RuleSet;
import dev.bauta.testing.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules that the database itself holds, in comments on columns and labels, where the rule file lets them count. */
class FromCommentsTest {
    private static final String CATALOG =
            """
            CREATE TABLE people (id int PRIMARY KEY, email text, phone text, name text, city text, note text, bad text, twice text, code text,
                written text, elsewhere text, labelled text, twofold text, hidden text, odd int, parent int, other text);
            INSERT INTO people VALUES (1, 'maria@example.com', '0123456789', 'Maria', 'Rome', 'raw', 'raw', 'raw', 'raw', 'raw', 'raw', 'raw',
                'raw', 'raw', 7, 8, 'raw');
            COMMENT ON COLUMN people.email IS E'where we write to\\nbauta: email';
            COMMENT ON COLUMN people.phone IS 'bauta: {type: partial, last: 4}';
            COMMENT ON COLUMN people.name IS 'bauta: {tag: pii.name}';
            COMMENT ON COLUMN people.city IS 'bauta: {tag: pii.city, mask: {type: constant, value: X}}';
            COMMENT ON COLUMN people.note IS E'pasted\\u2028\\ufeffBauta : redact';
            COMMENT ON COLUMN people.bad IS 'bauta: {type: partial, lsat: 4}';
            COMMENT ON COLUMN people.twice IS E'bauta: none\\nbauta: email';
            COMMENT ON COLUMN people.code IS 'bauta: {type: hash, length: 16}';
            COMMENT ON COLUMN people.written IS 'bauta: {type: sql, expression: value}';
            COMMENT ON COLUMN people.elsewhere IS 'bauta: {type: hash, domain: unknown}';
            COMMENT ON COLUMN people.twofold IS 'bauta: redact';
            COMMENT ON COLUMN people.hidden IS 'bauta: refused';
            COMMENT ON COLUMN people.other IS 'bauta: none';
            INSERT INTO pg_catalog.pg_seclabel VALUES
                ('people'::regclass, 'pg_class'::regclass, 12, 'anon', 'MASKED WITH VALUE ''L'''),
                ('people'::regclass, 'pg_class'::regclass, 13, 'anon', 'NOT MASKED');
            CREATE TABLE measured (email text, size text, year int) PARTITION BY LIST (year);
            CREATE TABLE measured_small PARTITION OF measured FOR VALUES IN (2026);
            INSERT INTO measured VALUES ('maria@example.com', 'S', 2026);
            COMMENT ON COLUMN measured_small.email IS 'bauta: {type: partial, first: 5}';
            COMMENT ON COLUMN measured_small.size IS 'bauta: redact';
            CREATE TABLE ages (age int);
            COMMENT ON COLUMN ages.age IS 'bauta: email';
            CREATE VIEW shown AS SELECT email, id FROM people;
            COMMENT ON COLUMN shown.email IS 'bauta: none';
            """;

    private static final String RULES =
            """
            version: 1
            from-comments: true
            columns:
              - {match: public.people.note, mask: none}
              - {match: public.measured.email, mask: email}
            masks:
              - {tag: pii.city, mask: redact}
              - {tag: pii.name, mask: {type: constant, value: N}}
            roles:
              - name: support
                users: support
                access: masked
                masks:
                  - {tag: pii.city, mask: none}
            """;

    private static TestDatabase database;

    @BeforeAll
    static void create() throws SQLException {
        database = TestDatabase.create(CATALOG);
    }

    private static RuleSet rules(String text) throws Exception {
        return RuleFile.parse(text, "rules.yaml", Map.of("KEY", "0123456789abcdef"), Path.of("."));
    }

    private static String answer(Engine engine, String user, String query) throws SQLException {
        Session session = engine.open(new Principal(user, database.name()), LexerSettings.SERVER);
        session.setSearchPath(List.of("pg_catalog", "public"));
        Decision decision = session.decide(query);
        if (decision instanceof Decision.Refuse refuse) {
            return refuse.refusal().message();
        }
        String sql = decision instanceof Decision.Rewrite rewrite ? rewrite.text() : query;
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            for (Map.Entry<String, String> setting : session.startupSettings().entrySet()) {
                statement.execute("SET " + setting.getKey() + " = '" + setting.getValue() + "'");
            }
            try (ResultSet result = statement.executeQuery(sql)) {
                result.next();
                return String.valueOf(result.getString(1));
            }
        }
    }

    private static Engine engine(String rules) throws Exception {
        try (Connection connection = database.connect()) {
            return Engine.load(rules(rules), connection);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "email | m***@***.com",
                "phone | ****6789",
                "name | N",
                "city | X",
                "note | raw",
                "labelled | L",
                "twofold | REDACTED",
                "other | raw",
                "bad | column bad of relation public.people is refused to your role by the comment on public.people.bad, which cannot be"
                        + " understood",
                "twice | column twice of relation public.people is refused to your role by the comment on public.people.twice, which cannot be"
                        + " understood",
                "written | column written of relation public.people is refused to your role by the comment on public.people.written, which"
                        + " cannot be understood",
                "code | column code of relation public.people is refused to your role by the comment on public.people.code, which cannot be"
                        + " understood",
                "hidden | column hidden of relation public.people is refused to your role by the comment on public.people.hidden",
            })
    void ruleWhereTheFileSaysNothing(String column, String expected) throws Exception {
        assertThat(answer(engine(RULES), "analyst", "SELECT " + column + " FROM people"))
                .isEqualTo(expected);
    }

    @Test
    void countForNothingUnlessTheFileSaysSo() throws Exception {
        assertThat(answer(engine(RULES.replace("true", "false")), "analyst", "SELECT email FROM people"))
                .isEqualTo("maria@example.com");
    }

    @Test
    void giveTagsByWhichARoleSeesOtherwise() throws Exception {
        assertThat(answer(engine(RULES), "support", "SELECT city FROM people")).isEqualTo("Rome");
    }

    @Test
    void giveATagForWhichThereIsNoMaskAndTheColumnIsRefused() throws Exception {
        assertThat(answer(engine(RULES.replace("pii.name", "pii.other")), "analyst", "SELECT name FROM people"))
                .isEqualTo(
                        "column name of relation public.people is refused to your role by the comment on public.people.name");
    }

    @Test
    void useTheKeyOfTheDefaultDomainAndOfDomainsThatTheFileNames() throws Exception {
        Engine keyed = engine(RULES + "key: ${env:KEY}\n");
        assertThat(answer(keyed, "analyst", "SELECT code FROM people")).matches("[0-9a-f]{16}");
        assertThat(answer(keyed, "analyst", "SELECT elsewhere FROM people")).contains("cannot be understood");
    }

    @Test
    void mustFitTheColumn() throws Exception {
        assertThat(answer(engine(RULES), "analyst", "SELECT age FROM ages"))
                .isEqualTo(
                        "relation public.ages is not readable in a masked session: the mask 'email' of the comment on public.ages.age"
                                + " does not fit its column age of type integer");
    }

    @Test
    void onAPartitionComeAfterWhatTheFileSaysOfItsTable() throws Exception {
        Engine engine = engine(RULES);
        assertThat(answer(engine, "analyst", "SELECT email FROM measured_small"))
                .isEqualTo("m***@***.com");
        assertThat(answer(engine, "analyst", "SELECT size FROM measured_small")).isEqualTo("REDACTED");
        assertThat(answer(engine, "analyst", "SELECT size FROM measured")).isEqualTo("REDACTED");
    }

    @Test
    void onAViewCountForNothing() throws Exception {
        assertThat(answer(engine(RULES), "analyst", "SELECT email FROM shown")).isEqualTo("m***@***.com");
    }

    @Test
    void areTakenUpWhenTheyChange() throws Exception {
        String query = "SELECT parent FROM people";
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            Engine engine = Engine.load(rules(RULES), connection);
            assertThat(answer(engine, "analyst", query)).isEqualTo("8");
            statement.execute("COMMENT ON COLUMN people.parent IS 'bauta: {type: constant, value: 1}'");
            assertThat(engine.refresh(connection)).isTrue();
            assertThat(answer(engine, "analyst", query)).isEqualTo("1");
            statement.execute("COMMENT ON COLUMN people.parent IS NULL");
            statement.execute(
                    "INSERT INTO pg_catalog.pg_seclabel VALUES ('people'::regclass, 'pg_class'::regclass, 16, 'anon',"
                            + " 'MASKED WITH VALUE 2')");
            assertThat(engine.refresh(connection)).isTrue();
            assertThat(answer(engine, "analyst", query)).isEqualTo("2");
            statement.execute("DELETE FROM pg_catalog.pg_seclabel WHERE objsubid = 16");
            assertThat(engine.refresh(connection)).isTrue();
            assertThat(answer(engine, "analyst", query)).isEqualTo("8");
        }
    }
}
