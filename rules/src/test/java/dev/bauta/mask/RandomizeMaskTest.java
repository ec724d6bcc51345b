package dev.bauta.mask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.bauta.catalog.CatalogLoader;
import dev.bauta.catalog.QualifiedName;
import dev.bauta.catalog.Relation;
import dev.bauta.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is drawn keeps to ε, and nothing else of the value. */
class RandomizeMaskTest {
    private static final QualifiedName TABLE = new QualifiedName("public", "staff");
    private static final int ROWS = 40_000;
    private static final String STAFF =
            """
            CREATE TABLE staff (id int PRIMARY KEY, status text, ill boolean, covered boolean, salary numeric(10,2));
            INSERT INTO staff SELECT n, (ARRAY['single', 'married', 'divorced', 'widowed'])[1 + n %% 4], n %% 10 = 0, n %% 10 = 0,
                n %% 8 * 1000 FROM generate_series(1, %d) n;
            INSERT INTO staff VALUES (0, NULL, NULL, NULL, 'NaN');
            """
                    .formatted(ROWS);

    /** Always the same, so that what is drawn is, too. */
    private final KeyRing keys = KeyRing.of("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8));

    /** From the very numbers that the server compares: no answer is more than e^ε times as likely for one value as for another. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{epsilon: 0.01, by: id, values: [a, b]}",
                "{epsilon: 1, by: id, values: [a, b, c, d, e]}",
                "{epsilon: 10, by: id, values: [true, false]}",
                "{epsilon: 0.01, by: id, min: 0, max: 63, step: 1}",
                "{epsilon: 1, by: id, min: 0, max: 5, step: 5}",
                "{epsilon: 10, by: id, min: -1, max: 1, step: 0.0625}",
                "{epsilon: 10, by: id, min: 0, max: 63, step: 1}"
            })
    void noAnswerIsMoreLikelyThanEpsilonAllows(String parameters) throws Exception {
        RandomizeMask mask = (RandomizeMask) MaskCases.mask("randomize", parameters, keys);
        double epsilon = mask.epsilon().doubleValue();
        double[][] likelihood = likelihoods(mask.answers(), mask.answers().bounds(epsilon));
        double most = 0;
        for (int given = 0; given < likelihood.length; given++) {
            for (double[] one : likelihood) {
                for (double[] other : likelihood) {
                    assertThat(other[given]).isPositive();
                    most = Math.max(most, one[given] / other[given]);
                }
            }
        }
        assertThat(most).isCloseTo(Math.exp(epsilon), Offset.offset(1e-9 * Math.exp(epsilon)));
        assertThat(likelihood[0][0]).isCloseTo(mask.answers().likelihood(epsilon), Offset.offset(1e-12));
    }

    /** By true and given answer. */
    private static double[][] likelihoods(Answers answers, long[] bounds) {
        double[][] likelihood = new double[answers.size()][answers.size()];
        for (int answer = 0; answer < answers.size(); answer++) {
            long from = 0;
            for (int reached = 0; reached <= bounds.length; reached++) {
                long to = reached == bounds.length ? 1L << Answers.RANDOM_BITS : bounds[reached];
                likelihood[answer][answers.given(answer, reached)] += Math.scalb((double) (to - from), -60);
                from = to;
            }
        }
        return likelihood;
    }

    /** Estimated as the documentation says. */
    @Test
    void manyRowsTellHowManyHaveAValue() throws Exception {
        try (Connection connection = TestDatabase.create(STAFF).connect();
                Statement statement = masking(connection)) {
            String status =
                    masked("status", "{epsilon: 1, by: id, values: [single, married, divorced, other]}", connection);
            String estimate =
                    "SELECT (count(*) FILTER (WHERE s = 'other') * (exp(1) + 3) - count(*)) / (exp(1) - 1) FROM (SELECT "
                            + status + " AS s FROM staff AS r WHERE status IS NOT NULL) x";
            // Its standard deviation is 275.
            assertThat(number(statement, estimate)).isCloseTo(ROWS / 4.0, Offset.offset(825.0));
            String kept = "SELECT count(*) FROM staff AS r WHERE status = " + status + " AND status <> 'widowed'";
            double likelihood = Math.E / (Math.E + 3);
            assertThat(number(statement, kept)).isCloseTo(ROWS * 0.75 * likelihood, Offset.offset(400.0));
            assertThat(number(
                            statement,
                            "SELECT count(*) FROM staff AS r WHERE status IS NULL AND " + status + " IS NULL"))
                    .isEqualTo(1);
        }
    }

    @Test
    void averagesOfNumbersAreUnbiasedWhereTheEndsCountForMore() throws Exception {
        try (Connection connection = TestDatabase.create(STAFF).connect();
                Statement statement = masking(connection)) {
            String salary = masked("salary", "{epsilon: 3, by: id, min: 0, max: 7000, step: 500}", connection);
            double w = 500 / Math.expm1(3.0 / 14);
            String average = "SELECT avg(CASE s WHEN 0 THEN 0 - " + w + " WHEN 7000 THEN 7000 + " + w
                    + " ELSE s END) FROM (SELECT id, " + salary
                    + " AS s FROM staff AS r WHERE id > 0) x WHERE id %% 8 = %d";
            for (int group : new int[] {0, 3, 7}) {
                assertThat(number(statement, average.formatted(group)))
                        .as("of those who have %d000", group)
                        .isCloseTo(group * 1000.0, Offset.offset(200.0));
            }
            assertThat(number(statement, "SELECT count(DISTINCT " + salary + ") FROM staff AS r"))
                    .isEqualTo(15);
        }
    }

    /** Else two columns that hold the same would be shown the same, and tell that. */
    @Test
    void eachColumnIsDrawnForItself() throws Exception {
        try (Connection connection = TestDatabase.create(STAFF).connect();
                Statement statement = masking(connection)) {
            String parameters = "{epsilon: 1, by: id, values: [true, false]}";
            String ill = masked("ill", parameters, connection);
            String covered = masked("covered", parameters, connection);
            double kept = Math.E / (Math.E + 1);
            double both = kept * kept + (1 - kept) * (1 - kept);
            String alike = "SELECT count(*) FROM staff AS r WHERE id > 0 AND " + ill + " = " + covered;
            assertThat(number(statement, alike)).isCloseTo(ROWS * both, Offset.offset(400.0));
            String other = masked("ill", "{epsilon: 1.5, by: id, values: [true, false]}", connection);
            assertThat(number(statement, "SELECT count(*) FROM staff AS r WHERE " + ill + " <> " + other))
                    .as("drawn alike under another epsilon")
                    .isGreaterThan(ROWS / 4.0);
        }
    }

    /** Of a value that changes, the second answer tells no more than the first, but that it has changed where they differ. */
    @Test
    void eachAnswerIsDrawnForItself() throws Exception {
        RandomizeMask mask =
                (RandomizeMask) MaskCases.mask("randomize", "{epsilon: 1, by: id, values: [a, b, c]}", keys);
        try (Connection connection = TestDatabase.create(STAFF).connect()) {
            Relation relation = relation(connection);
            SubjectMask bound = (SubjectMask) mask.of(TABLE, "status").in(Row.of(relation));
            int same = 0;
            for (int id = 0; id < ROWS; id++) {
                if (("a".equals(bound.value("a", id, PartTypes.TEXT)))
                        == "b".equals(bound.value("b", id, PartTypes.TEXT))) {
                    same++;
                }
            }
            double kept = Math.E / (Math.E + 2);
            assertThat((double) same).isCloseTo(ROWS * (kept * kept + (1 - kept) * (1 - kept)), Offset.offset(400.0));
            assertThat(bound.value("a", null, PartTypes.TEXT)).isNull();
        }
    }

    /** Two rules that drew alike would tell by both answers together which values cannot have led to them. */
    @Test
    void otherAnswersAreDrawnAnew() throws Exception {
        assertThat(purpose("{epsilon: 1, by: id, values: ['a, b', c, d]}"))
                .isNotEqualTo(purpose("{epsilon: 1, by: id, values: [a, 'b, c', d]}"))
                .isEqualTo(purpose("{epsilon: 1.0, by: number, values: ['a, b', c, d]}"));
    }

    private String purpose(String parameters) throws Exception {
        RandomizeMask mask =
                (RandomizeMask) MaskCases.mask("randomize", parameters, keys).of(TABLE, "status");
        return mask.number().purpose();
    }

    @Test
    void cannotStandInAnotherMask() {
        Throwable thrown = catchThrowable(
                () -> MaskCases.mask("each", "{mask: {type: randomize, epsilon: 1, by: id, values: [a, b]}}", keys));
        assertThat(thrown)
                .isInstanceOf(MaskParameterException.class)
                .hasMessageContaining("the mask 'randomize' cannot stand in another one");
    }

    private String masked(String column, String parameters, Connection connection) throws Exception {
        Relation relation = relation(connection);
        return MaskCases.mask("randomize", parameters, keys)
                .of(TABLE, column)
                .in(Row.of(relation))
                .sql("r." + column, relation.findColumn(column).orElseThrow().type());
    }

    private static Relation relation(Connection connection) throws Exception {
        return CatalogLoader.load(connection).findRelation(TABLE).orElseThrow();
    }

    private Statement masking(Connection connection) throws Exception {
        Statement statement = connection.createStatement();
        MaskCases.mask("hash", "{}", keys);
        for (Map.Entry<String, String> setting : keys.sessionSettings().entrySet()) {
            statement.execute("SET " + setting.getKey() + " = '" + setting.getValue() + "'");
        }
        return statement;
    }

    private static double number(Statement statement, String query) throws SQLException {
        try (ResultSet result = statement.executeQuery(query)) {
            result.next();
            return result.getDouble(1);
        }
    }
}
