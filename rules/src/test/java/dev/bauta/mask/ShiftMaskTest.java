package dev.bauta.mask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.bauta.catalog.CatalogLoader;
import dev.bauta.catalog.QualifiedName;
import dev.bauta.catalog.Relation;
import dev.bauta.mask.SampleTables.Sample;
import dev.bauta.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What dates moved by subject keep, and what they do not. */
class ShiftMaskTest {
    private static final String TABLES =
            """
            CREATE TABLE visits (person int, at date, left_at timestamptz);
            INSERT INTO visits SELECT n % 200, date '2000-01-01' + n * 7 % 5000, timestamptz '2000-01-01 08:00Z' + n * interval '1 day'
              FROM generate_series(1, 2000) n;
            INSERT INTO visits VALUES (NULL, '2001-01-01', now()), (1, NULL, NULL);
            CREATE TABLE letters (who text, sent timestamp);
            INSERT INTO letters SELECT DISTINCT person::text, timestamp '2010-05-05' FROM visits WHERE person IS NOT NULL;
            """;

    private static final long SEED = Long.getLong("bauta.test.seed", System.nanoTime());

    private static final String DATES =
            "{NULL, -infinity, infinity, 4714-11-24 BC, 4601-12-31 BC, 4600-01-01 BC, 0001-12-31 BC,"
                    + " 1900-03-01, 2024-02-29, 294100-12-31, 294101-01-01, 294276-12-31}";

    private final KeyRing keys = KeyRing.of("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8));

    @Test
    void movesEachSubjectByDaysOfItsOwn() throws Exception {
        TestDatabase database = TestDatabase.create(TABLES);
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            String at = masked("visits", "person", "at", "{by: person, days: 100}", connection);
            String leftAt = masked("visits", "person", "left_at", "{by: person, days: 100}", connection);
            String sent = masked("letters", "who", "sent", "{by: who, days: 100}", connection);
            String other = masked("letters", "who", "sent", "{by: who, days: 100, domain: other}", connection);
            for (Map.Entry<String, String> setting : keys.sessionSettings().entrySet()) {
                statement.execute("SET " + setting.getKey() + " = '" + setting.getValue() + "'");
            }
            statement.execute("CREATE TEMP TABLE days AS SELECT person, " + at + " - at AS days, extract(epoch FROM "
                    + leftAt + " - left_at) / 86400 AS left_days FROM visits AS r");
            statement.execute("CREATE TEMP TABLE sent AS SELECT who, extract(day FROM " + sent
                    + " - sent) AS days, extract(day FROM " + other + " - sent) AS other FROM letters AS r");
            String perSubject = "(SELECT person FROM days WHERE person IS NOT NULL GROUP BY person"
                    + " HAVING count(DISTINCT days) > 1 OR count(DISTINCT left_days) > 1 OR min(days) <> min(left_days))";
            assertThat(count(statement, perSubject))
                    .as("subjects moved in several ways")
                    .isZero();
            assertThat(count(statement, "(SELECT FROM days WHERE days = 0 OR abs(days) > 100)"))
                    .isZero();
            assertThat(count(statement, "(SELECT DISTINCT days FROM days)")).isGreaterThan(60);
            assertThat(count(statement, "(SELECT FROM days WHERE days IS NULL)"))
                    .isEqualTo(2);
            String apart = "(SELECT FROM sent JOIN days ON who = person::text WHERE sent.days <> days.days)";
            assertThat(count(statement, apart))
                    .as("moved otherwise in another table")
                    .isZero();
            assertThat(count(statement, "(SELECT FROM sent WHERE days <> other)"))
                    .isGreaterThan(150);
        }
    }

    /** They are equal to PostgreSQL; that SQL does likewise is among the hostile subjects. */
    @Test
    void movesDatesOfZeroAndOfNegativeZeroAlike() throws Exception {
        SampleTables tables = SampleTables.create(keys, SEED);
        Sample subject = tables.sample("float8");
        SubjectMask mask =
                (SubjectMask) MaskCases.mask("shift", "{by: v}", keys).in(subject.row());
        LocalDate date = LocalDate.of(1984, 5, 17);
        assertThat(mask.value(date, -0.0, tables.sample("date").type()))
                .isEqualTo(mask.value(date, 0.0, tables.sample("date").type()));
    }

