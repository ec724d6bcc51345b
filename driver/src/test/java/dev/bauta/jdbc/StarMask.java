package dev.bauta.jdbc;

import dev.bauta.catalog.ColumnType;
import dev.bauta.mask.Mask;
import org.jspecify.annotations.Nullable;

/** Shows {@code ***} for every text. */
record StarMask() implements Mask {
    @Override
    public String name() {
        return "star";
    }

    @Override
    public boolean fits(ColumnType type) {
        return type.is("text");
    }

    @Override
    public String sql(String column, ColumnType type) {
        return "(CASE WHEN " + column + " IS NOT NULL THEN '***'::" + type.sql() + " END)";
    }

    @Override
    public @Nullable Object value(@Nullable Object value, ColumnType type) {
        return value == null ? null : "***";
    }
}
