package dev.bauta.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bauta.lexer.LexerSettings;
import dev.bauta.policy.Principal;
import dev.bauta.rulefile.RuleFile;
import dev.bauta.testing.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nobody who may write gets masks to show another part of a value, or one that tells of others. */
class MaskInputsTest {
    private static final String CATALOG =
            """
            CREATE TABLE people (id int PRIMARY KEY, level int, consent bool GENERATED ALWAYS AS (level > 1) STORED, name text,
              city text, rank int, title text);
            CREATE VIEW levels AS SELECT id AS person, level AS agreed FROM people;
            CREATE TABLE patients (id int PRIMARY KEY, ward int UNIQUE);
            CREATE TABLE visits (id int PRIMARY KEY, patient int REFERENCES patients ON UPDATE CASCADE, at date, days date[],
              seen date DEFAULT current_date, note text);
            CREATE TABLE calls (minutes int) INHERITS (visits);
            CREATE TABLE rooms (id int PRIMARY KEY, open bool, door text);
            CREATE TABLE answers (id int PRIMARY KEY, smokes boolean);
            CREATE TABLE keys (id int PRIMARY KEY, room int, code text);
            CREATE VIEW doors AS SELECT k.id, r.open, k.code FROM keys k JOIN rooms r ON r.id = k.room;
            CREATE TABLE guests (id int PRIMARY KEY, name text);
            CREATE TABLE stays (id int, guest int REFERENCES guests);
            CREATE TABLE long_stays (since date) INHERITS (stays);
            """;

    private static final String RULES =
            """
            version: 1
            key: ${env:BAUTA_KEY}
            columns:
              - {match: public.people.name, mask: {type: sql, expression: "CASE WHEN consent THEN value END"}}
              - {match: public.people.rank, mask: "null"}
              - {match: public.people.title, mask: {type: sql, expression: "CASE WHEN rank > 5 THEN value END"}}
              - {match: public.visits.at, mask: {type: shift, by: patient}}
              - {match: public.visits.days, mask: {type: each, mask: {type: shift, by: patient}}}
              - {match: public.calls.at, mask: "null"}
              - {match: public.keys.code, mask: "null"}
              - {match: public.doors.code, mask: {type: sql, expression: "CASE WHEN open THEN value END"}}
              - {match: public.long_stays.since, mask: {type: shift, by: guest}}
              - {match: public.answers.smokes, mask: {type: randomize, epsilon: 1, by: id, values: [true, false]}}
            tables:
              - {match: "public.*", writes: allowed}
            """;

    private static TestDatabase database;
    private static Engine engine;

    @BeforeAll
    static void open() throws Exception {
        database = TestDatabase.create(CATALOG);
        Map<String, String> environment = Map.of("BAUTA_KEY", "0123456789abcdef0123456789abcdef");
        try (Connection connection = database.connect()) {
            engine = Engine.load(RuleFile.parse(RULES, "rules.yaml", environment, Path.of(".")), connection);
        }
    }

    @AfterAll
    static void drop() {
        database.drop();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE people SET level = 2",
                "UPDATE people SET (city, level) = ('Rome', 2)",
                "WITH u AS (UPDATE rooms SET open = true) SELECT 1",
                "UPDATE levels SET agreed = 2",
                "MERGE INTO levels USING (VALUES (1)) v(i) ON i = person WHEN MATCHED THEN UPDATE SET agreed = 2",
                "UPDATE visits SET patient = 2",
                "UPDATE calls SET patient = 2",
                "UPDATE patients SET id = 2 WHERE id = 1",
                "INSERT INTO patients VALUES (1) ON CONFLICT (id) DO UPDATE SET id = 2",
                "UPDATE rooms SET open = true",
                "UPDATE stays SET guest = 2",
                "UPDATE answers SET id = 2"
            })
    void refusesToSetWhatMasksGoBy(String sql) {
        assertThat(decide(sql))
                .endsWith("a mask goes by what would be set, and would show another part of a protected value");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO visits (id, patient, at) VALUES (1, 2, '2024-05-17')",
                "INSERT INTO visits (id, patient, days) VALUES (1, 2, '{2024-05-17}')",
                "UPDATE visits SET at = '2024-05-17'",
                "INSERT INTO calls (id, patient, at) VALUES (1, 2, '2024-05-17')",
                "UPDATE people SET title = 'x'",
                "INSERT INTO people (id, title) VALUES (1, 'x')",
                "UPDATE answers SET smokes = true"
            })
    void refusesValuesThatWithTheirMasksTellOfOthers(String sql) {
        assertThat(decide(sql)).endsWith("the mask of what is written would tell of other protected values");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE people SET city = 'Rome', name = 'x'",
                "INSERT INTO people (id, level, name) VALUES (1, 2, 'x')",
                "INSERT INTO visits (id, patient, note) VALUES (1, 2, 'x')",
                "UPDATE visits SET note = 'x'",
                "DELETE FROM visits WHERE patient = 2",
                "DELETE FROM patients",
                "INSERT INTO patients VALUES (3)",
                "UPDATE patients SET ward = 2",
                "UPDATE rooms SET door = 'x'",
                "INSERT INTO rooms VALUES (2, true)",
                "UPDATE stays SET id = 2",
                "INSERT INTO guests VALUES (1, 'x') ON CONFLICT (id) DO UPDATE SET name = 'y'"
            })
    void letsOtherWritesThrough(String sql) {
        assertThat(decide(sql)).isEqualTo("allowed");
    }

    private static String decide(String sql) {
        Session session = engine.open(new Principal("analyst", database.name()), LexerSettings.SERVER);
        session.setSearchPath(List.of("pg_catalog", "public"));
        return session.decide(sql) instanceof Decision.Refuse refuse
                ? refuse.refusal().message()
                : "allowed";
    }
}
