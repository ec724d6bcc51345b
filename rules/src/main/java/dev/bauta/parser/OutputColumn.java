package dev.bauta.parser;

import java.util.List;

/**
 * A column of a statement's result, and the columns of relations that its values are made of. What decides on the rows alone, such as WHERE,
 * does not count. Immutable.
 *
 * @param name its name; {@code *} for the columns of a join of which the order is not known here, {@code ?column?} for an expression without one
 * @param copied true when it is the one column of {@code origins}, unchanged
 * @param origins in the order in which they are met, empty for an expression without columns
 */
public record OutputColumn(String name, boolean copied, List<Origin> origins) {
    public OutputColumn {
        origins = List.copyOf(origins);
    }

    /**
     * A column of a relation.
     *
     * @param relation the relation's name as the statement writes it, one to three parts
     * @param column the column's name
     */
    public record Origin(List<String> relation, String column) {
        public Origin {
            relation = List.copyOf(relation);
        }
    }
}
