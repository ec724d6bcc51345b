package dev.bauta.catalog;

/**
 * A schema-qualified name, as stored in the catalogs (no quotes, no folding). Immutable.
 *
 * @param schema the namespace
 * @param name the object's own name
 */
public record QualifiedName(String schema, String name) implements Comparable<QualifiedName> {
    /** The SQL spelling, with each part quoted where PostgreSQL's {@code quote_ident} would. */
    public String sql() {
        return SqlNames.quote(schema) + "." + SqlNames.quote(name);
    }

    @Override
    public int compareTo(QualifiedName other) {
        int bySchema = schema.compareTo(other.schema);
        return bySchema != 0 ? bySchema : name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return schema + "." + name;
    }
}
