package dev.bauta.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bauta.catalog.CatalogLoader;
import dev.bauta.lexer.LexerSettings;
import dev.bauta.policy.Principal;
import dev.bauta.rulefile.RuleFile;
import dev.bauta.testing.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which writes to tables and views tell of protected values. Of every table, {@code pin} is protected. */
class AllowedWritesTest {
    private static final String TABLES =
            """
            CREATE TABLE plain (id int PRIMARY KEY, note text, pin text UNIQUE);
            CREATE TABLE partial (id int PRIMARY KEY, note text, pin text);
            CREATE UNIQUE INDEX ON partial (pin) WHERE pin <> 'x';
            CREATE TABLE beside (id int PRIMARY KEY, note text, kind text, pin text);
            CREATE UNIQUE INDEX ON beside (kind, coalesce(pin, 'x'));
            CREATE TABLE computed (id int PRIMARY KEY, note text, pin text);
            CREATE UNIQUE INDEX ON computed (coalesce(pin, 'x'));
            CREATE TABLE absent (id int PRIMARY KEY, note text, pin text);
            CREATE UNIQUE INDEX ON absent ((1)) WHERE pin IS NULL;
            CREATE TABLE excluded (id int PRIMARY KEY, note text, pin text, EXCLUDE USING btree (coalesce(pin, 'x') WITH =));
            CREATE TABLE generated (id int PRIMARY KEY, note text, pin text,
              shown text GENERATED ALWAYS AS (coalesce(pin, 'x')) STORED UNIQUE);
            CREATE TABLE nulls (id int PRIMARY KEY, note text, pin text);
            CREATE TABLE parted (id int, note text, pin text) PARTITION BY LIST (id);
            CREATE TABLE parted_nulls PARTITION OF parted DEFAULT;
            DO $$ BEGIN -- PostgreSQL 15 and later know it
              IF current_setting('server_version_num')::int >= 150000 THEN
                EXECUTE 'CREATE UNIQUE INDEX ON nulls (pin) NULLS NOT DISTINCT';
                EXECUTE 'CREATE UNIQUE INDEX ON parted_nulls (pin) NULLS NOT DISTINCT';
              ELSE
                CREATE UNIQUE INDEX ON nulls ((pin IS NULL));
                CREATE UNIQUE INDEX ON parted_nulls ((pin IS NULL));
              END IF;
            END $$;
            CREATE TABLE needed (id int PRIMARY KEY, note text, pin text);
            DO $$ BEGIN -- PostgreSQL 18 and later know it
              IF current_setting('server_version_num')::int >= 180000 THEN
                EXECUTE 'ALTER TABLE needed ADD NOT NULL pin NOT VALID';
              ELSE
                ALTER TABLE needed ADD CHECK (pin IS NOT NULL) NOT VALID;
              END IF;
            END $$;
            CREATE FUNCTION tell() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
            CREATE TABLE comparing (id int PRIMARY KEY, note text, pin text);
            CREATE TRIGGER c BEFORE UPDATE OR DELETE ON comparing FOR EACH ROW EXECUTE FUNCTION tell();
            CREATE TRIGGER p AFTER UPDATE ON comparing FOR EACH ROW
              WHEN (OLD.pin IS DISTINCT FROM NEW.pin OR OLD.* <> NEW.*) EXECUTE FUNCTION tell();
            CREATE TABLE seen (id int PRIMARY KEY, note text, pin text);
            CREATE TRIGGER s AFTER UPDATE ON seen FOR EACH ROW WHEN (OLD.pin <> NEW.note) EXECUTE FUNCTION tell();
            CREATE TABLE redundant (id int PRIMARY KEY, note text, pin text);
            CREATE TRIGGER r BEFORE UPDATE ON redundant FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger();
            CREATE TABLE inserting (id int PRIMARY KEY, note text, pin text);
            CREATE TRIGGER i AFTER INSERT ON inserting FOR EACH ROW WHEN (NEW.pin = 'x') EXECUTE FUNCTION tell();
            CREATE TABLE ruled (id int PRIMARY KEY, note text, pin text);
            CREATE RULE r AS ON UPDATE TO ruled WHERE old.pin = 'x' DO INSTEAD NOTHING;
            CREATE TABLE guarded (id int PRIMARY KEY, note text, pin text);
            CREATE POLICY p ON guarded USING (pin <> 'x');
            CREATE TABLE checked (id int PRIMARY KEY, note text, pin text);
            CREATE POLICY p ON checked USING (true) WITH CHECK (pin <> 'x');
            CREATE TABLE clear (id int PRIMARY KEY, note text);
            CREATE TABLE logged (id int PRIMARY KEY, note text);
            CREATE RULE l AS ON UPDATE TO logged DO ALSO INSERT INTO clear VALUES (old.id);
            CREATE TABLE codes (code int PRIMARY KEY, note text);
            CREATE TABLE coded (id int, pin int REFERENCES codes);
            CREATE TABLE kinds (kind int PRIMARY KEY, note text);
            ALTER TABLE codes ADD kind int REFERENCES kinds ON UPDATE CASCADE;
            CREATE TABLE restricting (kind int REFERENCES kinds);
            CREATE TABLE parents (id int PRIMARY KEY, note text);
            CREATE TABLE children (pin text, CHECK (note <> pin)) INHERITS (parents);
            CREATE TABLE grandchildren (extra text) INHERITS (children);
            CREATE TABLE clear_children (extra text, pin text) INHERITS (clear);
            CREATE TABLE tops (id int, note text);
            CREATE TABLE middles (pin text) INHERITS (tops);
            CREATE TABLE bottoms (CHECK (note <> pin)) INHERITS (middles);
            CREATE TABLE groups (id int PRIMARY KEY, note text);
            CREATE TABLE members (id int, pin text, group_id int REFERENCES groups ON DELETE SET NULL,
              CHECK (group_id IS NOT NULL OR pin <> 'x'));
            CREATE TABLE teams (id int PRIMARY KEY, note text);
            CREATE TABLE players (id int, pin text CHECK (pin <> 'x'), team int REFERENCES teams ON DELETE CASCADE);
            CREATE VIEW parent_list AS SELECT id, note FROM parents;
            CREATE VIEW code_list AS SELECT code AS c, note AS n, kind FROM codes;
            CREATE VIEW code_list_again AS SELECT c AS d, n FROM code_list WHERE c > 0;
            CREATE VIEW code_count AS SELECT count(*) AS n FROM codes;
            CREATE VIEW clear_list AS SELECT id, note FROM clear;
            CREATE VIEW notes AS SELECT id, note FROM plain;
            CREATE VIEW desk AS SELECT 1 AS id;
            CREATE RULE d AS ON INSERT TO desk DO INSTEAD INSERT INTO notes VALUES (new.id);
            CREATE TABLE places (id int, note text, kind text, pin text) PARTITION BY RANGE (kind, pin);
            """;

