package dev.bauta.proxy.verify.data;

import dev.bauta.catalog.Column;
import dev.bauta.catalog.ColumnType;
import dev.bauta.mask.DriverValue;
import dev.bauta.mask.Mask;
import dev.bauta.mask.Row;
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

    /** True when what must be shown can be told by the server alone: the mask has no Java form. */
    boolean isServerMasked() {
        return mask != null && !(mask instanceof ValueMask);
    }

    /**
     * What the masked side must show for a raw value.
     *
     * @throws IllegalStateException when the mask has no Java form
     */
    @Nullable
    Object expected(@Nullable Object raw) {
        if (mask == null) {
            return raw;
        }
        if (mask instanceof ValueMask inJava) {
            return inJava.value(raw, type());
        }
        throw new IllegalStateException("the mask has no Java form");
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
