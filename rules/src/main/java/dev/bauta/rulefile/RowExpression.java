package dev.bauta.rulefile;

/**
 * A part of a row filter's condition as it was written. What it means in SQL depends on the types of the columns. Immutable, and shows
 * no values.
 */
public sealed interface RowExpression {
    /** A column of the table. */
    record Column(String name) implements RowExpression {}

    /**
     * A text.
     *
     * @param sql with its quotes
     */
    record Text(String sql) implements RowExpression {
        /** The text itself. */
        public String value() {
            return sql.substring(1, sql.length() - 1).replace("''", "'");
        }

        @Override
        public String toString() {
            return "Text[]";
        }
    }

    /** A number, with its sign. */
    record Numeral(String sql) implements RowExpression {
        @Override
        public String toString() {
            return "Numeral[]";
        }
    }

    /** A word that stands for a value. */
    enum Word implements RowExpression {
        TRUE,
        FALSE,
        NULL,
        CURRENT_USER,
        SESSION_USER,
        CURRENT_DATE
    }

    /**
     * A cast.
     *
     * @param type its name in {@code pg_catalog}
     */
    record Cast(RowExpression operand, String type) implements RowExpression {}

    /**
     * A comparison, a sum or a difference.
     *
     * @param operator its name in {@code pg_catalog}
     */
    record Operation(RowExpression left, String operator, RowExpression right) implements RowExpression {}

    /** AND, or OR. */
    record Connection(RowExpression left, boolean and, RowExpression right) implements RowExpression {}

    /** NOT. */
    record Negation(RowExpression operand) implements RowExpression {}

    /**
     * IS.
     *
     * @param what TRUE, FALSE or NULL, {@code NOT} before it where that stands there
     */
    record Test(RowExpression operand, String what) implements RowExpression {}
}
