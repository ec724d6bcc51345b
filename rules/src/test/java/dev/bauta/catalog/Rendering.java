package dev.bauta.catalog;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Snapshots as text without oids, for tests to compare. */
final class Rendering {
    private Rendering() {}

    /** The relations of some schemas. */
    static String relations(CatalogSnapshot snapshot, String... schemas) {
        Set<String> wanted = Set.copyOf(Arrays.asList(schemas));
        StringBuilder text = new StringBuilder();
        snapshot.relations().stream()
                .filter(r -> wanted.contains(r.name().schema()))
                .sorted(Comparator.comparing(Relation::name))
                .forEach(relation -> append(text, snapshot, relation));
        return text.toString();
    }

    /** All that a snapshot holds. */
    static String everything(CatalogSnapshot snapshot) {
        String[] schemas = snapshot.relations().stream()
                .map(r -> r.name().schema())
                .distinct()
                .toArray(String[]::new);
        return snapshot.fingerprint() + "\n" + snapshot.serverVersion() + "\n" + relations(snapshot, schemas)
                + new java.util.TreeMap<>(snapshot.views()) + "\n" + snapshot.unsafeNames();
    }

    /** A view's lineage on one line. */
    static String lineage(CatalogSnapshot snapshot, Relation view) {
        ViewLineage lineage = snapshot.views().get(view.oid());
        if (lineage == null) {
            return "unknown";
        }
        List<String> columns = new ArrayList<>();
        for (Column column : view.columns()) {
            ColumnOrigin origin = lineage.origins().get(column.number());
            columns.add(column.name() + "=" + (origin == null ? "?" : column(snapshot, origin)));
        }
        Set<String> uses = new TreeSet<>();
        lineage.uses().forEach(use -> uses.add(column(snapshot, use)));
        return String.join(" ", columns) + " uses " + uses
                + (lineage.callsUnsafeFunctions() ? " unsafe " + new TreeSet<>(lineage.unsafeFunctions()) : "")
                + (lineage.analysable() ? "" : " not analysable");
    }

    private static String column(CatalogSnapshot snapshot, ColumnOrigin origin) {
        Relation relation = snapshot.relation(origin.relation());
        return relation == null ? "?" : relation.name().name() + "." + column(relation, origin.column());
    }

    /** The name of a column by its number, and of a system column the number itself. */
    static String column(Relation relation, int number) {
        return number < 0
                ? Integer.toString(number)
                : relation.columns().stream()
                        .filter(c -> c.number() == number)
                        .map(Column::name)
                        .findFirst()
                        .orElse("?");
    }

    private static void append(StringBuilder text, CatalogSnapshot snapshot, Relation relation) {
        text.append(relation.kind()).append(' ').append(relation.name());
        if (!relation.primaryKey().isEmpty()) {
            text.append(" key ").append(relation.primaryKey());
        }
        if (!relation.children().isEmpty()) {
            text.append(" children ").append(names(snapshot, relation.children()));
        }
        text.append('\n');
        for (Column column : relation.columns()) {
            append(text, column);
        }
        snapshot.foreignKeys().stream()
                .filter(key -> key.referenced() == relation.oid())
                .map(key -> "  foreign key " + key.referencedColumns() + " of "
                        + names(snapshot, List.of(key.relation())).get(0) + "\n")
                .sorted()
                .forEach(text::append);
    }

    private static void append(StringBuilder text, Column column) {
        ColumnType type = column.type();
        text.append("  ").append(column.number()).append(' ').append(column.name());
        text.append(' ').append(type.sql()).append(' ').append(type.category()).append('/');
        text.append(type.typtype());
        text.append(column.notNull() ? " not null" : "");
        text.append(column.generatedFrom().isEmpty() ? "" : " from " + new TreeSet<>(column.generatedFrom()));
        text.append(column.virtual() ? " virtual" : "");
        text.append(column.failsTelling() ? " telling" : "");
        text.append(column.collation() == null ? "" : " collation " + column.collation());
        text.append('\n');
    }

    private static List<QualifiedName> names(CatalogSnapshot snapshot, List<Integer> oids) {
        List<QualifiedName> names = new ArrayList<>();
        for (int oid : oids) {
            Relation relation = snapshot.relation(oid);
            names.add(relation == null ? new QualifiedName("?", "?") : relation.name());
        }
        names.sort(null);
        return names;
    }
}
