package dev.bauta.rulefile;

import dev.bauta.catalog.Column;
import dev.bauta.catalog.QualifiedName;
import java.util.List;

/**
 * Which columns a rule is about: those that every given condition fits. Immutable.
 *
 * @param columns patterns over the name, of which one must fit
 * @param types patterns over the type, of which one must fit; empty for any type
 * @param comments patterns over the comment, of which one must fit; empty for any comment or none
 */
public record ColumnSelector(List<ColumnPattern> columns, List<NamePattern> types, List<NamePattern> comments) {
    public ColumnSelector {
        columns = List.copyOf(columns);
        types = List.copyOf(types);
        comments = List.copyOf(comments);
    }

    /** By name alone. */
    public ColumnSelector(List<ColumnPattern> columns) {
        this(columns, List.of(), List.of());
    }

    /** True when the rule is about this column. */
    public boolean matches(QualifiedName relation, Column column) {
        return columns.stream().anyMatch(pattern -> pattern.matches(relation, column.name()))
                && matchesType(column)
                && matchesComment(column);
    }

    /** True when the rule can be about columns of this relation. */
    public boolean canMatch(QualifiedName relation) {
        return columns.stream().anyMatch(pattern -> pattern.canMatch(relation));
    }

    private boolean matchesType(Column column) {
        return types.isEmpty()
                || column.type().spellings().stream()
                        .anyMatch(spelling -> types.stream().anyMatch(type -> type.matches(spelling)));
    }

    private boolean matchesComment(Column column) {
        String comment = column.comment();
        return comments.isEmpty() || comment != null && comments.stream().anyMatch(pattern -> pattern.matches(comment));
    }

    /** True when names alone decide. */
    boolean isByName() {
        return types.isEmpty() && comments.isEmpty();
    }

    @Override
    public String toString() {
        return columns + (types.isEmpty() ? "" : " types " + types) + (comments.isEmpty() ? "" : " by comment");
    }
}
