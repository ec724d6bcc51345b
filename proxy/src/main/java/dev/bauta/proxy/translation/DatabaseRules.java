package dev.bauta.proxy.translation;

import dev.bauta.catalog.Annotations;
import dev.bauta.catalog.CatalogLoader;
import dev.bauta.catalog.CatalogSnapshot;
import dev.bauta.catalog.Column;
import dev.bauta.catalog.ColumnOrigin;
import dev.bauta.catalog.Relation;
import dev.bauta.proxy.draft.DraftRule;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** The rules that a database holds itself: comments on columns, and labels of PostgreSQL Anonymizer. */
public final class DatabaseRules {
    private DatabaseRules() {}

    /**
     * Reads and translates what a database holds. Where a column has a comment and a label, the comment counts.
     *
     * @param connection a PostgreSQL JDBC connection that is not inside a transaction
     * @throws SQLException when the catalogs cannot be read
     */
    public static Translated read(Connection connection) throws SQLException {
        CatalogSnapshot catalog = CatalogLoader.load(connection);
        Annotations annotations = CatalogLoader.annotations(connection);
        Translated.Builder result = new Translated.Builder();
        for (Relation relation : sorted(catalog)) {
            for (Column column : relation.columns()) {
                add(relation, column, annotations, result);
            }
        }
        if (!annotations.maskedRoles().isEmpty()) {
            result.note(
                    "Anonymizer masks these roles alone: " + String.join(", ", new TreeSet<>(annotations.maskedRoles()))
                            + ". Here everybody is masked whom no role gives raw access.");
        }
        return result.build("Imported by bauta import database from column comments and Anonymizer's labels.");
    }

    private static List<Relation> sorted(CatalogSnapshot catalog) {
        return catalog.relations().stream()
                .filter(relation -> !relation.name().schema().equals("pg_catalog")
                        && !relation.name().schema().equals("information_schema"))
                .sorted(Comparator.comparing(Relation::name))
                .toList();
    }

    private static void add(Relation relation, Column column, Annotations annotations, Translated.Builder result) {
        ColumnOrigin origin = new ColumnOrigin(relation.oid(), column.number());
        Optional<ColumnComments.Said> said =
                Optional.ofNullable(annotations.comments().get(origin)).flatMap(ColumnComments::find);
        Optional<Translation> label =
                Optional.ofNullable(annotations.labels().get(origin)).map(AnonymizerLabels::translate);
        if (said.isEmpty() && label.isEmpty()) {
            return;
        }
        Translation translation = said.map(ColumnComments.Said::translation)
                .or(() -> label)
                .orElseThrow()
                .forType(column.type());
        String pattern = DraftRule.pattern(relation.name(), column.name());
        result.add(
                pattern,
                said.isPresent() ? "from the column's comment" : "from the column's label",
                List.of(pattern),
                said.flatMap(ColumnComments.Said::tag),
                translation);
    }
}
