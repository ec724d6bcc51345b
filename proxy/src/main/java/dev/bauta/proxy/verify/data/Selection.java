package dev.bauta.proxy.verify.data;

import dev.bauta.catalog.QualifiedName;
import dev.bauta.catalog.Relation;
import dev.bauta.catalog.RelationKind;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which rows and columns of a relation are compared, as SQL text that is the same on both sides. Immutable.
 *
 * @param relation the relation
 * @param columns the columns that the user may read
 * @param percent how much of the table's pages, 100 for all
 * @param condition the row filter that the rules put before the user, for the raw side; empty where there is none
 */
record Selection(Relation relation, List<ComparedColumn> columns, double percent, String condition) {
    /** Any number; the same on both sides, so that both read the same pages. */
    private static final int SEED = 1597;

    private static final Set<RelationKind> ORDERED =
            Set.of(RelationKind.TABLE, RelationKind.PARTITIONED_TABLE, RelationKind.MATERIALIZED_VIEW);

    Selection {
        columns = List.copyOf(columns);
    }

    QualifiedName name() {
        return relation.name();
    }

    /** True when rows have a place by which they can be matched. */
    boolean isOrdered() {
        return ORDERED.contains(relation.kind());
    }

    /** The columns alone, no row. */
    String header() {
        return "SELECT " + list(columns.stream()) + " FROM " + name().sql() + " AS r LIMIT 0";
    }

    /** How many rows there are, whatever is compared, as the masked side is asked. */
    String count() {
        return "SELECT pg_catalog.count(*) FROM " + name().sql();
    }

    /** The same as the raw side is asked. */
    String rawCount() {
        return "SELECT pg_catalog.count(*) FROM " + name().sql() + " AS r" + where();
    }

    private String where() {
        return condition.isEmpty() ? "" : " WHERE " + condition;
    }

    /** The rows to compare, as the masked side is asked for them. */
    String rows() {
        return rows(columns.stream().map(ComparedColumn::reference), from());
    }

    /** The same rows as the raw side is asked for them, with what it takes besides to tell what must be shown behind. */
    String rawRows() {
        Stream<String> list = Stream.concat(
                columns.stream().map(ComparedColumn::reference),
                columns.stream().filter(ComparedColumn::needsMore).map(ComparedColumn::more));
        return rows(list, from() + where());
    }

    private String rows(Stream<String> list, String from) {
        String items = list.collect(Collectors.joining(", "));
        if (!isOrdered()) {
            return "SELECT " + items + " FROM " + from;
        }
        return "SELECT r.tableoid::pg_catalog.int8, r.ctid, " + items + " FROM " + from
                + " ORDER BY r.tableoid, r.ctid";
    }

    /** The masked columns of the first so many rows. */
    String masks(int most) {
        String list = list(columns.stream().filter(column -> column.mask() != null));
        return "SELECT " + list + " FROM " + from() + (isOrdered() ? " ORDER BY r.tableoid, r.ctid" : "") + " LIMIT "
                + most;
    }

    /** How many values a column has, and how many different ones. */
    String distinct(ComparedColumn column) {
        String reference = column.reference();
        return "SELECT pg_catalog.count(" + reference + "), pg_catalog.count(DISTINCT " + reference
                + "::pg_catalog.text) FROM " + from();
    }

    private static String list(Stream<ComparedColumn> columns) {
        return columns.map(ComparedColumn::reference).collect(Collectors.joining(", "));
    }

    private String from() {
        String sample = String.format(Locale.ROOT, " TABLESAMPLE SYSTEM (%.6f) REPEATABLE (%d)", percent, SEED);
        return name().sql() + " AS r" + (percent < 100 ? sample : "");
    }
}
