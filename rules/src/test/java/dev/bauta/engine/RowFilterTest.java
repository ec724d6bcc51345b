package dev.bauta.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bauta.catalog.CatalogLoader;
import dev.bauta.lexer.LexerSettings;
import dev.bauta.policy.Principal;
import dev.bauta.rulefile.RuleFile;
import dev.bauta.testing.TestDatabase;
import dev.bauta.yaml.InvalidFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing that a client writes is evaluated on rows that a row filter hides, however cheap it is and whatever index would serve it. */
class RowFilterTest {
    private static final String CATALOG =
            """
            CREATE TYPE mood AS ENUM ('good', 'bad');
            CREATE TABLE deals (id int PRIMARY KEY, region text, amount int, mood mood, owner text);
            INSERT INTO deals SELECT i, CASE WHEN i % 10 = 0 THEN 'EU' ELSE 'US' END, i, 'good', 'postgres'
              FROM generate_series(1, 1000) i;
            CREATE INDEX ON deals (amount);
            CREATE INDEX ON deals (region);
            CREATE TABLE other (id int);
            INSERT INTO other VALUES (7), (10);
            ANALYZE;
            CREATE FUNCTION tell(int) RETURNS boolean LANGUAGE plpgsql COST 0.0001 AS
              $$ BEGIN RAISE NOTICE 'saw %', $1; RETURN true; END $$;
            CREATE FUNCTION tell2(int, int) RETURNS boolean LANGUAGE plpgsql COST 0.0001 AS
              $$ BEGIN RAISE NOTICE 'saw %', $1; RETURN true; END $$;
            CREATE OPERATOR <<< (LEFTARG = int, RIGHTARG = int, FUNCTION = tell2);
            CREATE FUNCTION always(text, text) RETURNS boolean LANGUAGE sql AS 'SELECT true';
            CREATE OPERATOR = (LEFTARG = text, RIGHTARG = text, FUNCTION = always);
            CREATE VIEW counted AS SELECT count(*) AS n FROM deals;
            CREATE VIEW regional AS SELECT id, region FROM deals;
            CREATE TABLE parted (id int, region text) PARTITION BY LIST (id);
            CREATE TABLE parted_1 PARTITION OF parted FOR VALUES IN (1);
            CREATE TABLE lone (id int, region text) PARTITION BY LIST (id);
            CREATE TABLE lone_1 PARTITION OF lone FOR VALUES IN (1);
            INSERT INTO parted VALUES (1, 'US');
            CREATE DOMAIN shout AS text;
            CREATE EXTENSION citext;
            CREATE TABLE mixed (region citext);
            CREATE TABLE sheets (id int, at timestamptz, day date, ratio float8, note text, cash money, pay interval, blob bytea);
            INSERT INTO sheets VALUES
              (1, '2025-12-31 23:59Z', '2025-12-31', 1.5, '1', 5, '2 days'), (2, '2026-01-01 00:00Z', '2026-01-01', 2.5, 'x', 7, '9 days');
            """;

    private static final String RULES =
            """
            version: 1
            columns: []
            tables:
              - {match: public.regional, rows: "region = 'EU'"}
              - {match: [public.deals, public.parted, public.lone_1, public.mixed], rows: "region = 'EU'"}
              - {match: public.other, rows: "nothing = 1"}
            functions: {allow: [public.tell, public.tell2, public.always]}
            """;

    private static TestDatabase database;
    private static Engine engine;

