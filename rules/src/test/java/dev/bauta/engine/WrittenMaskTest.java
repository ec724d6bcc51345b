package dev.bauta.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bauta.lexer.LexerSettings;
import dev.bauta.policy.Principal;
import dev.bauta.policy.RolePolicies;
import dev.bauta.refusal.ErrorDisclosure;
import dev.bauta.rulefile.RuleFile;
import dev.bauta.rulefile.RuleSet;
import dev.bauta.testing.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Masks that a DBA writes in SQL, on a live database: which are used, which are refused before any query fails, and what they see. */
class WrittenMaskTest {
    private static final String CATALOG =
            """
            CREATE TABLE people (id int PRIMARY KEY, name varchar(40), country text, age int, notes jsonb);
            INSERT INTO people VALUES (1, 'Maria Rossi', 'IT', 47, '{"email": "m@example.com", "plan": "gold"}'),
                (2, NULL, 'DE', NULL, NULL);
            CREATE TYPE address AS (street text, flat int);
            CREATE TABLE places (id int PRIMARY KEY, home address, homes address[]);
            INSERT INTO places VALUES (1, ROW('canary', NULL), ARRAY[ROW('canary', NULL)::address]), (2, NULL, NULL),
                (3, ROW(NULL, NULL), NULL), (4, ROW('canary', 1), ARRAY[NULL::address]);
            CREATE VIEW listed AS SELECT country AS land, name AS who, id FROM people;
            CREATE VIEW named AS SELECT name FROM people;
            CREATE FUNCTION open_names(text) RETURNS text LANGUAGE sql AS $$ SELECT left($1, 1) $$;
            CREATE FUNCTION pinned(text) RETURNS text LANGUAGE sql SET search_path = pg_catalog, pg_temp
                AS $$ SELECT left($1, 1) $$;
            CREATE FUNCTION joined(text, text) RETURNS text LANGUAGE sql AS $$ SELECT $1 || $2 $$;
            CREATE OPERATOR |>| (FUNCTION = joined, LEFTARG = text, RIGHTARG = text);
            CREATE DOMAIN short AS text CHECK (open_names(VALUE) <> 'x');
            CREATE FUNCTION many() RETURNS SETOF text LANGUAGE sql SET search_path = pg_catalog AS $$ SELECT 'x' $$;
            """;

    private static TestDatabase database;

    @BeforeAll
    static void create() throws SQLException {
        database = TestDatabase.create(CATALOG);
    }

    private static RuleSet rules(String column, String expression) throws Exception {
        return rules("people", column, expression);
    }

    private static RuleSet rules(String table, String column, String expression) throws Exception {
        return RuleFile.parse(
                "version: 1\ncolumns:\n  - match: public." + table + "." + column
                        + "\n    mask: {type: sql, expression: \"" + expression + "\"}\n",
                "rules.yaml",
                Map.of(),
                Path.of("."));
    }

    private static Session session(Engine engine) {
        Session session = engine.open(new Principal("analyst", database.name()), LexerSettings.SERVER);
        session.setSearchPath(List.of("pg_catalog", "public"));
        return session;
    }

