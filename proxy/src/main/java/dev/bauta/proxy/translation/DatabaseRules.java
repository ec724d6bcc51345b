package dev.bauta.proxy.translation;

import dev.bauta.annotation.ColumnAnnotation;
import dev.bauta.annotation.NamedMask;
import dev.bauta.catalog.CatalogLoader;
import dev.bauta.catalog.CatalogSnapshot;
import dev.bauta.catalog.Column;
import dev.bauta.catalog.Relation;
import dev.bauta.proxy.draft.DraftMask;
import dev.bauta.proxy.draft.DraftRule;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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
        Set<String> anonymized = CatalogLoader.anonymizedRoles(connection);
        Translated.Builder result = new Translated.Builder();
        for (Relation relation : sorted(catalog)) {
            for (Column column : relation.columns()) {
                add(relation, column, result);
            }
        }
        if (!anonymized.isEmpty()) {
            result.note("Anonymizer masks these roles alone: " + String.join(", ", anonymized)
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

    private static void add(Relation relation, Column column, Translated.Builder result) {
        Optional<ColumnAnnotation> found = ColumnAnnotation.find(column);
        if (found.isEmpty()) {
            return;
        }
        ColumnAnnotation annotation = found.get();
        boolean comment = annotation.source() == ColumnAnnotation.Source.COMMENT;
        String pattern = DraftRule.pattern(relation.name(), column.name());
        Translation translation = translation(annotation).forType(column.type());
        List<String> match = List.of(pattern);
        if (pattern.indexOf('*') >= 0) {
            // Whoever owns a table could else clear columns of others, or have them masked by a mask that hides little.
            boolean clear = translation.mask().equals(DraftMask.NONE);
            match = clear ? List.of() : match;
            translation = Translation.none(
                    "a '*' in its name stands for other columns too" + (clear ? ", so that there is no rule" : ""));
        }
        result.add(
                pattern,
                comment ? "from the column's comment" : "from the column's label",
                match,
                Optional.ofNullable(annotation.tag()),
                translation);
    }

    private static Translation translation(ColumnAnnotation annotation) {
        if (annotation.problem() != null) {
            return Translation.none(annotation.problem());
        }
        NamedMask mask = annotation.mask();
        return mask == null
                ? Translation.none("the comment gives a tag and no mask")
                : Translation.to(new DraftMask(mask.name(), mask.parameters()));
    }
}
