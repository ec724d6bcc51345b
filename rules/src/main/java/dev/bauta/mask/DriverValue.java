package dev.bauta.mask;

import dev.bauta.catalog.ColumnType;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PGobject;

/** Values in the classes that masks take and give: those of the PostgreSQL JDBC driver, with {@link List} for arrays. */
public final class DriverValue {
    private DriverValue() {}

    /**
     * Reads a value in the class that {@link ValueMask#value} takes. The driver cannot read 29 February of a leap year before Christ
     * in these classes: of such dates and times there is an error of its making.
     *
     * @param row a row of a result of the PostgreSQL JDBC driver
     * @param index the column's, from 1
     * @param type the column's type
     */
    public static @Nullable Object read(ResultSet row, int index, ColumnType type) throws SQLException {
        ColumnType element = PartTypes.element(type).orElse(null);
        if (element != null) {
            return elements(row.getArray(index), element);
        }
        if (!type.name().schema().equals("pg_catalog")) {
            return row.getString(index);
        }
        return switch (type.name().name()) {
            case "date" -> row.getObject(index, LocalDate.class);
            case "time" -> row.getObject(index, LocalTime.class);
            case "timestamp" -> row.getObject(index, LocalDateTime.class);
            case "timestamptz" -> row.getObject(index, OffsetDateTime.class);
            case "money", "interval", "xml" -> row.getString(index);
            default -> row.getObject(index);
        };
    }

    /** The driver gives an array as rows of a number and an element, which is an array in its turn where there are more dimensions. */
    private static @Nullable List<@Nullable Object> elements(@Nullable Array array, ColumnType element)
            throws SQLException {
        if (array == null) {
            return null;
        }
        List<@Nullable Object> elements = new ArrayList<>();
        try (ResultSet rows = array.getResultSet()) {
            boolean nested = rows.getMetaData().getColumnType(2) == Types.ARRAY;
            while (rows.next()) {
                elements.add(nested ? elements(rows.getArray(2), element) : read(rows, 2, element));
            }
        }
        return Collections.unmodifiableList(elements);
    }

    /** The object that the driver gives for types of which it knows no more than the text that PostgreSQL writes. */
    static Object of(String text, ColumnType type) {
        PGobject object = new PGobject();
        object.setType(type.name().name());
        try {
            object.setValue(text);
        } catch (SQLException e) {
            throw new IllegalStateException("the driver refused the text of a value", e);
        }
        return object;
    }

    /** What PostgreSQL wrote for the value, which is not NULL. */
    static String text(Object value) {
        String text = ((PGobject) value).getValue();
        if (text == null) {
            throw new IllegalArgumentException("the object holds no value");
        }
        return text;
    }
}
