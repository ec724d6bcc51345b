package dev.bauta.catalog;

/**
 * The type of a column as a client sees it: a domain is already replaced by its base type. Immutable.
 *
 * @param oid {@code pg_type.oid} of the base type
 * @param name {@code pg_type.typname} in its schema, such as {@code pg_catalog.varchar} or {@code pg_catalog._text}
 * @param typmod {@code atttypmod} (of the domain where the column's type is one), -1 when there is none
 * @param sql how to cast to exactly this type and typmod whatever the search_path holds, such as
 *     {@code character varying(80)} or {@code pg_catalog.text}
 * @param category {@code pg_type.typcategory}: S string, N numeric, D date/time, B boolean, A array, …
 * @param typtype {@code pg_type.typtype} of the base type: b base, c composite, e enum, r range, m multirange
 */
public record ColumnType(int oid, QualifiedName name, int typmod, String sql, char category, char typtype) {
    /** True for a type of {@code pg_catalog} with this {@code typname}. */
    public boolean is(String typname) {
        return name.schema().equals("pg_catalog") && name.name().equals(typname);
    }
}
