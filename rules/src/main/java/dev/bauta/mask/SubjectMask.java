package dev.bauta.mask;

import dev.bauta.catalog.Column;
import dev.bauta.catalog.ColumnType;
import org.jspecify.annotations.Nullable;

/**
 * A mask that is a function of the value and of one other column of its row, which says whose value it is. It has two forms that give
 * the same answer, once it is bound by {@link Mask#in}: in SQL, and in Java for records that do not come through SQL. Both keep the
 * contract of {@link Mask}, and both are deterministic.
 */
public interface SubjectMask extends Mask {
    /**
     * The column that says whose value it is.
     *
     * @throws IllegalStateException when the mask is not bound to a relation
     */
    Column subject();

    /** True for a mask that keeps what it promises only where each row has a subject of its own. */
    default boolean isPerRow() {
        return false;
    }

    /**
     * The Java form.
     *
     * @param value in the classes that {@link ValueMask#value} takes
     * @param subject the row's value of {@link #subject}, in the same classes; null for NULL
     * @param type a type that {@link #fits}
     * @return the masked value, as reading the SQL form's result would give it
     * @throws ClassCastException for a value of another class
     * @throws IllegalStateException when the mask is not bound to a relation
     */
    @Nullable
    Object value(@Nullable Object value, @Nullable Object subject, ColumnType type);
}
