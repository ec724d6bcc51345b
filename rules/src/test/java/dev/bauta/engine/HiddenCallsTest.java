package dev.bauta.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.bauta.catalog.CatalogLoader;
import dev.bauta.lexer.LexerSettings;
import dev.bauta.policy.Principal;
import dev.bauta.rulefile.RuleFile;
import dev.bauta.testing.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Functions of the database's own that the server calls although neither they nor a type that calls them is named. Each of these says "called". */
class HiddenCallsTest {
    private static final String SCHEMA =
            """
            CREATE TABLE notes (note text);
            INSERT INTO notes VALUES ('a'), ('b');
            CREATE TYPE mood AS ENUM ('good');
            CREATE TABLE moods (m mood);
            INSERT INTO moods VALUES ('good');
            CREATE FUNCTION as_text(mood) RETURNS text LANGUAGE plpgsql STABLE AS $$ BEGIN RAISE 'called'; END $$;
            CREATE FUNCTION as_json(mood) RETURNS json LANGUAGE plpgsql STABLE AS $$ BEGIN RAISE 'called'; END $$;
            CREATE CAST (mood AS text) WITH FUNCTION as_text(mood);
            CREATE CAST (mood AS json) WITH FUNCTION as_json(mood);
            CREATE FUNCTION differs(text, text) RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN RAISE 'called'; END $$;
            CREATE OPERATOR <=> (LEFTARG = text, RIGHTARG = text, FUNCTION = texteq, NEGATOR = OPERATOR(public.<!>));
            CREATE OPERATOR <!> (LEFTARG = text, RIGHTARG = text, FUNCTION = differs, NEGATOR = OPERATOR(public.<=>));
            CREATE FUNCTION compared(text, text) RETURNS int LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RAISE 'called'; END $$;
            CREATE OPERATOR CLASS compared_ops FOR TYPE text USING btree AS OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=,
              OPERATOR 5 >, FUNCTION 1 compared(text, text);
            CREATE TYPE span AS RANGE (SUBTYPE = text, SUBTYPE_OPCLASS = compared_ops);
            CREATE FUNCTION known(int) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RAISE 'called'; END $$;
            CREATE TABLE checked (a int CHECK (known(a)));
            CREATE TABLE generated (a int, b boolean GENERATED ALWAYS AS (known(a)) STORED);
            CREATE TABLE plain (a int DEFAULT 1 CHECK (a > 0));
            CREATE TABLE indexed (a int);
            CREATE INDEX indexed_known ON indexed (known(a));
            CREATE TYPE pair AS (a int);
            CREATE FUNCTION pairs(pair, pair) RETURNS int LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RAISE 'called'; END $$;
            CREATE FUNCTION less(pair, pair) RETURNS boolean LANGUAGE sql AS 'SELECT true';
            CREATE OPERATOR <<< (LEFTARG = pair, RIGHTARG = pair, FUNCTION = less);
            CREATE OPERATOR === (LEFTARG = pair, RIGHTARG = pair, FUNCTION = less);
            CREATE OPERATOR CLASS pair_ops DEFAULT FOR TYPE pair USING btree AS OPERATOR 1 <<<, OPERATOR 3 ===,
              FUNCTION 1 pairs(pair, pair);
            """;

    private static TestDatabase database;

    @BeforeAll
    static void createDatabase() throws Exception {
        database = TestDatabase.create(SCHEMA);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT m || '' FROM moods",
                "SELECT 'x' OPERATOR(pg_catalog.||) m FROM moods",
                "SELECT quote_literal(m) FROM moods",
                "SELECT (m).quote_nullable FROM moods",
                "SELECT to_json(m) FROM moods",
                "SELECT moods.to_jsonb FROM moods",
                "SELECT row_to_json(moods) FROM moods",
                "SELECT array_to_json(array_agg(m)) FROM moods",
                "SELECT json_agg(m) FROM moods",
                "SELECT pg_catalog.jsonb_agg(moods) FROM moods",
                "SELECT json_build_array(m) FROM moods",
                "SELECT jsonb_build_object('a', m) FROM moods",
                "SELECT json_object_agg('a', m) FROM moods",
                "SELECT NOT note <=> 'x' FROM notes",
                "SELECT CASE WHEN NOT (note OPERATOR(public.<=>) 'x') THEN 1 END FROM notes",
                "CREATE TEMP TABLE t (a text, EXCLUDE USING btree (a compared_ops WITH =)); INSERT INTO t VALUES ('a'), ('b')",
                "CREATE TEMP TABLE t (a text) PARTITION BY RANGE (a public.compared_ops);"
                        + " CREATE TEMP TABLE u PARTITION OF t FOR VALUES FROM ('a') TO ('b')",
                "CREATE TEMP TABLE t (LIKE checked INCLUDING ALL); INSERT INTO t VALUES (1)",
                "CREATE TEMP TABLE t (c int, LIKE public.generated EXCLUDING INDEXES INCLUDING GENERATED); INSERT INTO t VALUES (1, 1)",
                "CREATE TEMP TABLE t (LIKE indexed INCLUDING INDEXES); INSERT INTO t VALUES (1)",
                "SELECT '[a,b]'::span",
                "SELECT span('a', 'b')",
                "SELECT p FROM (VALUES ('(1)'::pair), ('(2)')) AS q (p) ORDER BY p"
            })
    void areRefused(String sql) throws Exception {
        requireHostile(sql);
        assertThat(open("").decide(sql)).isInstanceOf(Decision.Refuse.class);
        assertThat(open("functions: {allow: ['public.*']}\n").decide(sql)).isInstanceOf(Decision.Pass.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT JSON_OBJECT('a': m) FROM moods",
                "SELECT JSON_ARRAY(m) FROM moods",
                "SELECT JSON_ARRAYAGG(m) FROM moods"
            })
    void areRefusedBehindKeyWords(String sql) throws Exception {
        assumeTrue(TestDatabase.serverVersion() >= 160000, "PostgreSQL 16 has these");
        areRefused(sql);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TEMP TABLE t (LIKE checked)",
                "CREATE TEMP TABLE t (LIKE plain INCLUDING ALL)",
                "SELECT concat(m), format('%s', m) FROM moods",
                "SELECT note, compared_ops FROM (SELECT note, 1 AS compared_ops FROM notes) AS n",
                "CREATE TEMP TABLE t (a int, EXCLUDE USING btree (a int4_ops WITH =))"
            })
    void othersPass(String sql) throws Exception {
        assertThat(open("").decide(sql)).isInstanceOf(Decision.Pass.class);
    }

    private static void requireHostile(String sql) throws Exception {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute(sql)).hasMessageContaining("called");
        }
    }

    private static Session open(String rules) throws Exception {
        try (Connection connection = database.connect()) {
            Engine engine = Engine.of(
                    RuleFile.parse(
                            "version: 1\ncolumns: [{match: public.*.secret, mask: redact}]\n" + rules,
                            "rules.yaml",
                            Map.of(),
                            Path.of(".")),
                    CatalogLoader.load(connection));
            Session session = engine.open(new Principal("analyst", database.name()), LexerSettings.SERVER);
            session.setSearchPath(List.of("pg_catalog", "public"));
            return session;
        }
    }
}
