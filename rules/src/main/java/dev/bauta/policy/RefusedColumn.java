package dev.bauta.policy;

import dev.bauta.catalog.ColumnType;
import dev.bauta.mask.Mask;
import dev.bauta.mask.Masks;

/** Stands where a rule refuses a column. A statement that takes the column is refused; were it not, it would see NULL. */
record RefusedColumn() implements Mask {
    static final RefusedColumn REFUSED = new RefusedColumn();

    @Override
    public String name() {
        return "refused";
    }

    @Override
    public boolean fits(ColumnType type) {
        return true;
    }

    @Override
    public String sql(String column, ColumnType type) {
        return Masks.suppression().sql(column, type);
    }
}
