package dev.bauta.rulefile;

import dev.bauta.catalog.QualifiedName;
import dev.bauta.catalog.Relation;

/**
 * Which columns a rule is about. Immutable.
 *
 * @param schema pattern over the schema
 * @param relation pattern over the relation
 * @param column pattern over the column
 */
public record ColumnPattern(NamePattern schema, NamePattern relation, NamePattern column) {
    /** True when the rule is about this column. */
    public boolean matches(QualifiedName relationName, String columnName) {
        return canMatch(relationName) && column.matches(columnName);
    }

    /** True when the rule is about columns of this relation, if it has such. */
    boolean canMatch(QualifiedName relationName) {
        return schema.matches(relationName.schema()) && relation.matches(relationName.name());
    }

    /** True when the rule is about some column of this relation. */
    public boolean matchesAnyOf(Relation relation) {
        return canMatch(relation.name())
                && relation.columns().stream().anyMatch(candidate -> column.matches(candidate.name()));
    }

    /** True when the pattern can match one column only. */
    public boolean isExact() {
        return schema.isExact() && relation.isExact() && column.isExact();
    }

    /** True when the pattern matches every column that the other one does. */
    public boolean covers(ColumnPattern other) {
        return schema.covers(other.schema) && relation.covers(other.relation) && column.covers(other.column);
    }

    /** As the rule file would have it. */
    @Override
    public String toString() {
        return schema.inPath() + "." + relation.inPath() + "." + column.inPath();
    }
}
