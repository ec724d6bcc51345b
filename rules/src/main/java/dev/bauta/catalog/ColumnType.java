package dev.bauta.catalog;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

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
 * @param rows {@code pg_class.oid} of all whose rows are values of the type or stand in these, in arrays, ranges and composite types too; empty for
 *     nearly all types
 */
public record ColumnType(
        int oid, QualifiedName name, int typmod, String sql, char category, char typtype, Set<Integer> rows) {
    private static final String CATALOG = "pg_catalog.";
    private static final Pattern MODIFIER = Pattern.compile("\\([0-9, -]*\\)");

    /**
     * The names by which people know the type: {@code varchar}, {@code character varying} and {@code character varying(80)};
     * outside {@code pg_catalog} the name with its schema as well.
     */
    public List<String> spellings() {
        String plain = sql.startsWith(CATALOG) ? sql.substring(CATALOG.length()) : sql;
        String bare = MODIFIER.matcher(plain).replaceFirst("");
        return Stream.of(name.name(), plain, bare, name.toString()).distinct().toList();
    }

    /** True for a type of {@code pg_catalog} with this {@code typname}. */
    public boolean is(String typname) {
        return name.schema().equals("pg_catalog") && name.name().equals(typname);
    }
}