    private static final String RULES =
            """
            version: 1
            columns: [{match: "public.*.pin", mask: "null"}]
            tables: [{match: "public.*", writes: allowed}]
            """;

    private static Engine engine;

    @BeforeAll
    static void open() throws Exception {
        try (Connection connection = TestDatabase.create(TABLES).connect()) {
            engine = Engine.of(
                    RuleFile.parse(RULES, "rules.yaml", Map.of(), Path.of(".")), CatalogLoader.load(connection));
        }
    }

    private static Decision decide(String sql) {
        Session session = engine.open(new Principal("clerk", "x"), LexerSettings.SERVER);
        session.setSearchPath(List.of("pg_catalog", "public"));
        return session.decide(sql);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO plain (id, note) VALUES (9, 'x')",
                "INSERT INTO partial (id, note) VALUES (9, 'x')",
                "INSERT INTO beside (id, note) VALUES (9, 'x')",
                "UPDATE computed SET note = 'x'",
                "UPDATE absent SET note = 'x'",
                "UPDATE nulls SET note = 'x'",
                "DELETE FROM nulls WHERE id = 9",
                "INSERT INTO places (id, kind, pin) VALUES (9, 'x', 'y')",
                "UPDATE places SET note = 'x'",
                "UPDATE comparing SET note = 'x'",
                "DELETE FROM comparing WHERE id = 9",
                "INSERT INTO seen (id, note) VALUES (9, 'x')",
                "UPDATE redundant SET note = 'x'",
                "UPDATE inserting SET note = 'x'",
                "UPDATE guarded SET note = 'x'",
                "INSERT INTO code_list (c, n) VALUES (9, 'x')",
                "UPDATE code_list_again SET n = 'x' WHERE d = 9",
                "UPDATE kinds SET note = 'x'",
                "INSERT INTO parents VALUES (9, 'x')",
                "DELETE FROM parents",
                "UPDATE groups SET note = 'x'",
                "UPDATE plain SET note = 'x' RETURNING old.note, new.note, plain.note",
                "INSERT INTO plain (id, note) VALUES (9, 'x') RETURNING new.note"
            })
    void passes(String sql) {
        assertThat(decide(sql)).isInstanceOf(Decision.Rewrite.class);
    }

    /** Of nothing protected. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE clear_list SET note = 'x'",
                "UPDATE logged SET note = 'x'",
                "DELETE FROM restricting",
                "DELETE FROM teams",
                "UPDATE clear SET note = 'x'",
                "INSERT INTO clear VALUES (9)",
                "SELECT n FROM code_count"
            })
    void passesByteForByte(String sql) {
        assertThat(decide(sql)).isEqualTo(Decision.Pass.PASS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO plain (id, pin) VALUES (9, 'x')",
                "INSERT INTO beside (id, kind) VALUES (9, 'x')",
                "INSERT INTO computed (id, note) VALUES (9, 'x')",
                "INSERT INTO absent (id, note) VALUES (9, 'x')",
                "INSERT INTO excluded (id, note) VALUES (9, 'x')",
                "INSERT INTO generated (id, note) VALUES (9, 'x')",
                "INSERT INTO nulls (id, note) VALUES (9, 'x')",
                "INSERT INTO nulls DEFAULT VALUES",
                "INSERT INTO parted (id, note) VALUES (9, 'x')",
                "UPDATE nulls SET pin = NULL",
                "UPDATE places SET pin = 'x'",
                "UPDATE places SET kind = 'x'",
                "UPDATE comparing SET pin = 'x'",
                "UPDATE seen SET note = 'x'",
                "DELETE FROM seen WHERE id = 9",
                "UPDATE redundant SET pin = 'x'",
                "UPDATE ruled SET note = 'x'",
                "UPDATE checked SET note = 'x'",
                "UPDATE needed SET note = 'x'",
                "UPDATE code_list_again SET d = 9",
                "DELETE FROM code_list",
                "UPDATE kinds SET kind = 9",
                "UPDATE parents SET note = 'x'",
                "UPDATE tops SET note = 'x'",
                "UPDATE parent_list SET note = 'x'",
                "UPDATE children SET note = 'x'",
                "DELETE FROM groups",
                "UPDATE notes SET note = 'x'",
                "INSERT INTO desk VALUES (9)",
                "UPDATE plain SET note = 'x' RETURNING old.pin",
                "UPDATE plain SET note = 'x' RETURNING old",
                "UPDATE plain SET note = 'x' RETURNING new.*",
                "UPDATE plain SET note = 'x' RETURNING old.to_jsonb",
                "INSERT INTO plain (id, note) VALUES (9, 'x') RETURNING new.to_jsonb",
                "INSERT INTO plain (id, note) VALUES (9, 'x') RETURNING public.new.note"
            })
    void tells(String sql) {
        assertThat(decide(sql)).isInstanceOf(Decision.Refuse.class);
    }
}
