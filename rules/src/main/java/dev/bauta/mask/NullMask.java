package dev.bauta.mask;

import dev.bauta.catalog.ColumnType;
import org.jspecify.annotations.Nullable;

/** {@code null}: NULL for every value, of any type. Immutable. */
record NullMask() implements ValueMask {
    @Override
    public String name() {
        return "null";
    }

    @Override
    public boolean fits(ColumnType type) {
        return true;
    }

    @Override
    public String sql(String column, ColumnType type) {
        return "NULL::" + type.sql();
    }

    @Override
    public @Nullable Object value(@Nullable Object value, ColumnType type) {
        return null;
    }
}
