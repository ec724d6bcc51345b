package dev.bauta.mask;

import dev.bauta.catalog.ColumnType;
import java.util.Set;

/**
 * Values of the character types {@code text}, {@code varchar} and {@code char}: PostgreSQL counts characters in code points,
 * and the blanks at the end of a {@code char(n)} are no part of the value.
 */
final class Text {
    private static final Set<String> TYPES = Set.of("text", "varchar", "bpchar");

    private Text() {}

    /** True for a character type. */
    static boolean fits(ColumnType type) {
        return type.name().schema().equals("pg_catalog")
                && TYPES.contains(type.name().name());
    }

    /** The most characters that a value of the type has, {@link Integer#MAX_VALUE} where the type sets no limit. */
    static int limit(ColumnType type) {
        return type.typmod() < 0 ? Integer.MAX_VALUE : type.typmod() - 4;
    }

    /**
     * The column as an expression of type text. Functions of {@code pg_catalog} that take nothing but text, or {@code char(n)} too, need no
     * cast, and the server has less to look up without one.
     */
    static String sql(String column) {
        return column + "::pg_catalog.text";
    }

    /** The length of a column as an expression of type int4. */
    static String lengthSql(String column) {
        return Sql.call("char_length", column);
    }

    /**
     * The condition that a column has fewer characters than that; NULL for NULL. A pattern of so many looks at no more of them, and is one
     * function to set up; of a {@code char(n)} the padding would have to be taken off first.
     */
    static String shorterSql(String column, ColumnType type, int length) {
        return type.is("bpchar")
                ? Sql.op(lengthSql(column), "<", Sql.constant("int4", length))
                : Sql.op(Sql.bytewise(column), "!~~", Sql.untyped("_".repeat(length) + "%"));
    }

    /** The condition, in parentheses, that a column has more characters than that; NULL for NULL. A character has a byte or more. */
    static String longerSql(String column, int length) {
        String most = Sql.constant("int4", length);
        String bytes = Sql.call("octet_length", column);
        return "(" + Sql.op(bytes, ">", most) + " AND " + Sql.op(lengthSql(column), ">", most) + ")";
    }

    /** The value without a {@code char(n)}'s padding. */
    static String read(Object value, ColumnType type) {
        String text = (String) value;
        return type.is("bpchar") ? stripBlanks(text) : text;
    }

    /** The value as a cast to the type gives it: cut to the type's length, and padded for {@code char(n)}. */
    static String write(String text, ColumnType type) {
        int limit = limit(type);
        String cut = first(text, limit);
        if (!type.is("bpchar") || type.typmod() < 0) {
            return cut;
        }
        return cut + " ".repeat(limit - length(cut));
    }

    /** Length in characters. */
    static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    /** The first {@code count} characters. */
    static String first(String text, int count) {
        return count >= length(text) ? text : text.substring(0, text.offsetByCodePoints(0, count));
    }

    /** The last {@code count} characters. */
    static String last(String text, int count) {
        return count >= length(text) ? text : text.substring(text.offsetByCodePoints(text.length(), -count));
    }

    /** True when PostgreSQL can store the string: no NUL, no half of a surrogate pair. */
    static boolean isStorable(String text) {
        return text.codePoints().noneMatch(c -> c == 0 || c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }

    private static String stripBlanks(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == ' ') {
            end--;
        }
        return text.substring(0, end);
    }
}
