package dev.bauta.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bauta.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ReviewedNamesTest {
    private final ReviewedNames reviewed = ReviewedNames.read();

    @Test
    void everyStableOrVolatileBuiltinOfThisServerIsReviewed() throws Exception {
        Set<String> open = functions("SELECT proname FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace"
                + " AND provolatile <> 'i' AND oid < 16384");
        open.removeAll(reviewed.safeBuiltins());
        open.removeAll(reviewed.unsafeBuiltins().keySet());
        assertThat(open).isEmpty();
    }

    @Test
    void noNameIsBothSafeAndUnsafe() {
        Set<String> both = new TreeSet<>(reviewed.safeBuiltins());
        both.retainAll(reviewed.unsafeBuiltins().keySet());
        assertThat(both).isEmpty();
    }

    @Test
    void theManualListsTheHarmlessExtensions() throws Exception {
        String manual = Files.readString(Path.of("..", "docs", "unsafe-functions.md"));
        String list = manual.lines()
                .filter(line -> line.startsWith("> "))
                .map(line -> line.substring(2))
                .collect(Collectors.joining(" "));
        assertThat(List.of(list.split(", ?"))).containsExactlyElementsOf(new TreeSet<>(reviewed.harmlessExtensions()));
    }

    /** An operator or cast of PostgreSQL's own is never refused, so none may rest on a function that is. */
    @Test
    void noBuiltinOperatorOrCastRestsOnAnUnsafeBuiltin() throws Exception {
        Set<String> used = functions("SELECT proname FROM pg_proc p WHERE pronamespace = 'pg_catalog'::regnamespace"
                + " AND (EXISTS (SELECT FROM pg_operator WHERE oprcode = p.oid)"
                + " OR EXISTS (SELECT FROM pg_cast WHERE castfunc = p.oid))");
        used.retainAll(reviewed.unsafeBuiltins().keySet());
        assertThat(used).isEmpty();
    }

    @Test
    void anEmptyDatabaseHasOnlyReviewedUnsafeBuiltins() throws Exception {
        try (Connection connection = TestDatabase.create().connect()) {
            List<UnsafeName> names = CatalogLoader.load(connection).unsafeNames();
            assertThat(names).isEqualTo(names.stream().map(this::expected).toList());
            assertThat(names)
                    .filteredOn(name -> name.attribute() == UnsafeName.Attribute.OF_VALUE)
                    .extracting(name -> name.name().name())
                    .contains("ts_stat", "pg_read_file", "lo_get", "pg_ls_dir", "pg_stat_get_activity")
                    .doesNotContain("query_to_xml", "ts_rewrite", "lo_export", "domain_in", "pg_cursor");
            assertThat(names)
                    .extracting(name -> name.name().name())
                    .contains("query_to_xml", "ts_stat", "pg_read_file", "lo_get", "pg_stat_get_activity")
                    .doesNotContain("set_config", "current_setting", "row_to_json", "nextval", "lower");
        }
    }

    private UnsafeName expected(UnsafeName found) {
        String name = found.name().name();
        String because = Objects.requireNonNull(reviewed.unsafeBuiltins().get(name), name);
        return new UnsafeName(
                UnsafeName.Kind.FUNCTION,
                new QualifiedName("pg_catalog", name),
                name.startsWith("pg_restore_") ? UnsafeName.Attribute.OF_ROW : found.attribute(),
                because,
                null);
    }

    private static Set<String> functions(String query) throws Exception {
        Set<String> names = new TreeSet<>();
        try (Connection connection = TestDatabase.create().connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }
}
