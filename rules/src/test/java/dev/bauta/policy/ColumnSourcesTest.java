package dev.bauta.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bauta.catalog.CatalogLoader;
import dev.bauta.catalog.CatalogSnapshot;
import dev.bauta.catalog.Column;
import dev.bauta.catalog.QualifiedName;
import dev.bauta.catalog.Relation;
import dev.bauta.policy.Protection.Masked;
import dev.bauta.policy.Protection.MaskedColumn;
import dev.bauta.rulefile.DataRules;
import dev.bauta.rulefile.RuleFile;
import dev.bauta.testing.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is drawn for a column is drawn once, wherever its values are seen. */
class ColumnSourcesTest {
    private static final String CATALOG =
            """
            CREATE TABLE people (id int PRIMARY KEY, smokes boolean, drinks boolean);
            CREATE VIEW adults AS SELECT id, smokes FROM people;
            CREATE VIEW renamed AS SELECT id AS number, smokes AS smoker FROM adults;
            CREATE MATERIALIZED VIEW kept AS SELECT id, smokes FROM people;
            CREATE VIEW computed AS SELECT id, NOT smokes AS smokes FROM people;
            CREATE TABLE patients (since date) INHERITS (people);
            CREATE TABLE visits (id int, smokes boolean) PARTITION BY RANGE (id);
            CREATE TABLE visits_1 PARTITION OF visits FOR VALUES FROM (0) TO (10) PARTITION BY RANGE (id);
            CREATE TABLE visits_1_a PARTITION OF visits_1 FOR VALUES FROM (0) TO (5);
            CREATE SCHEMA other;
            CREATE TABLE staff (id int, smokes boolean);
            CREATE TABLE members (id int, smokes boolean);
            CREATE TABLE clubs (id int);
            CREATE TABLE twofold (since date) INHERITS (clubs, staff, members);
            CREATE TABLE rooms (id int, person int);
            CREATE VIEW renumbered AS SELECT id + 1 AS id, smokes FROM people;
            CREATE VIEW bosses AS SELECT a.id, b.smokes FROM people a JOIN people b ON b.id = a.id - 1;
            CREATE VIEW roomed AS SELECT r.id, p.smokes FROM rooms r JOIN people p ON p.id = r.person;
            CREATE VIEW hidden AS SELECT id % 2 AS id, smokes AS smoker FROM people;
            CREATE VIEW unhidden AS SELECT id, smoker AS smokes FROM hidden;
            CREATE VIEW clean AS SELECT p.id, smokes FROM (SELECT * FROM people) p JOIN rooms r ON r.person = p.id;
            CREATE TABLE other.people (id int PRIMARY KEY, smokes boolean);
            """;

    /** The view's column of another name is in no rule. */
    private static final String RULES =
            """
            version: 1
            key: ${env:KEY}
            columns:
              - match: ["*.*.smokes", "*.*.drinks"]
                mask: {type: randomize, epsilon: 1, by: id, values: [true, false]}
            """;

    private static Policy policy;

    @BeforeAll
    static void compile() throws Exception {
        try (Connection connection = TestDatabase.create(CATALOG).connect()) {
            CatalogSnapshot catalog = CatalogLoader.load(connection);
            policy = Policy.compile(
                    RuleFile.parse(RULES, "rules.yaml", Map.of("KEY", "0123456789abcdef"), Path.of(".")),
                    DataRules.NONE,
                    catalog);
        }
    }

    @Test
    void viewsAndChildrenShowWhatTheirTableShows() {
        assertThat(masks("people.smokes", "adults.smokes", "renamed.smoker", "kept.smokes", "patients.smokes"))
                .hasSize(1);
        assertThat(masks("visits.smokes", "visits_1.smokes", "visits_1_a.smokes"))
                .hasSize(1);
    }

    /** Else the row that it shows in both would be drawn twice. */
    @Test
    void whatHasTwoParentsIsDrawnAsBoth() {
        assertThat(masks("staff.smokes", "members.smokes", "twofold.smokes")).hasSize(1);
    }

    /** A value beside another subject would be drawn once more, and so often as there are subjects. */
    @ParameterizedTest
    @ValueSource(strings = {"renumbered", "bosses", "roomed", "unhidden"})
    void viewsThatPutAnotherSubjectBesideAValueAreRefused(String view) {
        Relation relation = Objects.requireNonNull(policy.findRelation(new QualifiedName("public", view)));
        assertThat(policy.protection(relation))
                .isEqualTo(new Protection.Refused(
                        "the mask 'randomize' of rules.yaml:4:5 for its column smokes cannot be used: "
                                + "the relation has no column id of the row from which the value comes",
                        "give the column a mask that reads no other column, or only columns that the relation has"));
    }

    @Test
    void viewsThatJoinShowWhatTheirTableShows() {
        assertThat(masks("people.smokes", "clean.smokes")).hasSize(1);
    }

    @Test
    void otherColumnsHaveDrawsOfTheirOwn() {
        assertThat(masks("people.smokes", "people.drinks", "visits.smokes", "computed.smokes", "other.people.smokes"))
                .hasSize(5);
    }

    /** The SQL forms, with the name of the subject in place. */
    private static Set<String> masks(String... columns) {
        return Arrays.stream(columns).map(ColumnSourcesTest::mask).collect(Collectors.toSet());
    }

    private static String mask(String name) {
        List<String> parts = List.of(name.split("\\."));
        String schema = parts.size() == 3 ? parts.get(0) : "public";
        Relation relation =
                Objects.requireNonNull(policy.findRelation(new QualifiedName(schema, parts.get(parts.size() - 2))));
        Column column = relation.findColumn(parts.get(parts.size() - 1)).orElseThrow();
        Map<Integer, MaskedColumn> columns = ((Masked) policy.protection(relation)).columns();
        MaskedColumn masked = Objects.requireNonNull(columns.get(column.number()));
        return masked.mask().sql("value", column.type()).replace("r.number", "r.id");
    }
}
