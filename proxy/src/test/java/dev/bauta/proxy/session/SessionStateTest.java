package dev.bauta.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bauta.proxy.testing.BackendMessage;
import dev.bauta.proxy.testing.EngineUnderTest;
import dev.bauta.proxy.testing.Frontend;
import dev.bauta.proxy.testing.TestClient;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a session can change about itself, and what others change under it. */
class SessionStateTest {
    private static final String RULES =
            """
            version: 1
            roles: [{name: dba, users: [postgres], access: raw}]
            columns:
              - {match: "public.*.secret", mask: {type: constant, value: masked}}
            """;

    private static EngineUnderTest proxy;
    private TestClient client;

    @BeforeAll
    static void start() throws Exception {
        proxy = EngineUnderTest.start(
                """
                CREATE TABLE t (id int, secret text);
                INSERT INTO t VALUES (1, 'canary');
                CREATE TABLE clear (id int, note text);
                INSERT INTO clear VALUES (1, 'shown');
                CREATE SCHEMA other;
                CREATE TABLE other.t (id int, secret text);
                INSERT INTO other.t VALUES (1, 'other');
                GRANT USAGE ON SCHEMA other TO analyst;
                GRANT SELECT ON other.t TO analyst
                """,
                RULES);
    }

    @AfterAll
    static void stop() {
        proxy.close();
    }

    @BeforeEach
    void login() throws IOException {
        client = proxy.login("analyst");
    }

    @AfterEach
    void logout() throws IOException {
        client.close();
    }

    // ---- relations that are newer than the catalogs

    @Test
    void aNewTableIsLookedUpWhereTheSessionOwnsTemporaryTables() throws IOException {
        client.query("CREATE TEMP TABLE mine (id int)");
        proxy.database()
                .run(
                        "CREATE TABLE fresh (secret text); INSERT INTO fresh VALUES ('canary'); GRANT SELECT ON fresh TO analyst");
        List<BackendMessage> answer =
                client.send(Frontend.query("SELECT secret FROM fresh")).readUntil('E');
        assertThat(answer).noneMatch(message -> message.body().contains("canary"));
        assertThat(answer.get(answer.size() - 1).fields()).containsEntry('C', "XX000");
    }

