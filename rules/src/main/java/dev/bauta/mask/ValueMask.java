package dev.bauta.mask;

import dev.bauta.catalog.ColumnType;
import org.jspecify.annotations.Nullable;

/**
 * A mask that is a function of the value alone, in two forms that give the same answer: in SQL, and in Java for records that do not
 * come through SQL. Both keep the contract of {@link Mask}, and both are deterministic.
 */
public interface ValueMask extends Mask {
    /**
     * The Java form.
     *
     * @param value what the PostgreSQL JDBC driver's {@code getObject} gives for the column; for {@code date}, {@code time},
     *     {@code timestamp} and {@code timestamptz}, what it gives when asked for a {@code LocalDate}, {@code LocalTime}, {@code LocalDateTime}
     *     and {@code OffsetDateTime}, with their MIN and MAX for the infinities; for arrays a {@code List} of these with null for NULL, of lists where the
     *     array has more dimensions
     * @param type a type that {@link #fits}
     * @return the masked value, as reading the SQL form's result would give it
     * @throws ClassCastException for a value of another class
     */
    @Nullable
    Object value(@Nullable Object value, ColumnType type);
}