    private static String answer(RuleSet rules, String query) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            Decision decision = session(Engine.load(rules, connection)).decide(query);
            if (decision instanceof Decision.Refuse refuse) {
                return refuse.refusal().message();
            }
            List<String> rows = new ArrayList<>();
            try (ResultSet result = statement.executeQuery(((Decision.Rewrite) decision).text())) {
                while (result.next()) {
                    rows.add(result.getString(1));
                }
            }
            return rows.toString();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "name # left(value, 2) || '…' # [Ma…, null]",
                "name # country || '-' || id # [IT-1, null]",
                "name # pinned(value) # relation public.people is not readable in a masked session: the mask 'sql' of rules.yaml:3:5 for its column name"
                        + " cannot be used: PostgreSQL says: function pg_catalog.pinned(character varying) does not exist",
                "name # public.pinned(value) # [M, null]",
                "name # public.open_names(value) # relation public.people is not readable in a masked session: the mask 'sql' of rules.yaml:3:5 for its"
                        + " column name cannot be used: it calls public.open_names, which sets no search_path, so that a client's"
                        + " decides what the names in it mean",
                "name # public.many() # relation public.people is not readable in a masked session: the mask 'sql' of rules.yaml:3:5 for its column name"
                        + " cannot be used: it calls public.many, which is more than a computation over one row",
                "name # value OPERATOR(public.|>|) country # relation public.people is not readable in a masked session: the mask 'sql' of"
                        + " rules.yaml:3:5 for its column name cannot be used: it uses public.|>|, which calls public.joined, which sets no"
                        + " search_path, so that a client's decides what the names in it mean",
                "name # value::public.short # relation public.people is not readable in a masked session: the mask 'sql' of"
                        + " rules.yaml:3:5 for its column name cannot be used: it uses public.short, which calls public.open_names, which"
                        + " sets no search_path, so that a client's decides what the names in it mean",
                "name # max(value) # relation public.people is not readable in a masked session: the mask 'sql' of rules.yaml:3:5 for its column name"
                        + " cannot be used: it calls pg_catalog.max, which is more than a computation over one row",
                "name # current_setting(value) # relation public.people is not readable in a masked session: the mask 'sql' of rules.yaml:3:5 for its"
                        + " column name cannot be used: it calls pg_catalog.current_setting, which reads or sets settings",
                "age # value + (random() * 10)::int # relation public.people is not readable in a masked session: the mask 'sql' of rules.yaml:3:5"
                        + " for its column age cannot be used: it calls pg_catalog.random, which goes by numbers that a client can foresee;"
                        + " take the mask noise, or gen_random_uuid()",
                "name # pg_read_file(value) # relation public.people is not readable in a masked session: the mask 'sql' of rules.yaml:3:5 for its"
                        + " column name cannot be used: it calls pg_catalog.pg_read_file, which reads files of the server",
                "name # surname # relation public.people is not readable in a masked session: the mask 'sql' of rules.yaml:3:5 for its column name"
                        + " cannot be used: the relation has no column surname",
                "age # value / 10 * 10 # [40, null]",
                "age # round(value, -1) # [50, null]",
                "age # left(country, 1) # relation public.people is not readable in a masked session: the mask 'sql' of rules.yaml:3:5 for its column age"
                        + " cannot be used: PostgreSQL says: CASE types integer and text cannot be matched",
                "age # 'x' # relation public.people is not readable in a masked session: the mask 'sql' of rules.yaml:3:5 for its column age"
                        + " cannot be used: PostgreSQL says: invalid input syntax for type integer: `x`",
                "notes # value - 'email' # [{`plan`: `gold`}, null]",
            })
    void isUsedWhereItFitsAndRefusedWhereNot(String column, String expression, String expected) throws Exception {
        assertThat(answer(rules(column, expression), "SELECT " + column + " FROM people ORDER BY id"))
                .isEqualTo(expected.replace('`', '"'));
    }

    @Test
    void readsTheColumnsOfAViewByTheNamesThatTheyHaveInTheTable() throws Exception {
        RuleSet rules = rules("name", "country || ' ' || left(value, 1)");
        assertThat(answer(rules, "SELECT who FROM listed ORDER BY id")).isEqualTo("[IT M, null]");
        assertThat(answer(rules, "SELECT name FROM named ORDER BY 1")).isEqualTo("[null, null]");
    }

    @Test
    void masksCompositesOfWhichFieldsAreNull() throws Exception {
        assertThat(answer(rules("places", "home", "'(x,0)'::public.address"), "SELECT home FROM places ORDER BY id"))
                .isEqualTo("[(x,0), null, (x,0), (x,0)]");
        assertThat(answer(
                        rules("places", "homes", "array_remove(value, value[1])"),
                        "SELECT homes FROM places ORDER BY id"))
                .isEqualTo("[{}, null, null, {}]");
    }

    @Test
    void isTriedWhenRulesWereReplacedAtTheNextRefresh() throws Exception {
        try (Connection connection = database.connect()) {
            Engine engine = Engine.load(rules("name", "lower(value)"), connection);
            engine.replaceRules(rules("name", "lower(id)"));
            String query = "SELECT name FROM people";
            assertThat(session(engine).decide(query)).isInstanceOf(Decision.Rewrite.class);
            assertThat(engine.refresh(connection)).isFalse();
            assertThat(session(engine).decide(query)).isInstanceOf(Decision.Refuse.class);
        }
    }

    /** What is in force is no other, or each session would lose at each look what it has decided. */
    @Test
    void isTriedInVainWhereTheServerDoesNotSay() throws Exception {
        database.run(
                """
                DO $$ BEGIN
                  CREATE ROLE outside LOGIN;
                EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;
                CREATE SCHEMA inside;
                CREATE FUNCTION inside.pinned(text) RETURNS text LANGUAGE sql SET search_path = pg_catalog, pg_temp
                    AS $$ SELECT left($1, 1) $$;
                """);
        try (Connection connection = database.connect("outside")) {
            Engine engine = Engine.load(rules("name", "inside.pinned(value)"), connection);
            RolePolicies policies = engine.policies();
            assertThat(engine.refresh(connection)).isFalse();
            assertThat(engine.policies()).isSameAs(policies);
            database.run("GRANT USAGE ON SCHEMA inside TO outside");
            assertThat(engine.refresh(connection)).isTrue();
        } finally {
            database.run("DROP SCHEMA inside CASCADE");
        }
    }

    @Test
    void hasMessagesAboutDataWithheld() throws Exception {
        try (Connection connection = database.connect()) {
            Engine engine = Engine.load(rules("name", "value::integer::text"), connection);
            assertThat(session(engine).errorDisclosure()).isEqualTo(ErrorDisclosure.NO_DATA);
            engine.replaceRules(RuleFile.parse("version: 1\ncolumns: []\n", "rules.yaml", Map.of(), Path.of(".")));
            assertThat(session(engine).errorDisclosure()).isEqualTo(ErrorDisclosure.OWN_TEXT);
        }
    }
}
