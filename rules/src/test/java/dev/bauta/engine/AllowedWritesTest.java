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

/** Which writes to tables tell of protected values by the keys of these. Of every table, {@code pin} is protected. */
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
                CREATE UNIQUE INDEX ON nulls (pin) NULLS NOT DISTINCT;
                CREATE UNIQUE INDEX ON parted_nulls (pin) NULLS NOT DISTINCT;
              ELSE
                CREATE UNIQUE INDEX ON nulls ((pin IS NULL));
                CREATE UNIQUE INDEX ON parted_nulls ((pin IS NULL));
              END IF;
            END $$;
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
                "UPDATE places SET note = 'x'"
            })
    void passes(String sql) {
        assertThat(decide(sql)).isInstanceOf(Decision.Rewrite.class);
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
                "UPDATE places SET kind = 'x'"
            })
    void tells(String sql) {
        assertThat(decide(sql)).isInstanceOf(Decision.Refuse.class);
    }
}
