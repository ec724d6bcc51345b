package dev.bauta.proxy.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bauta.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that a superuser runs call no function that the owner of a table, schema or database has written. */
class OwnerCodeTest {
    /** What any call of the owner's code ends in. */
    private static final String SPRUNG = "ZZ001";

    private static TestDatabase database;
    private static Path rules;

    @BeforeAll
    static void create(@TempDir Path directory) throws Exception {
        database = TestDatabase.create(
                """
                DO $$ BEGIN CREATE ROLE trap_owner LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$;
                DO $$ BEGIN CREATE ROLE trap_reader LOGIN PASSWORD 'trap_reader'; EXCEPTION WHEN duplicate_object THEN NULL; END $$;
                CREATE SCHEMA evil AUTHORIZATION trap_owner;
                CREATE SCHEMA shop AUTHORIZATION trap_owner;
                SET ROLE trap_owner;
                CREATE FUNCTION evil.sprung() RETURNS bool LANGUAGE plpgsql AS
                    $$ BEGIN RAISE EXCEPTION USING ERRCODE = 'ZZ001', MESSAGE = 'sprung'; END $$;
                DO $$
                DECLARE type text;
                BEGIN
                  FOREACH type IN ARRAY '{regproc,name,oid,text,"\\"char\\"",int2,int4,int8,bool,anyarray}'::text[] LOOP
                    EXECUTE format('CREATE FUNCTION evil.equal(a %1$s, b %1$s) RETURNS bool LANGUAGE sql AS ''SELECT evil.sprung()''', type);
                    EXECUTE format('CREATE OPERATOR evil.= (LEFTARG = %1$s, RIGHTARG = %1$s, FUNCTION = evil.equal)', type);
                    EXECUTE format('CREATE OPERATOR evil.<> (LEFTARG = %1$s, RIGHTARG = %1$s, FUNCTION = evil.equal)', type);
                  END LOOP;
                END $$;
                CREATE TYPE shop.citext AS ENUM ('canary');
                CREATE FUNCTION evil.shown(shop.citext) RETURNS text LANGUAGE plpgsql AS $$ BEGIN PERFORM evil.sprung(); RETURN ''; END $$;
                CREATE CAST (shop.citext AS text) WITH FUNCTION evil.shown(shop.citext);
                CREATE TABLE shop.people (id int PRIMARY KEY, email text);
                INSERT INTO shop.people SELECT g, 'canary' || g || '@example.org' FROM generate_series(1, 50) g;
                CREATE TABLE shop.moods (id int REFERENCES shop.people, email shop.citext, phone text);
                INSERT INTO shop.moods VALUES (1, 'canary', '+49 30 12345678');
                CREATE TABLE shop.guarded (id int REFERENCES shop.people, email text);
                INSERT INTO shop.guarded VALUES (1, 'canary@example.org');
                CREATE POLICY guard ON shop.guarded USING (evil.sprung());
                ALTER TABLE shop.guarded ENABLE ROW LEVEL SECURITY;
                CREATE FUNCTION evil.folded(int) RETURNS int IMMUTABLE LANGUAGE plpgsql AS
                    $$ BEGIN IF session_user = 'postgres' AND current_user <> 'trap_owner' THEN PERFORM evil.sprung(); END IF; RETURN 1; END $$;
                CREATE TABLE shop.indexed (id int, email text);
                CREATE INDEX ON shop.indexed ((id + evil.folded(1)));
                CREATE TABLE shop.partial (id int, email text);
                CREATE INDEX ON shop.partial (id) WHERE evil.folded(1) > 0;
                CREATE TABLE shop.split (id int, email text) PARTITION BY RANGE ((id + evil.folded(1)));
                CREATE TABLE shop.split_1 PARTITION OF shop.split FOR VALUES FROM (0) TO (9);
                CREATE TABLE shop.counted (id int, email text);
                CREATE STATISTICS shop.counts ON (id + evil.folded(1)), email FROM shop.counted;
                CREATE TABLE shop.elder (id int, email text);
                CREATE TABLE shop.younger (CHECK (evil.folded(1) > 0)) INHERITS (shop.elder);
                CREATE VIEW shop.behind AS SELECT id, email FROM shop.guarded;
                GRANT USAGE ON SCHEMA shop, evil TO trap_reader;
                GRANT SELECT ON ALL TABLES IN SCHEMA shop TO trap_reader;
                RESET ROLE;
                """);
        database.run("ALTER DATABASE " + database.name() + " SET search_path = evil, pg_catalog, shop");
        rules = Files.writeString(
                directory.resolve("rules.yaml"),
                """
                version: 1
                roles:
                  - {name: dba, users: postgres, access: raw}
                columns:
                  - {match: ["shop.people.id", "shop.moods.id", "shop.guarded.id"], mask: {type: "null"}}
                  - {match: "shop.moods.email", mask: "null"}
                  - {match: "shop.*.email", mask: email}
                """);
    }

