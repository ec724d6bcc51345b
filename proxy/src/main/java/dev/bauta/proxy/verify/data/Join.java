package dev.bauta.proxy.verify.data;

import dev.bauta.catalog.Column;
import dev.bauta.catalog.Relation;
import dev.bauta.catalog.SqlNames;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Two relations that are joined by equal columns, as SQL text that is the same on both sides. Immutable.
 *
 * @param name what joins them
 * @param from the relation that refers
 * @param fromColumns its columns
 * @param to the relation referred to
 * @param toColumns its columns, as many
 */
record Join(String name, Relation from, List<Column> fromColumns, Relation to, List<Column> toColumns) {
    Join {
        fromColumns = List.copyOf(fromColumns);
        toColumns = List.copyOf(toColumns);
    }

    /** How many rows find a partner. A semi-join, as masks that merge values would blow up a join. */
    String matches() {
        return "SELECT pg_catalog.count(*) FROM " + from.name().sql() + " AS r WHERE (" + list("r", fromColumns)
                + ") IN (SELECT " + list("s", toColumns) + " FROM " + to.name().sql() + " AS s)";
    }

    /** How many different keys there are. */
    String keys() {
        return "SELECT pg_catalog.count(*) FROM (SELECT DISTINCT " + list("s", toColumns) + " FROM "
                + to.name().sql() + " AS s) AS k";
    }

    /** Both ends, for people. */
    String subject() {
        return end(from, fromColumns) + " → " + end(to, toColumns);
    }

    private static String end(Relation relation, List<Column> columns) {
        return relation.name() + columns.stream().map(Column::name).collect(Collectors.joining(", ", "(", ")"));
    }

    private static String list(String alias, List<Column> columns) {
        return columns.stream()
                .map(column -> alias + "." + SqlNames.quote(column.name()))
                .collect(Collectors.joining(", "));
    }
}
