package dev.bauta.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bauta.catalog.CatalogLoader;
import dev.bauta.catalog.CatalogSnapshot;
import dev.bauta.rulefile.DataRules;
import dev.bauta.rulefile.RuleFile;
import dev.bauta.testing.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Row security policies read other tables, and foreign servers send what they like: errors can quote what is protected. */
class PolicedTablesTest {
    private static final String CATALOG =
            """
            CREATE TABLE people (id int, mail text, note text);
            CREATE TABLE letters (id int);
            CREATE POLICY own ON letters USING (EXISTS (SELECT FROM people WHERE people.id = letters.id AND mail = current_user));
            CREATE TABLE papers (id int);
            CREATE POLICY counted ON papers USING ((SELECT count(*) FROM people) > 0);
            CREATE FOREIGN DATA WRAPPER wrapper;
            CREATE SERVER afar FOREIGN DATA WRAPPER wrapper;
            CREATE FOREIGN TABLE visitors (id int, age int) SERVER afar;
            """;

    private static CatalogSnapshot catalog;

    @BeforeAll
    static void load() throws Exception {
        try (Connection connection = TestDatabase.create(CATALOG).connect()) {
            catalog = CatalogLoader.load(connection);
        }
    }

    private static Policy protecting(String column) throws Exception {
        String rules = "version: 1\ncolumns: [{match: public." + column + ", mask: \"null\"}]\n";
        return Policy.compile(RuleFile.parse(rules, "rules.yaml", Map.of(), Path.of(".")), DataRules.NONE, catalog);
    }

    @Test
    void whatAPolicyReadsCanFailAndShowsInPlans() throws Exception {
        Policy policy = protecting("people.mail");
        assertThat(policy.mayFailOnValues()).isTrue();
        assertThat(policy.names().isTellingView("letters")).isTrue();
        assertThat(policy.names().isTellingView("papers"))
                .as("rows that a policy counts")
                .isTrue();
    }

    @Test
    void whatItDoesNotReadIsNoMatter() throws Exception {
        Policy policy = protecting("people.note");
        assertThat(policy.names().isTellingView("letters")).isFalse();
    }

    @Test
    void aForeignServerCanFail() throws Exception {
        assertThat(protecting("visitors.age").mayFailOnValues()).isTrue();
    }
}