    @AfterAll
    static void drop() {
        database.run("SET search_path = pg_catalog; DROP OWNED BY trap_owner, trap_reader CASCADE");
        database.drop();
    }

    @Test
    void theTrapsAreTraps() {
        for (String sql : List.of(
                "SELECT 1 WHERE 'a'::text = 'b'",
                "SELECT 1 WHERE 'now'::regproc = 'now'::regproc",
                "SELECT email::text FROM shop.moods",
                "SELECT id FROM shop.indexed",
                "SELECT id FROM shop.partial",
                "SELECT id FROM shop.split",
                "SELECT id FROM shop.elder WHERE id > 1")) {
            assertThatThrownBy(() -> database.run(sql)).as(sql).hasStackTraceContaining("sprung");
        }
    }

    @Test
    void discoverReadsWhatIsSafeToRead() throws Exception {
        CommandRun run = run("discover", "--format=json");
        assertThat(run.all()).doesNotContain(SPRUNG);
        JsonNode document = new ObjectMapper().readTree(run.out());
        Map<String, String> unsampled = new TreeMap<>();
        document.get("unsampled")
                .forEach(table -> unsampled.put(
                        table.get("table").asText(), table.get("reason").asText()));
        Map<String, String> expected = new TreeMap<>();
        for (String table : List.of("counted", "elder", "indexed", "moods", "partial", "split")) {
            String function = table.equals("moods") ? "shown" : "folded";
            expected.put("shop." + table, "reading it can call evil." + function + ", whose owner is no superuser");
        }
        assertThat(unsampled).isEqualTo(expected);
        Map<String, String> found = new TreeMap<>();
        document.get("findings")
                .forEach(finding -> found.put(
                        finding.get("table").asText() + "."
                                + finding.get("column").asText(),
                        finding.get("tag").asText()));
        assertThat(found)
                .containsAllEntriesOf(
                        Map.of("guarded.email", "pii.email", "moods.phone", "pii.phone", "people.email", "pii.email"));
    }

    @Test
    void commandsThatReadTheCatalogsCallNothing() throws Exception {
        assertThat(run("explain", "--rules=" + rules, "SELECT * FROM moods").out())
                .contains("email", "from shop.moods.email, mask null");
        assertThat(run("check", "--rules=" + rules).status()).isIn(0, 4);
        assertThat(run("diff", rules.toString(), rules.toString()))
                .isEqualTo(new CommandRun(0, "differences: 0\n", ""));
        assertThat(run("import", "database").status()).isZero();
        assertThat(run("export", "views", "--rules=" + rules, "--format=json").all())
                .doesNotContain(SPRUNG)
                .contains("shop");
    }

    @Test
    void verifyReadsNothingInAnothersPlaceThatCallsTheOwnersCode() throws Exception {
        CommandRun run =
                run("verify", "--rules=" + rules, "--as=trap_reader", "--full", "--no-attacks", "--format=json");
        assertThat(run.all()).doesNotContain(SPRUNG);
        Map<String, String> unread = new TreeMap<>();
        new ObjectMapper().readTree(run.out()).get("checks").forEach(check -> {
            String message = check.get("message").asText();
            if (message.contains("reading it can call")) {
                assertThat(check.get("status").asText()).isEqualTo("failed");
                unread.put(check.get("subject").asText(), message);
            }
        });
        String reason =
                "could not be checked: reading it can call evil.%s, whose owner is no superuser, with a superuser's"
                        + " rights; say where the user's password is with --as-password-from";
        Map<String, String> expected = new TreeMap<>(Map.of(
                "shop.behind", reason.formatted("sprung"),
                "shop.guarded", reason.formatted("sprung"),
                "shop.moods", reason.formatted("shown")));
        for (String table : List.of("counted", "elder", "indexed", "partial", "split", "younger")) {
            expected.put("shop." + table, reason.formatted("folded"));
        }
        assertThat(unread).isEqualTo(expected);
    }

    private static CommandRun run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        int at = arguments.length > 1
                        && !arguments[1].startsWith("-")
                        && List.of("import", "export").contains(arguments[0])
                ? 2
                : 1;
        all.addAll(
                at, List.of("--host=" + database.host(), "--port=" + database.port(), "--database=" + database.name()));
        return CommandRun.of(all.toArray(String[]::new));
    }
}
