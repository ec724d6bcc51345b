package dev.bauta.mask;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bauta.catalog.CatalogLoader;
import dev.bauta.catalog.QualifiedName;
import dev.bauta.catalog.Relation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** The page for users says what the masks do: its examples run, and no mask or parameter is left out. */
class MaskDocumentationTest {
    private static final Path PAGE = Path.of("..", "docs", "masks.md");
    private static final Pattern SECTION = Pattern.compile("^## `(\\w+)`$");
    private static final Pattern PARAMETER = Pattern.compile("^- `(\\w+)`: .*");
    private static final Pattern EXAMPLE = Pattern.compile("^\\| `(\\{.*?})` \\| `(.*?)` \\| (.*?) \\| (.*?) \\|$");

    private final KeyRing keys = KeyRing.of("this key is for examples alone!!".getBytes(StandardCharsets.UTF_8));

    /** What the page says of one mask. */
    private record Section(String mask, List<String> parameters, List<Example> examples) {
        Section(String mask) {
            this(mask, new ArrayList<>(), new ArrayList<>());
        }
    }

    /** One row of a table of examples. */
    private record Example(String mask, String parameters, String type, String value, String masked) {}

    private static Map<String, Section> sections() throws IOException {
        Map<String, Section> sections = new LinkedHashMap<>();
        Section current = new Section("");
        for (String line : Files.readAllLines(PAGE)) {
            Matcher section = SECTION.matcher(line);
            Matcher parameter = PARAMETER.matcher(line);
            Matcher example = EXAMPLE.matcher(line);
            if (section.matches()) {
                current = new Section(section.group(1));
                sections.put(current.mask(), current);
            } else if (parameter.matches()) {
                current.parameters().add(parameter.group(1));
            } else if (example.matches()) {
                current.examples().add(example(current.mask(), example));
            }
        }
        return sections;
    }

    private static Example example(String mask, Matcher row) {
        return new Example(mask, row.group(1), row.group(2), cell(row.group(3)), cell(row.group(4)));
    }

    /** A value in code marks, or NULL without. */
    private static String cell(String cell) {
        return cell.equals("NULL")
                ? cell
                : "'" + cell.substring(1, cell.length() - 1).strip() + "'";
    }

    @Test
    void everyMaskHasASectionWithItsParametersAndExamples() throws Exception {
        Map<String, List<String>> documented = new LinkedHashMap<>();
        sections().forEach((name, section) -> documented.put(name, section.parameters()));
        Map<String, List<String>> built = new LinkedHashMap<>();
        for (String name : Masks.names()) {
            built.put(name, Masks.parameters(name));
        }
        assertThat(documented).containsExactlyEntriesOf(built);
        assertThat(sections().values())
                .allSatisfy(section -> assertThat(section.examples()).isNotEmpty());
    }

    @Test
    void everyExampleComesOutAsThePageSays() throws Exception {
        List<Example> expected = new ArrayList<>();
        List<Example> actual = new ArrayList<>();
        var database = dev.bauta.testing.TestDatabase.create();
        for (Section section : sections().values()) {
            expected.addAll(section.examples());
        }
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET TimeZone = 'UTC'");
            for (Example example : expected) {
                actual.add(run(example, connection, statement));
            }
        }
        assertThat(actual).containsExactlyElementsOf(expected);
    }

    /** The query by which the page has averages of what {@code randomize} shows estimated: of 20,000 rows its standard deviation is 951 at most. */
    @Test
    void averagesOfRandomizedNumbersComeOutAsThePageSays() throws Exception {
        String page = Files.readString(PAGE);
        String section = page.substring(page.indexOf("\n## `randomize`"));
        Matcher query = Pattern.compile("```sql\n(.*?)```", Pattern.DOTALL).matcher(section);
        assertThat(query.find()).isTrue();
        String parameters = Objects.requireNonNull(sections().get("randomize")).examples().stream()
                .filter(example -> example.type().equals("integer"))
                .map(Example::parameters)
                .findFirst()
                .orElseThrow();
        Mask mask = MaskCases.mask("randomize", parameters, keys);
        String tables =
                """
                CREATE TABLE example (id int, city text, v int);
                INSERT INTO example SELECT n, CASE WHEN n % 2 = 0 THEN 'Oslo' ELSE 'Rome' END, CASE WHEN n % 2 = 0 THEN 0 ELSE n % 5 * 50000 END
                    FROM generate_series(1, 40000) n;
                INSERT INTO example SELECT n, 'Bern', 70000 FROM generate_series(50001, 51000) n;
                """;
        Map<String, Double> averages = new TreeMap<>();
        try (Connection connection =
                        dev.bauta.testing.TestDatabase.create(tables).connect();
                Statement statement = connection.createStatement()) {
            for (Map.Entry<String, String> setting : keys.sessionSettings().entrySet()) {
                statement.execute("SET " + setting.getKey() + " = '" + setting.getValue() + "'");
            }
            Relation relation = relation(connection);
            String masked = mask.in(Row.of(relation))
                    .sql("r.v", relation.findColumn("v").orElseThrow().type());
            statement.execute("CREATE TEMP TABLE employees AS SELECT city, " + masked + " AS salary FROM example AS r");
            try (ResultSet result = statement.executeQuery(query.group(1))) {
                while (result.next()) {
                    averages.put(result.getString("city"), result.getDouble("about"));
                }
            }
        }
        assertThat(averages).containsOnlyKeys("Oslo", "Rome");
        assertThat(averages.get("Oslo")).isCloseTo(0, Offset.offset(2853.0));
        assertThat(averages.get("Rome")).isCloseTo(100_000, Offset.offset(2853.0));
    }

    private Example run(Example example, Connection connection, Statement statement) throws Exception {
        Mask mask = MaskCases.mask(example.mask(), example.parameters(), keys);
        for (Map.Entry<String, String> setting : new TreeMap<>(keys.sessionSettings()).entrySet()) {
            statement.execute("SET " + setting.getKey() + " = '" + setting.getValue() + "'");
        }
        statement.execute("CREATE TABLE example (id int, v " + example.type() + ")");
        statement.execute("INSERT INTO example VALUES (1, " + example.value() + ")");
        Relation relation = relation(connection);
        String sql = mask.in(Row.of(relation))
                .sql("r.v", relation.findColumn("v").orElseThrow().type());
        String masked;
        try (ResultSet result = statement.executeQuery("SELECT (" + sql + ")::text FROM example AS r")) {
            result.next();
            String text = result.getString(1);
            masked = text == null ? "NULL" : "'" + text + "'";
        }
        statement.execute("DROP TABLE example");
        return new Example(example.mask(), example.parameters(), example.type(), example.value(), masked);
    }

    private static Relation relation(Connection connection) throws SQLException {
        return CatalogLoader.load(connection)
                .findRelation(new QualifiedName("public", "example"))
                .orElseThrow();
    }
}
