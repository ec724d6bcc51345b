package dev.bauta.mask;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bauta.catalog.CatalogLoader;
import dev.bauta.catalog.ColumnType;
import dev.bauta.catalog.QualifiedName;
import dev.bauta.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** That noise hides a value, alone and beside other noise. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NoiseMaskTest {
    private static final String TABLES =
            """
            CREATE TABLE pay (real real, double float8, exact numeric, whole int, born date);
            INSERT INTO pay SELECT n, n, n, n, date '1950-01-01' + n / 10 FROM generate_series(20001, 500000, 701) n;
            """;

    private static final int ROWS = 685;

    private final KeyRing keys = KeyRing.of("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8));
    private TestDatabase database;

    @BeforeAll
    void create() {
        database = TestDatabase.create(TABLES);
    }

    @AfterAll
    void drop() {
        database.drop();
    }

    /** However few digits the type has, as long as it can tell the value from its neighbours within the noise. */
    @ParameterizedTest
    @CsvSource({
        "real, 1000, 1",
        "real, 1, 0.05",
        "double, 1000, 1",
        "double, 1e-4, 1e-6",
        "exact, 1000, 1",
        "whole, 1000, 1"
    })
    void changesNumbersByMoreThanALittle(String column, String most, double little) throws Exception {
        String masked = masked(column, "{most: " + most + "}");
        assertThat(count("abs(" + masked + " - " + column + ") < " + little))
                .as("values that are hardly changed")
                .isLessThan(ROWS / 5);
        assertThat(count("abs(" + masked + " - " + column + ") <= " + most)).isEqualTo(ROWS);
    }

    /** Whoever sees a value by two masks must not find it by what these have in common. */
    @ParameterizedTest
    @CsvSource({"real, most, 2000, 1000", "double, most, 1000, 100", "exact, most, 1000, 100", "whole, most, 2000, 1000"
    })
    void noiseOfTwoSizesHasNothingInCommon(String column, String parameter, String more, String less) throws Exception {
        String large = masked(column, "{" + parameter + ": " + more + "}");
        String small = masked(column, "{" + parameter + ": " + less + "}");
        String correlation = "corr(" + large + " - " + column + ", " + small + " - " + column + ")";
        assertThat(number("SELECT " + correlation + " FROM pay AS r")).isBetween(-0.2, 0.2);
    }

    private String masked(String column, String parameters) throws Exception {
        return MaskCases.mask("noise", parameters, keys).sql("r." + column, type(column));
    }

    private ColumnType type(String column) throws SQLException {
        try (Connection connection = database.connect()) {
            return CatalogLoader.load(connection)
                    .findRelation(new QualifiedName("public", "pay"))
                    .orElseThrow()
                    .findColumn(column)
                    .orElseThrow()
                    .type();
        }
    }

    private int count(String condition) throws SQLException {
        return (int) number("SELECT count(*) FROM pay AS r WHERE " + condition);
    }

    private double number(String query) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            for (Map.Entry<String, String> setting : keys.sessionSettings().entrySet()) {
                statement.execute("SET " + setting.getKey() + " = '" + setting.getValue() + "'");
            }
            try (ResultSet result = statement.executeQuery(query)) {
                result.next();
                return result.getDouble(1);
            }
        }
    }
}
