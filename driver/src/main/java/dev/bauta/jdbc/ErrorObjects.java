package dev.bauta.jdbc;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * The names that the fields {@code s t c d n} of an ErrorResponse give (manual, section 55.8); null where a field is absent.
 * Immutable.
 *
 * @param schema the schema
 * @param table the table
 * @param column the column
 * @param dataType the data type
 * @param constraint the constraint
 */
public record ErrorObjects(
        @Nullable String schema,
        @Nullable String table,
        @Nullable String column,
        @Nullable String dataType,
        @Nullable String constraint)
        implements Serializable {
    /** No object is named. */
    public static final ErrorObjects NONE = new ErrorObjects(null, null, null, null, null);
}
