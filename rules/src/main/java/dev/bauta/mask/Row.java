package dev.bauta.mask;

import dev.bauta.catalog.Column;
import dev.bauta.catalog.Relation;
import dev.bauta.catalog.SqlNames;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The columns that a mask can read beside its own, by the names under which it knows them: in a relation their own names, in a view
 * the names that they have in the relation the mask comes from. Immutable.
 *
 * @param columns the columns by name
 */
public record Row(Map<String, Column> columns) {
    /** What the row is called where SQL forms stand. */
    public static final String ALIAS = "r";

    public Row {
        columns = Map.copyOf(columns);
    }

    /** A relation's columns under their own names. */
    public static Row of(Relation relation) {
        Map<String, Column> columns = new HashMap<>();
        relation.columns().forEach(column -> columns.put(column.name(), column));
        return new Row(columns);
    }

    /** The column of that name. */
    Optional<Column> find(String name) {
        return Optional.ofNullable(columns.get(name));
    }

    /** How an SQL form refers to a column of the row. */
    public static String reference(Column column) {
        return ALIAS + "." + SqlNames.quote(column.name());
    }
}