    @BeforeAll
    static void open() throws Exception {
        database = TestDatabase.create(CATALOG);
        try (Connection connection = database.connect()) {
            engine = Engine.of(
                    RuleFile.parse(RULES, "rules.yaml", Map.of(), Path.of(".")), CatalogLoader.load(connection));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT count(*) FROM deals WHERE tell(amount)",
                "SELECT count(*) FROM deals WHERE amount <<< 5",
                "SELECT count(*) FROM deals WHERE tell(amount) AND amount BETWEEN 1 AND 1000",
                "SELECT count(*) FROM deals WHERE amount > 0 AND (tell(amount) OR region = 'US')",
                "SELECT count(*) FROM deals d JOIN generate_series(1, 1000) g ON g = d.amount AND tell(d.amount)",
                "SELECT count(*) FROM generate_series(1, 1000) g, LATERAL (SELECT 1 FROM deals d WHERE d.amount = g AND tell(d.amount)) x",
                "SELECT count(*) FROM generate_series(1, 1000) g WHERE EXISTS (SELECT FROM deals d WHERE d.amount = g AND tell(d.amount))",
                "SELECT count(*) FROM (SELECT * FROM deals) d WHERE tell(amount)",
                "WITH d AS (SELECT * FROM deals) SELECT count(*) FROM d WHERE tell(amount)",
                "SELECT sum((tell(amount))::int) FROM deals",
                "SELECT count(*) FILTER (WHERE tell(amount)) FROM deals",
                "SELECT count(*) FROM deals TABLESAMPLE system (100) WHERE tell(amount)",
                "SELECT count(*) FROM (SELECT tell(amount) FROM deals GROUP BY amount HAVING tell(amount)) x"
            })
    void showsNoHiddenRowToFunctionsOfTheClient(String sql) throws SQLException {
        List<String> notices = new ArrayList<>();
        run(sql, notices);
        assertThat(notices).isNotEmpty().allMatch(notice -> notice.matches("saw [0-9]*0"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "SELECT count(*) FROM deals WHERE 1 / (amount - 777) < 2 | 100",
                "SELECT count(*) FROM deals WHERE amount < 20 AND (CASE WHEN amount = 7 THEN 'x' ELSE amount::text END)::int > 0 | 1",
                "SELECT count(*) FROM deals WHERE amount = 777 AND 1 / (amount - 777) = 0 | 0",
                "SELECT count(*) FROM deals WHERE region OPERATOR(pg_catalog.=) 'US' | 0",
                "SELECT max(amount) FROM deals | 1000",
                "SELECT count(*) FROM parted_1 | 0",
                "SELECT count(*) FROM regional | 100"
            })
    void raisesNoErrorOnAHiddenRow(String sql, String answer) throws SQLException {
        assertThat(run(sql, new ArrayList<>())).containsExactly(answer);
    }

    /** Another operator of the same name comes first on the search_path. */
    @Test
    void meansPostgresqlsOperatorWhateverTheSearchPath() throws SQLException {
        assertThat(run("SELECT count(*) FROM public.deals", new ArrayList<>(), "public, pg_catalog"))
                .containsExactly("100");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "SELECT n FROM counted | relation public.counted is not readable in a masked session: the view reads a table of which not all rows are shown",
                "SELECT id FROM lone | relation public.lone is not readable in a masked session: rows of one of its partitions or child tables are filtered and its own are not",
                "SELECT id FROM other | relation public.other is not readable in a masked session: the row filter of rules.yaml:6:5 reads a column nothing, which it does not have",
                "SELECT region FROM mixed | relation public.mixed is not readable in a masked session: the row filter of rules.yaml:5:5 reads the column region of type public.citext, whose operators are not PostgreSQL's own"
            })
    void refusesWhatItCannotFilter(String sql, String message) {
        assertThat(decide(sql)).isEqualTo("refused: " + message);
    }

