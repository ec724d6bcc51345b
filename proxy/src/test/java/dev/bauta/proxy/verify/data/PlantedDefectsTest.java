package dev.bauta.proxy.verify.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bauta.catalog.CatalogLoader;
import dev.bauta.catalog.CatalogSnapshot;
import dev.bauta.catalog.Column;
import dev.bauta.catalog.ColumnType;
import dev.bauta.catalog.QualifiedName;
import dev.bauta.catalog.Relation;
import dev.bauta.mask.Mask;
import dev.bauta.mask.ValueMask;
import dev.bauta.policy.Protection;
import dev.bauta.policy.Protection.MaskedColumn;
import dev.bauta.proxy.verify.connect.Side;
import dev.bauta.proxy.verify.connect.TwoSides;
import dev.bauta.proxy.verify.data.RelationVerifier.Limits;
import dev.bauta.proxy.verify.result.Check;
import dev.bauta.proxy.verify.result.Status;
import dev.bauta.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A Bauta that is broken in one way at a time, played by SQL text of the test's own: each defect must be found. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlantedDefectsTest {
    private static final String SCRIPT =
            """
            CREATE TABLE people (id integer PRIMARY KEY, name varchar(40) NOT NULL, city text);
            INSERT INTO people SELECT g, CASE WHEN g <= 40 THEN 'n' || (g + 9) ELSE 'Person ' || g END, 'City ' || g % 7
                FROM generate_series(1, 1000) g;
            CREATE VIEW friends AS SELECT * FROM people;
            CREATE TABLE parents (key text PRIMARY KEY);
            CREATE TABLE children (id integer, key text REFERENCES parents);
            INSERT INTO parents SELECT 'k' || g FROM generate_series(1, 50) g;
            INSERT INTO children SELECT g, 'k' || (g % 50 + 1) FROM generate_series(1, 200) g;
            """;

    private static final String STARS = "'****'::varchar(40)";

    private final TestDatabase database = TestDatabase.create(SCRIPT);
    private CatalogSnapshot catalog;

    PlantedDefectsTest() throws SQLException {
        try (Connection connection = database.connect()) {
            catalog = CatalogLoader.load(connection);
        }
    }

    @BeforeAll
    void everythingIsThere() {
        assertThat(relation("people").columns()).hasSize(3);
    }

    @AfterAll
    void drop() {
        database.drop();
    }

    /** Four stars for whatever is not short, and the value itself for what is: the mistake that others made. */
    private record Stars(int shortest) implements ValueMask {
        @Override
        public String name() {
            return "stars";
        }

        @Override
        public boolean fits(ColumnType type) {
            return true;
        }

        @Override
        public String sql(String column, ColumnType type) {
            throw new UnsupportedOperationException();
        }

        @Override
        public @Nullable Object value(@Nullable Object value, ColumnType type) {
            return value == null || value.toString().length() < shortest ? value : "****";
        }
    }

    private Relation relation(String name) {
        return catalog.findRelation(new QualifiedName("public", name)).orElseThrow();
    }

    private Protection protect(String relation, String column, Mask mask) {
        Column masked = relation(relation).findColumn(column).orElseThrow();
        return new Protection.Masked(
                Map.of(masked.number(), new MaskedColumn(masked, mask, "rules.yaml:1:1", null)),
                "",
                false,
                false,
                false);
    }

    private Side side(String relation, String masked) throws SQLException {
        return new Side(database.connect(), sql -> sql.replaceAll("public\\." + relation + " AS", "(" + masked + ") AS")
                .replaceAll("public\\." + relation + "$", "(" + masked + ") AS x"));
    }

    /** What is found that has not passed, by check, where a relation is shown like this. */
    private Map<String, String> findings(String relation, String masked, Mask mask) throws SQLException {
        return findings(relation, masked, masked, protect(relation, "name", mask));
    }

    private Map<String, String> findings(String relation, String masked, String again, Protection protection)
            throws SQLException {
        Map<String, String> findings = new TreeMap<>();
        try (TwoSides sides = new TwoSides(new Side(database.connect(), sql -> sql), side(relation, masked));
                Side second = side(relation, again)) {
            RelationVerifier verifier = new RelationVerifier(sides, second, new Limits(0, List.of(), 5));
            for (Check check : verifier.verify(relation(relation), protection)) {
                if (check.status() != Status.PASSED) {
                    findings.put(check.name(), check.status() + " " + check.message());
                }
            }
        }
        return findings;
    }

    private static String people(String name, String city) {
        return "SELECT tableoid, ctid, id, " + name + " AS name, " + city + " AS city FROM public.people";
    }

    @Test
    void aGoodOnePasses() throws SQLException {
        assertThat(findings("people", people(STARS, "city"), new Stars(0))).isEmpty();
        assertThat(findings("friends", "SELECT id, " + STARS + " AS name, city FROM public.friends", new Stars(0)))
                .isEmpty();
    }

    @Test
    void aRawValueIsFound() throws SQLException {
        String masked = people("CASE WHEN id IN (7, 500) THEN name ELSE " + STARS + " END", "city");
        assertThat(findings("people", masked, new Stars(0)))
                .isEqualTo(Map.of(
                        "masked values",
                        "FAILED 0.2 % of the values are raw, though the mask 'stars' makes something else of them"));
    }

    @Test
    void anotherValueThanTheMasksIsFound() throws SQLException {
        String masked = people("CASE WHEN id = 7 THEN 'x' ELSE " + STARS + " END::varchar(40)", "city");
        assertThat(findings("people", masked, new Stars(0)))
                .isEqualTo(Map.of(
                        "masked values",
                        "FAILED 0.1 % of the values are not what the mask 'stars' makes of the raw ones"));
    }

    @Test
    void aMaskThatShowsShortValuesIsFound() throws SQLException {
        String masked = people("CASE WHEN length(name) < 4 THEN name ELSE " + STARS + " END", "city");
        assertThat(findings("people", masked, new Stars(4)))
                .isEqualTo(Map.of(
                        "masked values",
                        "FAILED the mask 'stars' shows values bare that have this many characters: 3",
                        "short values",
                        "FAILED made-up values are shown bare that have this many characters: 1, 2, 3"));
    }

    @Test
    void aChangedClearColumnIsFound() throws SQLException {
        String changed = "CASE WHEN id = 900 THEN 'elsewhere' ELSE city END";
        assertThat(findings("people", people(STARS, changed), new Stars(0)))
                .isEqualTo(Map.of("unprotected columns", "FAILED changed: city"));
        assertThat(findings(
                        "friends",
                        "SELECT id, " + STARS + " AS name, " + changed + " AS city FROM public.friends",
                        new Stars(0)))
                .isEqualTo(Map.of("unprotected columns", "FAILED changed: city"));
    }

    @Test
    void rowsThatHaveChangedPlacesInAViewAreFound() throws SQLException {
        String swapped = "SELECT CASE id WHEN 1 THEN 2 WHEN 2 THEN 1 ELSE id END AS id, " + STARS
                + " AS name, city FROM public.friends";
        assertThat(findings("friends", swapped, new Stars(0)))
                .containsEntry("unprotected columns", "FAILED changed: city, id");
    }

    @Test
    void missingAndAddedRowsAreFound() throws SQLException {
        Map<String, String> found = Map.of(
                "row count",
                "FAILED not as many rows with masks as without",
                "rows",
                "FAILED rows are missing or added");
        assertThat(findings("people", people(STARS, "city") + " WHERE id <> 7", new Stars(0)))
                .isEqualTo(found);
        String twice = people(STARS, "city") + " UNION ALL " + people(STARS, "city") + " WHERE id = 7";
        assertThat(findings("people", twice, new Stars(0))).isEqualTo(found);
    }

    @Test
    void aChangedTypeIsFound() throws SQLException {
        assertThat(findings("people", people("'****'::text", "city"), new Stars(0)))
                .isEqualTo(Map.of("columns", "FAILED names, types, type modifiers and order differ"));
    }

    @Test
    void nullsInAColumnThatIsNotNullAreWarnedOf() throws SQLException {
        assertThat(findings("people", people("NULL::varchar(40)", "city"), new Suppression()))
                .isEqualTo(Map.of(
                        "NOT NULL",
                        "WARNING declared NOT NULL, and the mask 'null' shows NULL: clients may not expect it"));
    }

    private record Suppression() implements ValueMask {
        @Override
        public String name() {
            return "null";
        }

        @Override
        public boolean fits(ColumnType type) {
            return true;
        }

        @Override
        public String sql(String column, ColumnType type) {
            return "NULL";
        }

        @Override
        public @Nullable Object value(@Nullable Object value, ColumnType type) {
            return null;
        }
    }

    @Test
    void aMaskThatIsAnotherInEachSessionIsFound() throws SQLException {
        Protection protection = protect("people", "name", new Stars(0));
        assertThat(findings("people", people(STARS, "city"), people("'*'::varchar(40)", "city"), protection))
                .isEqualTo(Map.of("determinism", "FAILED two sessions see different masks"));
    }

    @Test
    void aRelationThatMustBeRefusedAndIsShownIsFound() throws SQLException {
        Protection refused = new Protection.Refused("it is so", "do something");
        assertThat(findings("people", people("name", "city"), people("name", "city"), refused))
                .isEqualTo(Map.of("refusal", "FAILED is shown, and must be refused"));
    }

    @Test
    void aStatementThatFailsIsAFailedCheck() throws SQLException {
        assertThat(findings("people", people("(1 / (id - id))::text::varchar(40)", "city"), new Stars(0)))
                .containsEntry("rows", "FAILED could not be checked: SQLSTATE 22012");
    }

    private List<String> joins(String maskedChildren, Map<Relation, Protection> protections) throws SQLException {
        List<String> found = new ArrayList<>();
        Side.Reading reading =
                sql -> sql.replace("public.parents AS", "(SELECT md5(key) AS key FROM public.parents) AS")
                        .replace("public.children AS", "(" + maskedChildren + ") AS");
        try (TwoSides sides =
                new TwoSides(new Side(database.connect(), sql -> sql), new Side(database.connect(), reading))) {
            JoinVerifier verifier = new JoinVerifier(
                    sides,
                    catalog,
                    relation -> protections.getOrDefault(
                            relation, new Protection.Masked(Map.of(), "", false, false, false)),
                    Set.of());
            for (Check check : verifier.verify(List.of(relation("parents"), relation("children")))) {
                found.add(check.status() + " " + check.subject() + " " + check.message());
            }
        }
        return found;
    }

    @Test
    void joinsThatDoNotSurviveAreFound() throws SQLException {
        String subject = " public.children(key) → public.parents(key) ";
        Map<Relation, Protection> both = Map.of(
                relation("parents"),
                protect("parents", "key", new Stars(0)),
                relation("children"),
                protect("children", "key", new Stars(0)));
        assertThat(joins("SELECT id, md5(key) AS key FROM public.children", both))
                .containsExactly("PASSED" + subject + "joins on masks as on raw values");
        assertThat(joins("SELECT id, md5('other' || key) AS key FROM public.children", both))
                .containsExactly("FAILED" + subject + "rows that join on raw values do not join on masks");
        assertThat(joins(
                        "SELECT id, key FROM public.children",
                        Map.of(relation("parents"), both.get(relation("parents")))))
                .containsExactly("FAILED" + subject
                        + "public.children.key is not protected and shows values that the other end hides; protect both"
                        + " ends with one mask");
    }
}
