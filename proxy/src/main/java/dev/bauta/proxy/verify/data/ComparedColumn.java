package dev.bauta.proxy.verify.data;

import dev.bauta.catalog.Column;
import dev.bauta.catalog.ColumnType;
import dev.bauta.mask.DriverValue;
import dev.bauta.mask.Mask;
import dev.bauta.mask.Row;
import dev.bauta.mask.SubjectMask;
import dev.bauta.mask.ValueMask;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A column whose two sides are compared. Immutable.
 *
 * @param column the column
 * @param mask its mask, null for an unprotected column
 * @param rule where the rule stands, empty for an unprotected column
 */
record ComparedColumn(Column column, @Nullable Mask mask, String rule) {
    String name() {
        return column.name();
    }

    ColumnType type() {
        return column.type();
    }

    /**
     * Reads a value so that two equal ones are equal in Java: of a masked column in the classes that masks take, of any other as
     * PostgreSQL writes it.
     */
    @Nullable
    Object read(ResultSet row, int index) throws SQLException {
        return mask == null ? row.getString(index) : DriverValue.read(row, index, type());
    }

    /** True when it takes more than the raw value to tell what must be shown. */
    boolean needsMore() {
        return mask != null && !(mask instanceof ValueMask);
    }

    /** What the raw side is asked for besides: the subject of a mask that has one, else what the server makes of the value. */
    String more() {
        return mask instanceof SubjectMask shifted ? Row.reference(shifted.subject()) : maskSql();
    }

    /**
     * What the masked side must show for a raw value.
     *
     * @param row the raw side's row
     * @param more where in it stands what {@link #more} asks for; not looked at where nothing more is needed
     */
    @Nullable
    Object expected(@Nullable Object raw, ResultSet row, int more) throws SQLException {
        if (mask instanceof SubjectMask inJava) {
            Object subject = DriverValue.read(row, more, inJava.subject().type());
            return inJava.value(raw, subject, type());
        }
        return needsMore() ? read(row, more) : expected(raw);
    }

    /**
     * The same where the raw value is enough.
     *
     * @throws IllegalStateException where it is not
     */
    @Nullable
    Object expected(@Nullable Object raw) {
        if (mask == null) {
            return raw;
        }
        if (mask instanceof ValueMask inJava) {
            return inJava.value(raw, type());
        }
        throw new IllegalStateException("the mask needs more than the value");
    }

    /** The column in SQL text. */
    String reference() {
        return Row.reference(column);
    }

    /** The mask in SQL text. */
    String maskSql() {
        return mask == null ? reference() : mask.sql(reference(), type());
    }

    /** A value that has an {@code equals} of its own. */
    static @Nullable Object comparable(@Nullable Object value) {
        if (value instanceof byte[] bytes) {
            return HexFormat.of().formatHex(bytes);
        }
        return value instanceof List<?> array
                ? array.stream().map(ComparedColumn::comparable).toList()
                : value;
    }
}
