package dev.bauta.policy;

import dev.bauta.catalog.Column;
import dev.bauta.mask.Mask;
import dev.bauta.mask.MaskParameterException;
import dev.bauta.mask.Row;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a relation is protected from masked sessions. */
public sealed interface Protection {
    /** True when the column of that number may be shown as it is. */
    boolean isClear(int column);

    /** It may be read as it is. */
    record Clear() implements Protection {
        static final Clear CLEAR = new Clear();

        @Override
        public boolean isClear(int column) {
            return true;
        }
    }

    /**
     * Some of its columns are masked, or some of its rows are not shown, or both.
     *
     * @param columns the masked columns by number; the others are clear
     * @param rowCondition the condition on the rows that are shown, in which the row is called {@code r}; empty where all are
     * @param writable true when it may be written as far as that tells nothing of protected values
     * @param placed true where a partition key chooses by protected columns in which of its partitions a row is: where a row lies tells
     * @param computed true where masks read virtual columns: plans show their expressions, which can hold values of what they compute with
     */
    record Masked(
            Map<Integer, MaskedColumn> columns, String rowCondition, boolean writable, boolean placed, boolean computed)
            implements Protection {
        public Masked {
            columns = Map.copyOf(columns);
        }

        @Override
        public boolean isClear(int column) {
            return !columns.containsKey(column);
        }

        /** Not the condition: it may tell about the data. */
        @Override
        public String toString() {
            return "Masked[" + columns.keySet() + (isFiltered() ? ", filtered]" : "]");
        }

        /**
         * True when plans over it tell: they show what hides rows, how many rows are in which partition, and how virtual columns are
         * computed.
         */
        public boolean planTells() {
            return isFiltered() || placed || computed;
        }

        /** True when some rows are not shown. */
        public boolean isFiltered() {
            return !rowCondition.isEmpty();
        }
    }

    /**
     * It must not be read at all.
     *
     * @param reason why, a clause such as {@code its definition cannot be analysed}
     * @param remedy what a DBA can do about it
     */
    record Refused(String reason, String remedy) implements Protection {
        @Override
        public boolean isClear(int column) {
            return false;
        }
    }

    /**
     * A column and the mask that decides what is seen of it.
     *
     * @param column the column
     * @param mask its mask, bound to the relation's row
     * @param rule which rule says so, such as {@code rules.yaml:12:5}
     * @param tag what kind of data it holds; null when the rules do not say
     */
    record MaskedColumn(Column column, Mask mask, String rule, @Nullable String tag) {
        /** The same protection for another column. */
        MaskedColumn on(Column other) {
            return new MaskedColumn(other, mask, rule, tag);
        }

        /** With the mask for the rows of one relation, see {@link Mask#in}. */
        MaskedColumn boundTo(Row row) throws MaskParameterException {
            return new MaskedColumn(column, mask.in(row), rule, tag);
        }

        /** True when a statement that takes the column is refused. */
        public boolean isRefused() {
            return mask instanceof RefusedColumn;
        }
    }
}
