package dev.bauta.catalog;

import java.util.Set;

/** Spelling of names in SQL text. */
public final class SqlNames {
    private SqlNames() {}

    /** Key words that are not "unreserved" in any PostgreSQL from 13 to 18; {@code quote_ident} quotes these. */
    private static final Set<String> KEY_WORDS = Set.of(
            """
            all analyse analyze and any array as asc asymmetric authorization between bigint binary bit
            boolean both case cast char character check coalesce collate collation column concurrently
            constraint create cross current_catalog current_date current_role current_schema current_time
            current_timestamp current_user dec decimal default deferrable desc distinct do else end except
            exists extract false fetch float for foreign freeze from full grant greatest group grouping
            having ilike in initially inner inout int integer intersect interval into is isnull join json
            json_array json_arrayagg json_exists json_object json_objectagg json_query json_scalar
            json_serialize json_table json_value lateral leading least left like limit localtime
            localtimestamp merge_action national natural nchar none normalize not notnull null nullif
            numeric offset on only or order out outer overlaps overlay placing position precision primary
            real references returning right row select session_user setof similar smallint some substring
            symmetric system_user table tablesample then time timestamp to trailing treat trim true union
            unique user using values varchar variadic verbose when where window with xmlattributes
            xmlconcat xmlelement xmlexists xmlforest xmlnamespaces xmlparse xmlpi xmlroot xmlserialize
            xmltable
            """
                    .strip()
                    .split("\\s+"));

    /** Quotes an identifier where it is not plain lower-case letters, digits and underscores, or is a key word. */
    public static String quote(String identifier) {
        if (isPlain(identifier) && !KEY_WORDS.contains(identifier)) {
            return identifier;
        }
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    /** Quotes a string constant; safe under either setting of {@code standard_conforming_strings}. */
    public static String literal(String value) {
        String quoted = "'" + value.replace("'", "''").replace("\\", "\\\\") + "'";
        return value.indexOf('\\') >= 0 ? "E" + quoted : quoted;
    }

    private static boolean isPlain(String identifier) {
        if (identifier.isEmpty()) {
            return false;
        }
        for (int i = 0; i < identifier.length(); i++) {
            char c = identifier.charAt(i);
            boolean letter = c >= 'a' && c <= 'z' || c == '_';
            boolean digit = c >= '0' && c <= '9';
            if (!(letter || i > 0 && digit)) {
                return false;
            }
        }
        return true;
    }
}
