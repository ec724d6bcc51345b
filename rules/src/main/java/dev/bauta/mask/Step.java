package dev.bauta.mask;

import dev.bauta.catalog.ColumnType;

/** The part of {@link StepMask} for one family of types; see {@link Mask} for what the methods promise. */
interface Step {
    /** True for the types of the family of which the step leaves something hidden. */
    boolean fits(ColumnType type);

    /** The SQL form, NULL for NULL. */
    String sql(String column, ColumnType type);

    /** The Java form. */
    Object value(Object value, ColumnType type);
}
