package dev.bauta.mask;

import dev.bauta.catalog.ColumnType;
import dev.bauta.catalog.SqlNames;
import java.util.function.UnaryOperator;

/**
 * Builds the SQL forms. Everything it writes names its schema, so that no function, operator, type or domain that a client
 * creates can take the place of PostgreSQL's own, and is in parentheses where precedence could matter: the notation
 * {@code OPERATOR(…)} gives all operators one precedence (manual, 4.1.6).
 */
final class Sql {
    private Sql() {}

    /** A call of a function of {@code pg_catalog}; the caller sees to it that the arguments have exactly its types. */
    static String call(String function, String... arguments) {
        return "pg_catalog." + function + "(" + String.join(", ", arguments) + ")";
    }

    /** An operator of {@code pg_catalog} between two expressions of exactly its types. */
    static String op(String left, String operator, String right) {
        return "(" + left + " OPERATOR(pg_catalog." + operator + ") " + right + ")";
    }

    /** A constant of a type of {@code pg_catalog}; plain digits are of type int4, and cheaper for the server to read. */
    static String constant(String type, Object value) {
        String written = value.toString();
        if (type.equals("int4")) {
            return written.startsWith("-") ? "(" + written + ")" : written;
        }
        return SqlNames.literal(written) + "::pg_catalog." + type;
    }

    /** A constant of type text. */
    static String text(String value) {
        return constant("text", value);
    }

    /**
     * A string constant whose type is said by where it stands: on the other side of an operator from text, in another branch of a CASE than
     * text, or as an argument of the only function of its name and number of arguments.
     */
    static String untyped(String value) {
        return SqlNames.literal(value);
    }

    /** A cast to exactly the column's type and typmod. */
    static String cast(String expression, ColumnType type) {
        return "(" + expression + ")::" + type.sql();
    }

    /** The same for an expression of exactly a type of {@code pg_catalog}, and no cast where that is the column's. */
    static String cast(String expression, String from, ColumnType type) {
        return type.is(from) && type.typmod() < 0 ? expression : cast(expression, type);
    }

    /** The expression where the column is not NULL, else NULL. */
    static String unlessNull(String column, String expression) {
        return "CASE WHEN " + column + " IS NOT NULL THEN " + expression + " END";
    }

    /**
     * An expression in which another stands several times and is computed once. PostgreSQL does not merge a subquery with OFFSET into the one
     * around it, and that it is 0 costs nothing. Planning takes longer for it, some 15 µs.
     *
     * @param once what is computed once
     * @param using from the name of its value to the expression, in which the masked column does not stand
     */
    static String once(String once, UnaryOperator<String> using) {
        return once("e0", once, using);
    }

    /**
     * The same for expressions in which the masked column stands beside the value: inside another mask it is a value of the kind above, whose name
     * would be taken for this one's.
     *
     * @param alias a name that no other mask uses; {@code each} has {@code e} to {@code e3}
     */
    static String once(String alias, String once, UnaryOperator<String> using) {
        return "(SELECT " + using.apply(alias + ".v") + " FROM (SELECT " + once + " OFFSET 0) AS " + alias + "(v))";
    }

    /** The collation that compares bytes: searching under a nondeterministic collation is an error up to PostgreSQL 17. */
    static String bytewise(String expression) {
        return "(" + expression + " COLLATE pg_catalog.\"C\")";
    }

    /** The default collation, so that a result does not bring one in from {@link #bytewise}. */
    static String collated(String expression) {
        return "(" + expression + " COLLATE pg_catalog.\"default\")";
    }
}