    /** Time zone, style of dates and the like are the client's to set. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "at < '2026-01-01' | 1",
                "at::date = '2026-01-01' | 2",
                "at >= '2026-01-01 00:00:00' AND at < current_date + 100000 | 2",
                "day + 1 = '2026-01-01'::date | 1",
                "day - '2025-12-31'::date = 1 | 2",
                "at - '1 day'::interval < '2025-12-31'::timestamp | 1",
                "at - day < '1 hour'::interval | 2",
                "pay < '3 days' | 1",
                "ratio + 1 > 3 | 2",
                "ratio::numeric = 1.5 | 1",
                "cash IS NOT NULL AND id IN (1, -5) | 1",
                "id::text LIKE '2%' OR (note IS NULL) IS TRUE | 2"
            })
    void meansTheSameUnderAllSettings(String rows, String shown) throws SQLException {
        String rewritten = decide("SELECT id FROM sheets", engineFor(rows));
        for (String settings : List.of(
                "SET TimeZone = 'X+160'; SET DateStyle = 'ISO, DMY'; SET IntervalStyle = 'sql_standard'",
                "SET TimeZone = 'X-160'; SET DateStyle = 'ISO, YMD'; SET extra_float_digits = -15")) {
            try (Connection connection = database.connect();
                    Statement statement = connection.createStatement()) {
                statement.execute(settings);
                try (ResultSet result = statement.executeQuery(rewritten)) {
                    assertThat(result.next()).isTrue();
                    assertThat(result.getString(1)).isEqualTo(shown);
                    assertThat(result.next()).isFalse();
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "at < '01/02/2026' | has a text for a timestamp that is not written like '2026-12-31 23:59', in UTC",
                "at < '2026-01-01 00:00+02' | has a text for a timestamp that is not written like '2026-12-31 23:59', in UTC",
                "day < 'today' | has a text for a date that is not written like '2026-12-31'",
                "'01/02/2026'::date > day | has a text for a date that is not written like '2026-12-31'",
                "pay < '-1 2:03' | has a text for an interval that is not written like '2 days'",
                "day::text LIKE '2026%' | casts a date to text, which can fail or depends on settings of the client",
                "at::text LIKE '2026%' | casts a timestamp to text, which can fail or depends on settings of the client",
                "ratio::text = '1.5' | casts a floating-point number to text, which can fail or depends on settings of the client",
                "pay::text = '2 days' | casts an interval to text, which can fail or depends on settings of the client",
                "note::int = 1 | casts text to int4, which can fail or depends on settings of the client",
                "note::date < '2026-01-01' | casts text to date, which can fail or depends on settings of the client",
                "current_user::uuid IS NULL | casts text to uuid, which can fail or depends on settings of the client",
                "cash > 5 | reads the column cash of type pg_catalog.money, of which it can only ask whether it is NULL",
                "blob = 'x' | reads the column blob of type pg_catalog.bytea, of which it can only ask whether it is NULL",
                "at - '1 day' < day | subtracts a text from a timestamp; give a text its type, as in '2 days'::interval"
            })
    void refusesWhatSettingsOrValuesWouldDecide(String rows, String fault) throws SQLException {
        assertThat(decide("SELECT id FROM sheets", engineFor(rows)))
                .isEqualTo("refused: relation public.sheets is not readable in a masked session:"
                        + " the row filter of rules.yaml:4:5 " + fault);
    }

    private static Engine engineFor(String rows) throws SQLException {
        String rules =
                """
                version: 1
                columns: []
                tables:
                  - {match: public.sheets, rows: "%s"}
                """
                        .formatted(rows);
        try (Connection connection = database.connect()) {
            return Engine.of(
                    RuleFile.parse(rules, "rules.yaml", Map.of(), Path.of(".")), CatalogLoader.load(connection));
        } catch (InvalidFileException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static String decide(String sql) {
        return decide(sql, engine);
    }

    private static String decide(String sql, Engine engine) {
        Session session = engine.open(new Principal("analyst", database.name()), LexerSettings.SERVER);
        session.setSearchPath(List.of("pg_catalog", "public"));
        Decision decision = session.decide(sql);
        if (decision instanceof Decision.Rewrite rewrite) {
            return rewrite.text();
        }
        return decision instanceof Decision.Refuse refuse
                ? "refused: " + refuse.refusal().message()
                : sql;
    }

    private static List<String> run(String sql, List<String> notices) throws SQLException {
        return run(sql, notices, "public");
    }

    private static List<String> run(String sql, List<String> notices, String searchPath) throws SQLException {
        List<String> rows = new ArrayList<>();
        assertThat(decide(sql)).doesNotStartWith("refused");
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET search_path = " + searchPath);
            try (ResultSet result = statement.executeQuery(decide(sql))) {
                while (result.next()) {
                    rows.add(result.getString(1));
                }
                for (SQLWarning notice = statement.getWarnings(); notice != null; notice = notice.getNextWarning()) {
                    notices.add(String.valueOf(notice.getMessage()));
                }
            }
        }
        return rows;
    }
}
