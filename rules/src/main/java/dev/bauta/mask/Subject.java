package dev.bauta.mask;

import dev.bauta.catalog.Column;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whose value it is, for the masks that go by that: another column of the row. Immutable.
 *
 * @param name the column, as the rule names it
 * @param bound the column in the relation; null while the mask is not bound to any
 */
record Subject(String name, @Nullable Column bound) {
    /** The parameter that names the column. */
    static final String BY = "by";

    /** @param what what the mask is for, for the message where the parameter is missing */
    static Subject parse(Parameters parameters, String what) throws MaskParameterException {
        if (!parameters.has(BY)) {
            throw parameters.wrong(BY, "must name the column of the same row that says whose " + what + " it is");
        }
        return new Subject(parameters.text(BY, ""), null);
    }

    /** The same in the rows of a relation, see {@link Mask#in}. */
    Subject in(Row row) throws MaskParameterException {
        return in(row, "");
    }

    /** @param which what the column must be beside, for the message where there is none */
    Subject in(Row row, String which) throws MaskParameterException {
        String known = bound == null ? name : bound.name();
        Column found = row.find(known)
                .orElseThrow(() -> new MaskParameterException(BY, "the relation has no column " + known + which));
        if (!KeyedNumber.fits(found.type())) {
            throw new MaskParameterException(
                    BY, "column " + known + " of type " + found.type().sql() + " cannot tell subjects apart");
        }
        return new Subject(name, found);
    }

    /** See {@link Mask#reads}. */
    Set<Column> reads() {
        return bound == null ? Set.of() : Set.of(bound);
    }

    /**
     * The column.
     *
     * @throws IllegalStateException when the mask is not bound to a relation
     */
    Column column() {
        if (bound == null) {
            throw new IllegalStateException("the mask is not bound to a relation");
        }
        return bound;
    }
}
