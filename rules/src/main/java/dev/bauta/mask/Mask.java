package dev.bauta.mask;

import dev.bauta.catalog.ColumnType;
import org.jspecify.annotations.Nullable;

/**
 * One anonymizing function over a column, in two forms that give the same answer: an SQL expression for PostgreSQL to
 * evaluate, and a Java function for records that do not come through SQL. Implementations are immutable and thread-safe.
 *
 * <p>Contract, for every type that {@link #fits} accepts:
 *
 * <ul>
 *   <li><b>total</b>: no value of the type makes either form raise an error;
 *   <li><b>type-preserving</b>: the SQL form has exactly the column's type and typmod; its collation may be the type's default,
 *       so whoever uses it adds the column's;
 *   <li><b>NULL stays NULL</b>, but for masks that say otherwise;
 *   <li><b>capture-proof</b>: every function, operator, cast and type in the SQL form is schema-qualified or fixed by the
 *       grammar, so no object that a client can create and no session setting changes what it computes;
 *   <li><b>deterministic</b> and free of subqueries, so that PostgreSQL pulls the masked relation up.
 * </ul>
 *
 * <p>All of this is promised for databases whose encoding is UTF8.
 */
public interface Mask {
    /** The mask's name in the rule file, such as {@code partial}. */
    String name();

    /** True when the mask can be applied to columns of this type. */
    boolean fits(ColumnType type);

    /**
     * The SQL form.
     *
     * @param column the column reference to mask, already quoted, such as {@code r.email}; may be used several times
     * @param type a type that {@link #fits}
     * @return an expression that can stand in a SELECT list, without alias
     */
    String sql(String column, ColumnType type);

    /**
     * The Java form.
     *
     * @param value what the PostgreSQL JDBC driver's {@code getObject} gives for the column; for {@code date}, {@code time},
     *     {@code timestamp} and {@code timestamptz}, what it gives when asked for a {@code LocalDate}, {@code LocalTime}, {@code LocalDateTime}
     *     and {@code OffsetDateTime}, with their MIN and MAX for the infinities
     * @param type a type that {@link #fits}
     * @return the masked value, as reading the SQL form's result would give it
     * @throws ClassCastException for a value of another class
     */
    @Nullable
    Object value(@Nullable Object value, ColumnType type);
}
