package dev.bauta.mask;

import dev.bauta.catalog.Column;
import dev.bauta.catalog.ColumnType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code each}: another mask on each element of an array. Arrays of up to three dimensions keep their dimensions, with subscripts
 * from 1; one of more dimensions becomes an empty one. Immutable.
 *
 * @param mask what becomes of an element
 */
record EachMask(Mask mask) implements Mask {
    static final List<String> PARAMETERS = List.of("mask");

    private static final int MOST_DIMENSIONS = 3;

    static Mask parse(Parameters parameters, KeyRing keys) throws MaskParameterException {
        Mask mask = NestedMasks.parse(parameters, "mask", keys);
        EachMask each = new EachMask(mask);
        return mask instanceof ValueMask function ? new ByValue(each, function) : each;
    }

    @Override
    public String name() {
        return "each";
    }

    @Override
    public Mask in(Row row) throws MaskParameterException {
        return new EachMask(mask.in(row));
    }

    @Override
    public Set<Column> reads() {
        return mask.reads();
    }

    @Override
    public boolean tellsByExample() {
        return mask.tellsByExample();
    }

    @Override
    public Optional<String> weakness(ColumnType type) {
        return PartTypes.element(type).flatMap(mask::weakness);
    }

    @Override
    public boolean fits(ColumnType type) {
        return PartTypes.element(type).filter(mask::fits).isPresent();
    }

    /**
     * The element type's own length is kept by the cast at the end. A subquery over a function of the row stands in no relation's
     * way; the order of its rows is the array's.
     */
    @Override
    public String sql(String column, ColumnType type) {
        ColumnType element = PartTypes.element(type).orElseThrow();
        StringBuilder cases = new StringBuilder("CASE");
        String dimensions = Sql.call("array_ndims", column);
        for (int i = 1; i <= MOST_DIMENSIONS; i++) {
            cases.append(" WHEN ")
                    .append(Sql.op(dimensions, "=", Sql.constant("int4", i)))
                    .append(" THEN ")
                    .append(i == 1 ? row(column, element) : nested(column, element, i));
        }
        cases.append(" WHEN ")
                .append(column)
                .append(" IS NOT NULL THEN ")
                .append(Sql.cast("'{}'", type))
                .append(" END");
        return Sql.cast(cases.toString(), type);
    }

    private String row(String column, ColumnType element) {
        return "ARRAY(SELECT " + mask.sql("e.v", element) + " FROM " + Sql.call("unnest", column)
                + " WITH ORDINALITY AS e(v, n) ORDER BY e.n)";
    }

    /**
     * Counts along each dimension by the elements of an array, of which PostgreSQL expects ten, and by LIMIT one. Of {@code generate_subscripts} it
     * expects a thousand, a thousand million in three dimensions, and would compile each query for a second, arrays of one dimension or not.
     */
    private String nested(String column, ColumnType element, int dimensions) {
        StringBuilder subscripted = new StringBuilder("((" + column + ")");
        for (int i = 1; i <= dimensions; i++) {
            String lower = Sql.call("array_lower", column, number(i));
            subscripted.append("[" + Sql.op(Sql.op("e" + i + ".n", "+", lower), "-", number(1)) + "]");
        }
        String masked = mask.sql(subscripted + ")", element);
        for (int i = dimensions; i >= 1; i--) {
            String length = Sql.call("array_length", column, number(i));
            String counted = Sql.call("unnest", Sql.call("array_fill", number(0), "ARRAY[" + length + "]"));
            masked = "ARRAY(SELECT %2$s FROM %3$s WITH ORDINALITY AS e%1$d(v, n) ORDER BY e%1$d.n LIMIT %4$s)"
                    .formatted(i, masked, counted, length);
        }
        return masked;
    }

    private static String number(int number) {
        return Sql.constant("int4", number);
    }

    /**
     * A mask on each element that has a Java form. Immutable.
     *
     * @param each the mask on the array
     * @param mask what becomes of an element
     */
    private record ByValue(EachMask each, ValueMask mask) implements ValueMask {
        @Override
        public String name() {
            return each.name();
        }

        @Override
        public boolean fits(ColumnType type) {
            return each.fits(type);
        }

        @Override
        public Optional<String> weakness(ColumnType type) {
            return each.weakness(type);
        }

        @Override
        public String sql(String column, ColumnType type) {
            return each.sql(column, type);
        }

        @Override
        public @Nullable Object value(@Nullable Object value, ColumnType type) {
            if (value == null) {
                return null;
            }
            List<?> array = (List<?>) value;
            ColumnType element = PartTypes.element(type).orElseThrow();
            return dimensions(array) > MOST_DIMENSIONS ? List.of() : masked(array, element);
        }

        private static int dimensions(List<?> array) {
            return !array.isEmpty() && array.get(0) instanceof List<?> first ? 1 + dimensions(first) : 1;
        }

        private List<@Nullable Object> masked(List<?> array, ColumnType element) {
            List<@Nullable Object> masked = new ArrayList<>();
            for (Object part : array) {
                masked.add(part instanceof List<?> row ? masked(row, element) : mask.value(part, element));
            }
            return Collections.unmodifiableList(masked);
        }
    }
}
