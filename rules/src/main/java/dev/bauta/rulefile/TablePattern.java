package dev.bauta.rulefile;

import dev.bauta.catalog.QualifiedName;

/**
 * Which tables a rule is about. Immutable.
 *
 * @param schema pattern over the schema
 * @param relation pattern over the relation
 */
public record TablePattern(NamePattern schema, NamePattern relation) {
    /** True when the rule is about this relation. */
    public boolean matches(QualifiedName name) {
        return schema.matches(name.schema()) && relation.matches(name.name());
    }

    /** As the rule file would have it. */
    @Override
    public String toString() {
        return schema.inPath() + "." + relation.inPath();
    }
}
