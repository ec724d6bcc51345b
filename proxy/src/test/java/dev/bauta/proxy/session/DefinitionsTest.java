package dev.bauta.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.bauta.proxy.testing.EngineUnderTest;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Definitions of protected relations hold values of protected columns, and show nowhere. */
class DefinitionsTest {
    private static final String RULES =
            """
            version: 1
            roles: [{name: dba, users: [postgres], access: raw}]
            columns:
              - {match: [public.people.secret, public.visits.secret], mask: "null"}
            """;

    private static EngineUnderTest proxy;

    @BeforeAll
    static void start() throws Exception {
        proxy = EngineUnderTest.start(
                """
                CREATE TABLE people (
                    id serial PRIMARY KEY,
                    told timestamptz DEFAULT now(),
                    secret text DEFAULT 'canary-1' CONSTRAINT known CHECK (secret <> 'canary-2'),
                    again text GENERATED ALWAYS AS (secret || 'canary-3') STORED,
                    EXCLUDE USING btree (secret WITH =) WHERE (secret = 'canary-4')
                );
                INSERT INTO people (id, secret) VALUES (1, 'canary-0');
                ALTER TABLE people ADD COLUMN late text DEFAULT 'canary-5';
                CREATE INDEX partial ON people (id) WHERE secret > 'canary-6';
                CREATE INDEX computed ON people ((secret || 'canary-7'));
                CREATE INDEX plain ON people (secret, id);
                CREATE STATISTICS stats ON (secret || 'canary-8'), id FROM people;
                CREATE VIEW filtered AS SELECT id FROM people WHERE secret = 'canary-9';
                CREATE VIEW over_filtered AS SELECT id FROM filtered;
                GRANT SELECT ON filtered, over_filtered TO analyst;
                CREATE MATERIALIZED VIEW kept AS SELECT id FROM people WHERE secret = 'canary-10';
                CREATE RULE deny AS ON DELETE TO people WHERE old.secret = 'canary-11' DO INSTEAD NOTHING;
                CREATE FUNCTION nothing() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
                CREATE TRIGGER fired BEFORE UPDATE ON people FOR EACH ROW
                    WHEN (old.secret = 'canary-12') EXECUTE FUNCTION nothing('canary-13');
                CREATE POLICY seen ON people USING (secret <> 'canary-14') WITH CHECK (secret <> 'canary-15');
                COMMENT ON COLUMN people.secret IS 'such as canary-16';
                COMMENT ON TABLE people IS 'with canary-17';
                COMMENT ON TRIGGER fired ON people IS 'canary-21';
                COMMENT ON CONSTRAINT known ON people IS 'canary-22';
                COMMENT ON INDEX partial IS 'canary-23';
                COMMENT ON INDEX people_pkey IS 'canary-27';
                COMMENT ON POLICY seen ON people IS 'canary-24';
                COMMENT ON RULE deny ON people IS 'canary-25';
                COMMENT ON STATISTICS stats IS 'canary-26';
                ALTER TABLE people OWNER TO analyst;
                ALTER TABLE kept OWNER TO analyst;
                ALTER TABLE filtered OWNER TO analyst;
                CREATE TABLE visits (secret text, at int) PARTITION BY LIST ((secret || 'canary-18'));
                CREATE TABLE visits_1 PARTITION OF visits FOR VALUES IN ('canary-19');
                CREATE PUBLICATION published FOR TABLE people WHERE (secret = 'canary-20');
                CREATE TABLE clear (id int PRIMARY KEY CHECK (id > 4711), note text DEFAULT 'shown');
                CREATE INDEX shown ON clear (id) WHERE note = 'shown';
                COMMENT ON TABLE clear IS 'shown';
                COMMENT ON INDEX shown IS 'shown too';
                CREATE VIEW clear_view AS SELECT id FROM clear WHERE note = 'shown'
                """,
                RULES);
    }

