package dev.bauta.mask;

import dev.bauta.catalog.ColumnType;
import java.sql.SQLException;
import org.postgresql.util.PGobject;

/** The objects that the driver's {@code getObject} gives for types of which it knows no more than the text. */
final class DriverObject {
    private DriverObject() {}

    /** The object for a value as PostgreSQL writes it. */
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
