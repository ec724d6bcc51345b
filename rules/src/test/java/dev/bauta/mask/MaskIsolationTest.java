package dev.bauta.mask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bauta.lexer.Lexer;
import dev.bauta.lexer.LexerSettings;
import dev.bauta.lexer.Statements;
import dev.bauta.lexer.Tokens;
import dev.bauta.mask.MaskCases.Case;
import dev.bauta.mask.SampleTables.Sample;
import dev.bauta.parser.NotAnalysableException;
import dev.bauta.parser.QueryParser;
import dev.bauta.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Nothing that a client can create or set changes what a mask computes, or shows a key. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MaskIsolationTest {
    private static final long SEED = Long.getLong("bauta.test.seed", System.nanoTime());

    /** Functions that raise an error, named like all that masks call, with the same arguments, and operators that call them. */
    private static final String HOSTILE =
            """
            CREATE SCHEMA hostile;
            DO $do$
            DECLARE f record; o record; n int := 0;
            BEGIN
              FOR f IN SELECT p.proname, p.oid, p.prorettype::regtype AS result,
                         pg_get_function_identity_arguments(p.oid) AS arguments
                       FROM pg_proc p
                       WHERE p.pronamespace = 'pg_catalog'::regnamespace AND p.prokind = 'f' AND NOT p.proretset
                         AND p.proname = ANY ('{left,right,length,char_length,repeat,reverse,strpos,substr,substring,position,overlay,
                           sha256,encode,decode,current_setting,convert_to,trim_scale,translate,replace,format,string_to_array,
                           regexp_replace,ltrim,rpad,round,trunc,mod,div,date_trunc,timezone,
                           text,varchar,bpchar,int2,int4,int8,numeric,float4,float8,date,time,timestamp,timestamptz,
                           interval,bit,name,uuid,jsonb_set,jsonb_typeof,replace,regexp_replace,octet_length,get_byte,
                           jsonb_array_elements,generate_subscripts,
                           floor,point,set_masklen,network,masklen,family,float8send,int4send,width_bucket,date_send,timestamp_send,timestamptz_send,
                           gen_random_uuid,set_bit,abs,regexp_split_to_array}')
                         AND (p.prorettype::regtype || array_to_string(p.proargtypes::regtype[], ','))
                           !~ 'internal|any|cstring|trigger|record'
              LOOP
                EXECUTE format('CREATE FUNCTION hostile.%I(%s) RETURNS %s IMMUTABLE LANGUAGE plpgsql AS $f$
                  BEGIN RAISE EXCEPTION ''captured %s''; END $f$', f.proname, f.arguments, f.result, f.proname);
              END LOOP;
              FOR o IN SELECT oprname, oprleft::regtype AS l, oprright::regtype AS r, oprresult::regtype AS result
                       FROM pg_operator
                       WHERE oprname = ANY ('{||,+,-,*,/,%,=,<>,<,<=,>,>=,~,~~,!~~,!~,->,#>>}') AND oprkind = 'b'
                         AND (oprleft::regtype || ' ' || oprright::regtype || ' ' || oprresult::regtype) !~ 'any|internal'
              LOOP
                n := n + 1;
                EXECUTE format('CREATE FUNCTION hostile.operator_%s(l %s, r %s) RETURNS %s IMMUTABLE LANGUAGE plpgsql AS $f$
                  BEGIN RAISE EXCEPTION ''captured operator''; END $f$', n, o.l, o.r, o.result);
                EXECUTE format('CREATE OPERATOR hostile.%s (LEFTARG = %s, RIGHTARG = %s, FUNCTION = hostile.operator_%s)',
                  o.oprname, o.l, o.r, n);
              END LOOP;
            END $do$;
            CREATE FUNCTION hostile.refuse(value anyelement) RETURNS bool LANGUAGE plpgsql AS
              $$ BEGIN RAISE EXCEPTION 'captured type'; END $$;
            DO $do$
            DECLARE t text;
            BEGIN
              FOREACH t IN ARRAY '{text,varchar,bpchar,int2,int4,int8,numeric,float4,float8,date,time,timestamp,
                timestamptz,interval,bit,name,uuid,bytea,bool,json,jsonb}'::text[]
              LOOP
                EXECUTE format('CREATE DOMAIN hostile.%I AS pg_catalog.%I CHECK (hostile.refuse(VALUE))', t, t);
              END LOOP;
            END $do$;
            """;

    /** What a client may set, at its most unusual. */
    private static final String SETTINGS =
            """
            SET search_path = hostile, pg_catalog, public;
            SET DateStyle = 'SQL, DMY';
            SET IntervalStyle = 'sql_standard';
            SET TimeZone = 'Asia/Kathmandu';
            SET timezone_abbreviations = 'India';
            SET bytea_output = 'escape';
            SET extra_float_digits = -15;
            SET standard_conforming_strings = off;
            SET backslash_quote = off;
            SET lc_messages = 'C';
            SET lc_monetary = 'C';
            SET lc_numeric = 'C';
            SET lc_time = 'C';
            SET transform_null_equals = on;
            SET quote_all_identifiers = on;
            SET xmlbinary = 'hex';
            SET default_text_search_config = 'pg_catalog.simple';
            SET array_nulls = off;
            """;

    /** For two values, in the planner's unit; JSON arrays in arrays come near it. */
    private static final double MOST_COST = 2_000;

    private static final Set<String> KEY_WORDS = Set.of(
            "CASE",
            "WHEN",
            "THEN",
            "ELSE",
            "END",
            "AND",
            "OR",
            "IS",
            "NOT",
            "NULL",
            "TRUE",
            "GREATEST",
            "LEAST",
            "COLLATE",
            "VARIADIC",
            "COALESCE",
            "ARRAY",
            "SELECT",
            "FROM",
            "WHERE",
            "WITH",
            "ORDINALITY",
            "ORDER",
            "BY",
            "AS",
            "EXISTS",
            "ROWS",
            "OVER",
            "BETWEEN",
            "CURRENT",
            "ROW",
            "FOLLOWING",
            "OFFSET",
            "LIMIT");

    private final KeyRing keys = KeyRing.of("another key of thirty-two bytes!".getBytes(StandardCharsets.UTF_8));
    private List<Case> cases = List.of();
    private SampleTables tables;

    @BeforeAll
    void createTables() throws Exception {
        System.out.println("MaskIsolationTest: -Dbauta.test.seed=" + SEED);
        cases = MaskCases.all(keys);
        tables = SampleTables.create(keys, SEED);
        tables.database().run(HOSTILE);
    }

    @Test
    void theHostileObjectsCaptureWhatIsNotQualified() throws Exception {
        try (Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET search_path = hostile, pg_catalog");
            for (String captured :
                    List.of("left('a'::pg_catalog.text, 1)", "1 + 1", "'a'::text", "'a' || 'b'", "1 = 1")) {
                assertThatThrownBy(() -> statement.execute("SELECT " + captured))
                        .as(captured)
                        .isInstanceOf(SQLException.class)
                        .hasMessageContaining("captured");
            }
        }
    }

    /**
     * One text for each, as settings go back to what the driver expects before the server reports them. PostgreSQL 13 reports each at once, and the
     * driver ends a session whose dates do not begin with the year: there only the order of their fields is another.
     */
    @Test
    void neitherHostileObjectsNorSettingsChangeTheResult() throws Exception {
        List<String> differences = new ArrayList<>();
        String settings =
                TestDatabase.serverVersion() < 140000 ? SETTINGS.replace("'SQL, DMY'", "'ISO, DMY'") : SETTINGS;
        try (Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            for (Case mask : cases) {
                for (Sample sample : tables.samples()) {
                    if (mask.fits(sample) && mask.isDeterministic()) {
                        String sql = mask.sql(sample);
                        try {
                            statement.execute(settings + "CREATE TEMP TABLE masked AS SELECT id, v, " + sql
                                    + " AS m FROM " + sample.table() + " AS r; RESET ALL");
                            compare(mask, sample, statement, differences);
                            statement.execute("DROP TABLE pg_temp.masked");
                        } catch (SQLException e) {
                            differences.add(mask + " on " + sample + ": " + e.getMessage() + " in " + sql);
                        }
                    }
                }
            }
        }
        assertThat(differences).isEmpty();
    }

    private static void compare(Case mask, Sample sample, Statement statement, List<String> differences)
            throws SQLException {
        try (ResultSet result =
                statement.executeQuery("SELECT v, " + mask.sql(sample) + ", id, m FROM pg_temp.masked AS r")) {
            while (result.next()) {
                Object expected = mask.value(result, sample);
                boolean same = sample.type().is("point")
                        ? String.valueOf(sample.read(result, 4)).equals(String.valueOf(expected))
                        : Objects.deepEquals(sample.read(result, 4), expected);
                if (!same) {
                    differences.add("%s of %s '%s': %s instead of %s"
                            .formatted(mask, sample, result.getString(1), result.getString(4), expected));
                    return;
                }
            }
        }
    }

    /** Whatever is left of an SQL form without qualified names, constants and key words is a name that a client can redefine. */
    @Test
    void theSqlFormsHoldNoNameThatIsNotQualified() {
        Set<String> left = new TreeSet<>();
        Pattern word = Pattern.compile("[A-Za-z_]\\w*|[-+*/<>=~!@#%^&|`?]+");
        for (Case mask : cases) {
            for (Sample sample : tables.samples()) {
                if (mask.fits(sample)) {
                    String rest = mask.sql(sample)
                            .replaceAll("\\b(?:r|e\\d?|c\\d)\\.\\w+", "")
                            .replaceAll("AS (?:e\\d?|c\\d)\\(\\w+(?:, \\w+)*\\)", "")
                            .replaceAll("E'(?:[^'\\\\]++|\\\\.|'')*'|'(?:[^'\\\\]++|'')*'", "")
                            .replace("::" + sample.type().sql(), "")
                            .replace("::" + sample.type().sql().replace("[]", ""), "")
                            .replaceAll("::bit\\((?:60|48)\\)", "")
                            .replace("COLLATE pg_catalog.\"C\"", "")
                            .replace("COLLATE pg_catalog.\"default\"", "")
                            .replaceAll("OPERATOR\\(pg_catalog\\.[^ )]+\\)", "")
                            .replaceAll("pg_catalog\\.(?:\\w+|\"left\")", "")
                            .replaceAll("\\(-\\d+\\)", "");
                    word.matcher(rest).results().map(found -> found.group()).forEach(left::add);
                }
            }
        }
        left.removeAll(KEY_WORDS);
        assertThat(left).isEmpty();
    }

    /** What was rewritten is read again before it is sent. */
    @Test
    void ourOwnParserReadsTheSqlForms() throws Exception {
        Map<String, String> unread = new TreeMap<>();
        for (Case mask : cases) {
            for (Sample sample : tables.samples()) {
                if (mask.fits(sample)) {
                    String sql = "SELECT t FROM (SELECT " + mask.sql(sample) + " AS v FROM s0 AS r) AS t";
                    Tokens tokens = Lexer.lex(sql, LexerSettings.SERVER);
                    try {
                        QueryParser.parse(tokens, Statements.split(tokens).get(0));
                    } catch (NotAnalysableException e) {
                        unread.put(mask + " on " + sample, e.getMessage() + " in " + sql);
                    }
                }
            }
        }
        assertThat(unread).isEmpty();
    }

    @Test
    void thePlanShowsNoKey() throws Exception {
        try (Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            Sample sample = tables.sample("text");
            Mask hash = MaskCases.mask("hash", "{domain: customers}", keys);
            StringBuilder plan = new StringBuilder();
            String sql = hash.sql("v", sample.type());
            try (ResultSet result = statement.executeQuery("EXPLAIN (VERBOSE, ANALYZE, TIMING off, COSTS off) SELECT "
                    + sql + " FROM " + sample.table() + " WHERE " + sql + " = 'x'")) {
                while (result.next()) {
                    plan.append(result.getString(1));
                }
            }
            assertThat(plan.toString()).contains("current_setting('bauta.inner_customers'::text)");
            assertThat(keys.sessionSettings().values())
                    .allSatisfy(key -> assertThat(plan.toString()).doesNotContain(key.substring(0, 16)));
        }
    }

    @Test
    void aSessionWithoutKeysGetsAnErrorAndNoHash() throws Exception {
        Sample sample = tables.sample("text");
        Mask hash = MaskCases.mask("hash", "{}", keys);
        try (Connection connection = tables.database().connect();
                Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.executeQuery(
                            "SELECT " + hash.sql("v", sample.type()) + " FROM " + sample.table()))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42704"));
        }
    }

    @Test
    void theMaskedRelationIsPulledUpSoThatIndexesOfClearColumnsAreUsed() throws Exception {
        try (Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET enable_seqscan = off");
            for (Case mask : cases) {
                for (Sample sample : tables.samples()) {
                    if (mask.fits(sample) && mask.isDeterministic()) {
                        String sql = "EXPLAIN (COSTS off) SELECT * FROM (SELECT id, "
                                + mask.sql(sample) + " AS v FROM " + sample.table()
                                + " AS r) AS t WHERE id = 7";
                        assertThat(lines(statement, sql).get(0))
                                .as("%s on %s", mask, sample)
                                .matches("Index (Only )?Scan using s\\d+_pkey on s\\d+ r");
                    }
                }
            }
        }
    }

    /**
     * From an expected cost of 100,000 on PostgreSQL compiles a query, which takes up to seconds. The keys are there, as the planner computes what
     * it can.
     */
    @Test
    void noMaskIsTakenForSoCostlyThatAFewValuesAreCompiled() throws Exception {
        Pattern cost = Pattern.compile("cost=[0-9.]+\\.\\.([0-9.]+) ");
        Map<String, Double> costly = new TreeMap<>();
        try (Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            for (Case mask : cases) {
                for (Sample sample : tables.samples()) {
                    if (mask.fits(sample)) {
                        String sql = "EXPLAIN SELECT " + mask.sql(sample) + " FROM (VALUES (1, NULL::"
                                + sample.type().sql() + "), (2, NULL)) AS r(id, v)";
                        Matcher found = cost.matcher(lines(statement, sql).get(0));
                        assertThat(found.find()).isTrue();
                        double most = Double.parseDouble(found.group(1));
                        if (most > MOST_COST) {
                            costly.put(mask + " on " + sample, most);
                        }
                    }
                }
            }
        }
        assertThat(costly).isEmpty();
    }

    private static List<String> lines(Statement statement, String sql) throws SQLException {
        List<String> lines = new ArrayList<>();
        try (ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                lines.add(result.getString(1));
            }
        }
        return lines;
    }
}