    @AfterAll
    static void stop() {
        proxy.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT pg_get_expr(adbin, adrelid), adbin::text FROM pg_attrdef",
                "SELECT * FROM pg_attrdef",
                "SELECT a::text, row_to_json(a) FROM pg_attrdef a",
                "SELECT pg_get_expr((a).adbin, 0) FROM pg_catalog.pg_attrdef a",
                "SELECT attmissingval, attname FROM pg_attribute",
                "SELECT * FROM pg_attribute",
                "SELECT pg_get_expr(relpartbound, oid), * FROM pg_class",
                "SELECT * FROM pg_constraint",
                "SELECT pg_get_expr(conbin, conrelid), pg_get_constraintdef(oid) FROM pg_constraint",
                "SELECT pg_get_constraintdef(c.oid, true) FROM (SELECT oid FROM pg_constraint) c",
                "SELECT pg_get_constraintdef(pg_get_constraintdef(o)::oid) FROM (SELECT NULL::oid) x(o)",
                "SELECT array_agg(pg_catalog.pg_get_constraintdef(oid)) FROM pg_constraint GROUP BY conrelid",
                "SELECT pg_get_expr(indexprs, indrelid), pg_get_expr(indpred, indrelid) FROM pg_index",
                "SELECT pg_get_indexdef(indexrelid), pg_get_indexdef(indexrelid, 1, true) FROM pg_index",
                "SELECT pg_get_partkeydef(oid), pg_get_partition_constraintdef(oid) FROM pg_class",
                "SELECT pg_get_partkeydef('visits'::regclass), pg_get_partkeydef('visits')",
                "SELECT pg_get_viewdef('filtered'), pg_get_viewdef('filtered'::regclass, true)",
                "SELECT pg_get_viewdef(oid) FROM pg_class WHERE relkind IN ('v', 'm')",
                "SELECT * FROM pg_get_viewdef('kept'::regclass)",
                "SELECT pg_get_ruledef(oid), pg_get_ruledef(oid, true) FROM pg_rewrite",
                "SELECT ev_qual::text, ev_action FROM pg_rewrite",
                "SELECT * FROM pg_rules",
                "SELECT pg_get_triggerdef(oid), tgargs, tgargs::text, encode(tgargs, 'escape') FROM pg_trigger",
                "SELECT * FROM pg_trigger",
                "SELECT pg_get_statisticsobjdef(oid), pg_get_statisticsobjdef_expressions(oid) FROM pg_statistic_ext",
                "SELECT * FROM pg_statistic_ext",
                "SELECT pg_get_expr(polqual, polrelid), polwithcheck FROM pg_policy",
                "SELECT * FROM pg_policies",
                "SELECT * FROM pg_views WHERE schemaname = 'public'",
                "SELECT * FROM pg_matviews",
                "SELECT * FROM pg_indexes",
                "SELECT * FROM pg_publication_rel",
                "SELECT * FROM pg_publication_tables",
                "SELECT * FROM pg_description",
                "SELECT obj_description(oid, 'pg_class'), obj_description(oid) FROM pg_class",
                "SELECT obj_description(oid, 'pg_trigger'), obj_description(oid) FROM pg_trigger",
                "SELECT obj_description(oid, 'pg_constraint') FROM pg_constraint",
                "SELECT obj_description(indexrelid, 'pg_class') FROM pg_index",
                "SELECT \"pg_catalog\".obj_description(oid, 'pg_policy') FROM pg_policy",
                "SELECT obj_description(oid, 'pg_statistic_ext') FROM pg_statistic_ext",
                "SELECT \"pg_catalog\".pg_get_viewdef('filtered')",
                "SELECT col_description(attrelid, attnum) FROM pg_attribute",
                "SELECT * FROM information_schema.columns",
                "SELECT * FROM information_schema.check_constraints",
                "SELECT * FROM information_schema.views",
                "SELECT * FROM information_schema.triggers",
                "TABLE pg_catalog.pg_partitioned_table",
                "CREATE TEMP TABLE copied AS SELECT * FROM pg_indexes; SELECT * FROM copied",
                "WITH w AS (SELECT * FROM pg_index) SELECT pg_get_expr(indpred, indrelid) FROM w",
                "DECLARE c CURSOR WITH HOLD FOR SELECT * FROM pg_views; FETCH ALL FROM c",
            })
    void noDefinitionShows(String sql) throws SQLException {
        try (Connection connection = proxy.connect("analyst", "?preferQueryMode=simple")) {
            List<String> rows = rows(connection, sql);
            assertThat(rows).isNotEmpty();
            assertThat(String.join("\n", rows)).doesNotContain("canary").doesNotContain(hex("canary"));
        }
    }

    @Test
    void theyShowWithoutBauta() throws SQLException {
        String union = String.join(
                " UNION ALL ",
                "SELECT pg_get_expr(adbin, adrelid) FROM pg_attrdef",
                "SELECT attmissingval::text FROM pg_attribute",
                "SELECT pg_get_expr(relpartbound, oid) FROM pg_class",
                "SELECT pg_get_partkeydef(oid) FROM pg_class WHERE relkind = 'p'",
                "SELECT pg_get_constraintdef(oid) FROM pg_constraint",
                "SELECT pg_get_indexdef(indexrelid) FROM pg_index",
                "SELECT pg_get_viewdef(oid) FROM pg_class WHERE relkind IN ('v', 'm')",
                "SELECT definition FROM pg_rules",
                "SELECT pg_get_triggerdef(oid) FROM pg_trigger",
                "SELECT pg_get_statisticsobjdef_expressions(oid)::text FROM pg_statistic_ext",
                "SELECT qual || with_check FROM pg_policies",
                "SELECT rowfilter FROM pg_publication_tables",
                "SELECT description FROM pg_description");
        try (Connection direct = proxy.database().connect("analyst");
                Connection connection = proxy.connect("analyst", "")) {
            String shown = String.join("\n", rows(direct, union));
            for (int i = 1; i <= 26; i++) {
                assertThat(shown).contains("canary-" + i);
            }
            assertThat(String.join("\n", rows(connection, union))).doesNotContain("canary");
        }
    }

    private static String hex(String text) {
        return java.util.HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE contype IN ('p', 'f', 'u')",
                "SELECT pg_get_indexdef('plain'::regclass), pg_get_indexdef('plain'::regclass, 1, true)",
                "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = 'clear'::regclass",
                "SELECT pg_get_expr(adbin, adrelid) FROM pg_attrdef WHERE adrelid = 'clear'::regclass",
                "SELECT adnum, pg_get_expr(adbin, adrelid) FROM pg_attrdef WHERE adrelid = 'people'::regclass AND adnum < 3",
                "SELECT column_name, column_default FROM information_schema.columns "
                        + "WHERE table_name = 'people' AND column_name IN ('id', 'told')",
                "SELECT pg_get_indexdef(indexrelid) FROM pg_index WHERE indrelid = 'clear'::regclass",
                "SELECT pg_get_viewdef('clear_view'::regclass), pg_get_viewdef('clear_view', true)",
                "SELECT obj_description('clear'::regclass, 'pg_class'), obj_description('shown'::regclass)",
                "SELECT description FROM pg_description WHERE objoid = 'shown'::regclass",
                "SELECT definition FROM pg_views WHERE viewname = 'clear_view'",
                "SELECT relname, count(*) FROM pg_class GROUP BY oid, relname, relkind HAVING relname = 'people'",
                "SELECT c.relname, a.* FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid "
                        + "WHERE c.relname = 'clear' ORDER BY 1, a.attnum",
            })
    void otherDefinitionsShow(String sql) throws SQLException {
        try (Connection connection = proxy.connect("analyst", "?preferQueryMode=simple");
                Connection direct = proxy.database().connect("analyst")) {
            assertThat(rows(connection, sql)).isEqualTo(rows(direct, sql)).isNotEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "EXPLAIN SELECT * FROM filtered",
                "EXPLAIN (VERBOSE, FORMAT JSON) SELECT * FROM over_filtered",
                "EXPLAIN ANALYZE CREATE TEMP TABLE x AS SELECT id FROM public.filtered",
                "PREPARE q AS SELECT * FROM over_filtered; EXPLAIN EXECUTE q",
            })
    void plansDoNotShowDefinitions(String sql) throws SQLException {
        try (Connection connection = proxy.connect("analyst", "?preferQueryMode=simple")) {
            assertThatThrownBy(() -> rows(connection, sql))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"))
                    .hasMessageNotContaining("canary");
            assertThat(rows(connection, "SELECT id FROM over_filtered")).isEmpty();
            for (String format : List.of("TEXT", "JSON", "XML", "YAML")) {
                String explain = "EXPLAIN (VERBOSE, COSTS OFF, FORMAT " + format + ") SELECT * FROM people";
                assertThat(String.join("", rows(connection, explain)))
                        .contains("NULL::text")
                        .doesNotContain("canary");
            }
        }
    }

    @Test
    void theDriversMetadataWorks() throws SQLException {
        try (Connection connection = proxy.connect("analyst", "");
                Connection direct = proxy.database().connect("analyst")) {
            assertThat(columns(direct.getMetaData())).contains("secret 'canary-1'::text", "note 'shown'::text");
            assertThat(columns(connection.getMetaData())).contains("secret null", "note 'shown'::text");
            assertThat(indexes(connection.getMetaData())).contains("plain secret", "plain id", "people_pkey id");
        }
    }

    private static List<String> columns(DatabaseMetaData metaData) throws SQLException {
        List<String> columns = new ArrayList<>();
        try (ResultSet result = metaData.getColumns(null, "public", "%", "%")) {
            while (result.next()) {
                columns.add(result.getString("COLUMN_NAME") + " " + result.getString("COLUMN_DEF"));
            }
        }
        return columns;
    }

    private static List<String> indexes(DatabaseMetaData metaData) throws SQLException {
        List<String> indexes = new ArrayList<>();
        try (ResultSet result = metaData.getIndexInfo(null, "public", "people", false, false)) {
            while (result.next()) {
                indexes.add(result.getString("INDEX_NAME") + " " + result.getString("COLUMN_NAME"));
            }
        }
        return indexes;
    }

    @Test
    void psqlDescribesEveryRelation() throws Exception {
        assumeTrue(Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> new File(folder, "psql").canExecute()));
        StringBuilder commands =
                new StringBuilder("\\d\n\\d+\n\\dt+\n\\di+\n\\dv+\n\\dm+\n\\df\n\\dn+\n\\dd\n\\dX\n\\l\n");
        for (String relation : new TreeSet<>(
                List.of("people", "visits", "visits_1", "clear", "filtered", "kept", "clear_view", "partial"))) {
            commands.append("\\d ")
                    .append(relation)
                    .append("\n\\d+ ")
                    .append(relation)
                    .append('\n');
        }
        String shown = psql(commands.toString());
        assertThat(shown).doesNotContain("canary").doesNotContain("ERROR").contains("Table \"public.people\"");
        assertThat(shown).contains("'shown'::text").contains("\"plain\" btree (secret, id)");
    }

    private static String psql(String commands) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                "psql", "-X", "-h", "127.0.0.1", "-p", Integer.toString(proxy.port()), "-U", "analyst");
        builder.environment().put("PGPASSWORD", "analyst");
        builder.environment().put("PGDATABASE", proxy.database().name());
        Process process = builder.redirectErrorStream(true).start();
        process.getOutputStream().write(commands.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return output;
    }

    private static List<String> rows(Connection connection, String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            boolean result = statement.execute(sql);
            while (result || statement.getUpdateCount() >= 0) {
                if (result) {
                    addRows(statement.getResultSet(), rows);
                }
                result = statement.getMoreResults();
            }
        }
        return rows;
    }

    private static void addRows(ResultSet result, List<String> rows) throws SQLException {
        while (result.next()) {
            StringBuilder row = new StringBuilder();
            for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                row.append(result.getString(i)).append('|');
            }
            rows.add(row.toString());
        }
    }
}