    /** Of bytes, a hash takes any: also those of which a subject's days are made. */
    @Test
    void noHashOfChosenBytesTellsASubjectsDays() throws Exception {
        SampleTables tables = SampleTables.create(keys, SEED);
        Sample subject = tables.sample("int4");
        Sample bytes = tables.sample("bytea");
        SubjectMask shift = (SubjectMask)
                MaskCases.mask("shift", "{by: v, days: 36500}", keys).in(subject.row());
        ValueMask hash = (ValueMask) MaskCases.mask("hash", "{}", keys);
        LocalDate date = LocalDate.of(1984, 5, 17);
        byte[] chosen = "\u00ffshift42".getBytes(StandardCharsets.ISO_8859_1);
        byte[] hashed = (byte[]) Objects.requireNonNull(hash.value(chosen, bytes.type()));
        long drawn = Digest.number(HexFormat.of().formatHex(hashed)) % 73_000;
        assertThat(shift.value(date, 42, tables.sample("date").type()))
                .isNotEqualTo(date.plusDays(drawn < 36_500 ? drawn - 36_500 : drawn - 36_499));
        try (Connection connection = tables.connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT " + hash.sql("v", bytes.type())
                        + " FROM (VALUES ('\\xff73686966743432'::bytea)) AS t (v)")) {
            result.next();
            assertThat(result.getBytes(1)).isEqualTo(hashed);
        }
    }

    /**
     * Subjects of every type that can be one, and NULL; dates at the ends and in between. None can come near 29 February before Christ,
     * which the driver cannot read.
     */
    @Test
    void movesDatesOfHostileSubjectsAlikeInSqlAndJava() throws Exception {
        SampleTables tables = SampleTables.create(keys, SEED);
        Mask unbound = MaskCases.mask("shift", "{by: v, days: 40}", keys);
        Set<String> subjects = new LinkedHashSet<>();
        try (Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            for (Sample subject : tables.samples()) {
                if (!KeyedNumber.fits(subject.type())) {
                    continue;
                }
                subjects.add(subject.type().name().name());
                for (String type : List.of("date", "timestamp", "timestamptz")) {
                    Sample moved = tables.sample(type);
                    SubjectMask mask = (SubjectMask) unbound.in(subject.row());
                    String sql = "SELECT r.v, x.d, " + mask.sql("x.d", moved.type()) + " FROM " + subject.table()
                            + " AS r, unnest('" + DATES + "'::" + type + "[]) AS x (d)";
                    try (ResultSet result = statement.executeQuery(sql)) {
                        while (result.next()) {
                            assertThat(mask.value(moved.read(result, 2), subject.read(result, 1), moved.type()))
                                    .as("%s %s of %s %s", type, result.getString(2), subject, result.getString(1))
                                    .isEqualTo(moved.read(result, 3));
                        }
                    }
                }
            }
        }
        assertThat(subjects)
                .containsExactlyInAnyOrder(
                        "text",
                        "varchar",
                        "bpchar",
                        "int2",
                        "int4",
                        "int8",
                        "numeric",
                        "float4",
                        "float8",
                        "date",
                        "timestamp",
                        "timestamptz",
                        "uuid");
    }

    @Test
    void hasNoFormBeforeItIsBound() throws Exception {
        SubjectMask mask = (SubjectMask) MaskCases.mask("shift", "{by: id}", keys);
        assertThat(catchThrowable(() -> mask.value(null, 1, PartTypes.TEXT))).isInstanceOf(IllegalStateException.class);
    }

    private String masked(String table, String by, String column, String parameters, Connection connection)
            throws Exception {
        Relation relation = CatalogLoader.load(connection)
                .findRelation(new QualifiedName("public", table))
                .orElseThrow();
        assertThat(relation.findColumn(by)).isPresent();
        return MaskCases.mask("shift", parameters, keys)
                .in(Row.of(relation))
                .sql("r." + column, relation.findColumn(column).orElseThrow().type());
    }

    private static long count(Statement statement, String query) throws SQLException {
        try (ResultSet result = statement.executeQuery("SELECT count(*) FROM " + query + " q")) {
            result.next();
            return result.getLong(1);
        }
    }
}