    // ---- search_path

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    SET search_path = other | other
                    SET search_path TO other, public; RESET search_path | masked
                    SET search_path TO other; RESET ALL | masked
                    SET SESSION search_path = 'other' | other
                    SET SCHEMA 'other' | other
                    SELECT set_config('search_path', 'other', false) | other
                    SELECT set_config('search_path', concat('oth', 'er'), false) | other
                    SELECT set_config('search_path', 'other', true) | masked
                    SET LOCAL search_path = other | masked
                    SET search_path = nowhere, other | other
                    SET search_path = other; DISCARD ALL | masked
                    BEGIN; SET search_path = other; ROLLBACK | masked
                    BEGIN; SET search_path = other; COMMIT | other
                    BEGIN; SET LOCAL search_path = other; COMMIT | masked
                    BEGIN; SET search_path = other; SAVEPOINT s; SET search_path = public; ROLLBACK TO s; COMMIT | other
                    BEGIN; SAVEPOINT s; SET search_path = other; ROLLBACK TO SAVEPOINT s; COMMIT | masked
                    BEGIN; SET search_path = other; SELECT 1/0; COMMIT | masked
                    SET search_path = other; SELECT 1/0 | masked
                    BEGIN; SET search_path = other; ABORT AND NO CHAIN | masked
                    PREPARE p AS SELECT set_config('search_path', 'other', false) | masked
                    PREPARE p AS SELECT set_config('search_path', 'other', false); SELECT 1; EXECUTE p | other
                    PREPARE p (text) AS SELECT set_config('search_path', $1, false); EXECUTE p ('other'); EXECUTE p ('public') | masked
                    PREPARE p AS SELECT set_config('search_path', 'other', false); EXPLAIN ANALYZE EXECUTE p | other
                    PREPARE p AS SELECT set_config('search_path', 'other', false); CREATE TEMP TABLE made AS EXECUTE p | other
                    BEGIN; PREPARE p AS SELECT set_config('search_path', 'other', false); EXECUTE p; ROLLBACK | masked
                    """)
    void theSearchPathIsKnownWhenTheSessionIsIdle(String statements, String secret) throws IOException {
        if (statements.startsWith("BEGIN")) {
            for (String statement : statements.split(";")) {
                client.query(statement);
            }
        } else {
            for (String statement : statements.contains("1/0") ? new String[] {statements} : statements.split(";")) {
                client.query(statement);
            }
        }
        assertThat(client.query("SELECT secret FROM t").get(1).firstValue()).isEqualTo(secret);
    }

    @Test
    void theSearchPathIsFollowedInsideTransactions() throws IOException {
        client.query("BEGIN");
        client.query("SET search_path = other");
        assertThat(client.query("SELECT secret FROM t").get(1).firstValue()).isEqualTo("other");
        client.query("SET LOCAL search_path = public, other");
        assertThat(client.query("SELECT secret FROM t").get(1).firstValue()).isEqualTo("masked");
        client.query("ROLLBACK");
        assertThat(types(client.query("SET TRANSACTION ISOLATION LEVEL SERIALIZABLE")))
                .endsWith("CZ");
    }

    /** A Query would drop it. */
    @Test
    void theUnnamedStatementStaysWhenTheSearchPathIsAskedFor() throws IOException {
        client.answer(
                Frontend.parse("", "SELECT 'first'"),
                Frontend.parse("set", "SET search_path = other"),
                Frontend.bind("", "set"),
                Frontend.execute("", 0));
        assertThat(client.answer(Frontend.bind("", ""), Frontend.execute("", 0))
                        .get(1)
                        .firstValue())
                .isEqualTo("first");
        assertThat(client.query("SELECT secret FROM t").get(1).firstValue()).isEqualTo("other");
        client.send(Frontend.query("SET search_path = public"), Frontend.parse("", "SELECT 'second'"), Frontend.sync());
        client.readUntil('Z');
        client.readUntil('Z');
        assertThat(client.answer(Frontend.bind("", ""), Frontend.execute("", 0))
                        .get(1)
                        .firstValue())
                .isEqualTo("second");
        assertThat(client.query("SELECT secret FROM t").get(1).firstValue()).isEqualTo("masked");
        assertThat(client.query("SELECT count(*) FROM pg_prepared_statements WHERE name <> 'set'")
                        .get(1)
                        .firstValue())
                .isEqualTo("0");
    }

    @Test
    void theSearchPathIsFollowedAsOftenAsAPreparedStatementIsRun() throws IOException {
        client.answer(
                Frontend.parse("other", "SET search_path = other"),
                Frontend.parse("any", "SELECT set_config('search_path', $1, false)"));
        for (int i = 0; i < 2; i++) {
            client.answer(Frontend.bind("", "other"), Frontend.execute("", 0));
            assertThat(client.query("SELECT secret FROM t").get(1).firstValue()).isEqualTo("other");
            client.answer(Frontend.bind("", "any", "public"), Frontend.execute("", 0));
            assertThat(client.query("SELECT secret FROM t").get(1).firstValue()).isEqualTo("masked");
        }
        client.query("BEGIN");
        client.answer(Frontend.bind("", "other"), Frontend.execute("", 0));
        assertThat(client.query("SELECT secret FROM t").get(1).firstValue()).isEqualTo("other");
        client.query("ROLLBACK");
        assertThat(client.query("SELECT secret FROM t").get(1).firstValue()).isEqualTo("masked");
    }

    @Test
    void theSearchPathIsFollowedWhereSqlRunsWhatMessagesHavePrepared() throws IOException {
        client.answer(Frontend.parse("path", "SELECT set_config('search_path', $1, false)"));
        client.query("EXECUTE path ('other')");
        assertThat(client.query("SELECT secret FROM t").get(1).firstValue()).isEqualTo("other");
        client.answer(
                Frontend.parse("run", "EXECUTE path ('public')"), Frontend.bind("", "run"), Frontend.execute("", 0));
        assertThat(client.query("SELECT secret FROM t").get(1).firstValue()).isEqualTo("masked");
        client.query("SET search_path = other");
        client.answer(Frontend.bind("", "run"), Frontend.execute("", 0));
        assertThat(client.query("SELECT secret FROM t").get(1).firstValue()).isEqualTo("masked");
    }

    @Test
    void rolesAndDatabasesHaveSearchPathsOfTheirOwn() throws IOException {
        String setting = "ALTER ROLE analyst IN DATABASE " + proxy.database().name() + " ";
        proxy.database().run(setting + "SET search_path = other");
        try (TestClient later = proxy.login("analyst")) {
            assertThat(later.query("SELECT secret FROM t").get(1).firstValue()).isEqualTo("other");
            later.query("SET search_path = public");
            assertThat(later.query("SELECT secret FROM t").get(1).firstValue()).isEqualTo("masked");
            later.query("DISCARD ALL");
            assertThat(later.query("SELECT secret FROM t").get(1).firstValue()).isEqualTo("other");
        } finally {
            proxy.database().run(setting + "RESET search_path");
        }
    }

    // ---- settings

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SET ROLE postgres",
                "SET LOCAL ROLE postgres",
                "SET SESSION ROLE postgres",
                "SET role = 'postgres'",
                "SET \"role\" TO postgres",
                "RESET ROLE",
                "SET SESSION AUTHORIZATION postgres",
                "SET LOCAL SESSION AUTHORIZATION 'postgres'",
                "RESET SESSION AUTHORIZATION",
                "SET session_authorization = postgres",
                "SELECT set_config('role', 'postgres', false)",
                "SELECT set_config('ROLE', 'postgres', false)",
                "SELECT set_config(concat('ro', 'le'), 'postgres', false)",
                "SELECT pg_catalog.set_config(name, 'postgres', false) FROM pg_settings WHERE name = 'role'",
                "SELECT set_config(E'\\x72ole', 'postgres', false)",
                "SET client_min_messages TO 'debug2'",
                "SET LOCAL client_min_messages = Log",
                "SELECT set_config('client_min_messages', 'debug', false)",
                "SET standard_conforming_strings = off",
                "SET LOCAL standard_conforming_strings TO 'off'",
                "SELECT set_config('standard_conforming_strings', 'off', true)",
                "UPDATE pg_settings SET setting = 'off' WHERE name = 'standard_conforming_strings'",
                "UPDATE pg_catalog.pg_settings AS s SET setting = 'SJIS' WHERE s.name = 'client_encoding'",
                "WITH u AS (UPDATE ONLY (U&\"pg\\005fsettings\") SET setting = 'off' WHERE name ~ 'conforming') SELECT 1",
                "MERGE INTO pg_settings s USING (SELECT 1) x ON s.name ~ 'conforming' WHEN MATCHED THEN UPDATE SET setting = 'off'",
                "DELETE FROM pg_catalog.pg_class",
                "COPY pg_catalog.pg_description FROM STDIN",
                "SET client_encoding = 'SJIS'",
                "SET client_encoding TO big5",
                "SET NAMES 'GBK'",
                "SET NAMES UHC",
                "SET LOCAL client_encoding = GB18030",
                "SELECT set_config('client_encoding', 'JOHAB', false)",
                "SET bauta.anything = 'x'",
                "SET \"bauta.k\" TO 'x'",
                "SET bauta.k.v = 1",
                "SHOW bauta.k",
                "RESET bauta.k",
                "SELECT current_setting('bauta.k')",
                "SELECT current_setting('BAUTA.k', true)",
                "SELECT current_setting('bau' || 'ta.k', true)",
                "SELECT set_config('bauta.k', 'x', false)",
                "ALTER ROLE analyst SET search_path = other",
                "ALTER SYSTEM SET port = 1",
            })
    void settingsThatMatterAreRefused(String statement) throws IOException {
        List<BackendMessage> answer = client.query(statement);
        assertThat(types(answer)).isEqualTo("EZ");
        assertThat(answer.get(0).fields().get('C')).isIn("42501", "0A000");
        client.send(Frontend.parse("", statement), Frontend.bind("", ""), Frontend.execute("", 0), Frontend.sync());
        assertThat(types(client.readUntil('Z'))).isEqualTo("EZ");
        assertThat(client.query("SELECT secret, current_user FROM t").get(1).body())
                .contains("masked")
                .contains("analyst");
    }

    /** What follows is decided before the server tells of the change. */
    @Test
    void theReadingOfConstantsCannotBeChanged() throws IOException {
        assertThat(types(client.query("SET standard_conforming_strings = on"))).isEqualTo("CZ");
        String setting = "ALTER ROLE analyst IN DATABASE " + proxy.database().name() + " ";
        proxy.database().run(setting + "SET standard_conforming_strings = off");
        String peek = "SELECT '\\' || (SELECT secret FROM public.t) --'";
        try (TestClient later = proxy.login("analyst")) {
            for (String set : List.of(
                    "SET standard_conforming_strings = on",
                    "SET LOCAL \"Standard_Conforming_Strings\" TO on",
                    "SET SESSION standard_conforming_strings TO 'on'",
                    "SELECT set_config('standard_conforming_strings', 'on', false)")) {
                later.send(
                        Frontend.parse("", set),
                        Frontend.bind("", ""),
                        Frontend.execute("", 0),
                        Frontend.parse("", peek),
                        Frontend.bind("", ""),
                        Frontend.execute("", 0),
                        Frontend.sync());
                List<BackendMessage> answer = later.readUntil('Z');
                assertThat(types(answer)).as(set).isEqualTo("EZ");
                assertThat(answer.get(0).fields()).as(set).containsEntry('C', "42501");
            }
            assertThat(later.query(peek))
                    .filteredOn(message -> message.type() == 'D')
                    .extracting(BackendMessage::firstValue)
                    .containsExactly("' || (SELECT secret FROM public.t) --");
        } finally {
            proxy.database().run(setting + "RESET standard_conforming_strings");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    client_encoding | SJIS
                    client_encoding | GB18030
                    CLIENT_ENCODING | big5
                    options | -c client_encoding=SJIS
                    options | -c role=postgres
                    options | -crole=postgres
                    options | --session-authorization=postgres
                    options | -c bauta.k=x
                    options | --bauta.k=x
                    options | -c client-min-messages=debug1
                    options | -c standard_conforming_strings=off
                    options | -c allow_system_table_mods=on -c work_mem=1MB
                    options | -c search_path=public,pg_temp_3
                    options | -O
                    options | -f s
                    role | postgres
                    bauta.k | x
                    Bauta.K | x
                    standard_conforming_strings | off
                    search_path | "PG_TEMP_3"
                    replication | true
                    replication | database
                    """)
    void startupParametersThatMatterAreRefused(String name, String value) throws IOException {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("user", "analyst");
        parameters.put("database", proxy.database().name());
        parameters.put(name, value);
        try (TestClient refused = proxy.connect()) {
            refused.send(Frontend.startup(3 << 16, parameters));
            List<BackendMessage> answer = refused.readUntil('\0');
            assertThat(types(answer)).isEqualTo("E\0");
            assertThat(answer.get(0).fields())
                    .containsEntry('S', "FATAL")
                    .satisfies(fields -> assertThat(fields.get('C')).isIn("42501", "22021"));
        }
    }

    // ---- temporary tables

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TEMP TABLE t (secret text)",
                "CREATE TEMP TABLE pg_temp.t (secret text)",
                "CREATE LOCAL TEMPORARY TABLE IF NOT EXISTS \"t\" AS SELECT 1 AS secret",
                "CREATE TEMP TABLE U&\"\\0074\" AS SELECT id, note AS secret FROM clear",
                "SELECT id, note AS secret INTO TEMP t FROM clear",
                "CREATE TEMP TABLE clear AS SELECT 1 AS id, 'mine' AS note; ALTER TABLE pg_temp.clear RENAME TO t",
                "CREATE TEMP TABLE pg_class (oid oid, relname name)",
                "CREATE TEMP VIEW t AS SELECT 1 AS secret",
                "CREATE TEMP SEQUENCE t",
            })
    void temporaryTablesDoNotShadow(String statement) throws IOException {
        client.send(Frontend.parse("s", "SELECT secret FROM t"), Frontend.sync());
        client.readUntil('Z');
        client.query(statement);
        assertThat(client.query("SELECT secret FROM t").get(1).firstValue()).isEqualTo("masked");
        client.send(Frontend.bind("", "s"), Frontend.execute("", 0), Frontend.sync());
        assertThat(client.readUntil('Z').get(1).firstValue()).isEqualTo("masked");
    }

    // ---- the schema changes

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TABLE fresh (secret text); INSERT INTO fresh VALUES ('canary')",
                "CREATE TABLE fresh AS SELECT secret FROM t",
                "SELECT secret INTO fresh FROM t",
                "DO 'BEGIN EXECUTE ''CREATE TABLE fresh AS SELECT secret FROM t''; END'",
                "CREATE TABLE stale (plain text); INSERT INTO stale VALUES ('canary');"
                        + " ALTER TABLE stale RENAME TO fresh; ALTER TABLE fresh RENAME plain TO secret",
                "CREATE VIEW fresh AS SELECT upper(secret) AS secret FROM t",
                "BEGIN; CREATE TABLE fresh AS SELECT secret FROM t; COMMIT",
            })
    void schemaChangesOfRawSessionsAreKnownAtOnce(String ddl) throws IOException {
        try (TestClient raw = proxy.login("postgres")) {
            for (boolean extended : new boolean[] {false, true}) {
                for (String statement : ddl.startsWith("DO") ? List.of(ddl) : List.of(ddl.split("; *"))) {
                    raw.send(
                            extended
                                    ? Frontend.all(
                                            Frontend.parse("", statement),
                                            Frontend.bind("", ""),
                                            Frontend.execute("", 0),
                                            Frontend.sync())
                                    : Frontend.query(statement));
                    assertThat(types(raw.readUntil('Z'))).doesNotContain("E");
                }
                raw.query("GRANT SELECT ON fresh TO analyst");
                List<BackendMessage> answer = client.query("SELECT lower(secret) FROM fresh");
                assertThat(answer).noneMatch(message -> message.body().contains("canary"));
                assertThat(types(answer)).isEqualTo("TDCZ");
                raw.query(ddl.contains("VIEW") ? "DROP VIEW fresh" : "DROP TABLE fresh");
            }
        }
    }

    /** PostgreSQL finds a schema of the search_path from when it exists, and the role may use it. */
    @Test
    void aSchemaThatComesIntoTheSearchPathIsKnownBehindTheNextStatement() throws IOException {
        String ask = "SELECT lower(note) FROM clear LIMIT 1";
        String before = client.query(ask).get(1).firstValue();
        try (TestClient raw = proxy.login("postgres")) {
            raw.query("CREATE SCHEMA analyst");
            raw.query("CREATE VIEW analyst.clear AS SELECT secret AS note FROM t");
            raw.query("GRANT SELECT ON analyst.clear TO analyst");
            raw.query("GRANT USAGE ON SCHEMA analyst TO analyst");
            assertThat(client.query(ask).get(1).firstValue()).isEqualTo(before);
            assertThat(client.query(ask).get(1).firstValue()).isEqualTo("masked");
            raw.query("DROP SCHEMA analyst CASCADE");
            client.query(ask);
            assertThat(client.query(ask).get(1).firstValue()).isEqualTo(before);
        }
    }

    private static String types(List<BackendMessage> messages) {
        StringBuilder types = new StringBuilder();
        messages.forEach(message -> types.append(message.type()));
        return types.toString();
    }
}
