package dev.bauta.policy;

import dev.bauta.catalog.Column;
import dev.bauta.mask.Mask;
import java.util.Map;

/** How a relation is protected from masked sessions. */
public sealed interface Protection {
    /** It may be read as it is. */
    record Clear() implements Protection {
        static final Clear CLEAR = new Clear();
    }

    /**
     * Some of its columns are masked.
     *
     * @param columns the masked columns by number; the others are clear
     */
    record Masked(Map<Integer, MaskedColumn> columns) implements Protection {
        public Masked {
            columns = Map.copyOf(columns);
        }
    }

    /**
     * It must not be read at all.
     *
     * @param reason why, a clause such as {@code its definition cannot be analysed}
     * @param remedy what a DBA can do about it
     */
    record Refused(String reason, String remedy) implements Protection {}

    /**
     * A column and the mask that decides what is seen of it.
     *
     * @param column the column
     * @param mask its mask, bound to the relation's row
     * @param rule which rule says so, such as {@code rules.yaml:12:5}
     */
    record MaskedColumn(Column column, Mask mask, String rule) {}
}
