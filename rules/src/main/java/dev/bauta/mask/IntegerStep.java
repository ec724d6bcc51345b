package dev.bauta.mask;

import dev.bauta.catalog.ColumnType;
import java.math.BigDecimal;

/**
 * Steps of {@code smallint}, {@code integer} and {@code bigint}, in the type's own arithmetic. What would be rounded out of
 * the type's range is rounded toward zero.
 *
 * @param step above 0, and whole for a type to fit
 */
record IntegerStep(Rounding rounding, BigDecimal step) implements Step {
    @Override
    public boolean fits(ColumnType type) {
        return Numbers.isInteger(type)
                && step.compareTo(BigDecimal.ONE) > 0
                && step.stripTrailingZeros().scale() <= 0;
    }

    @Override
    public String sql(String column, ColumnType type) {
        String typname = type.name().name();
        long size = step.longValueExact();
        if (size > Numbers.largest(type)) {
            return Sql.unlessNull(column, Sql.constant(typname, 0));
        }
        String number = column + "::pg_catalog." + typname;
        String rest = Sql.op(number, "%", Sql.constant(typname, size));
        String down = Sql.op(number, "-", rest);
        return rounding == Rounding.DOWN ? down : nearest(number, rest, down, type);
    }

    private String nearest(String number, String rest, String down, ColumnType type) {
        String typname = type.name().name();
        String size = Sql.constant(typname, step.longValueExact());
        String up = Sql.op(rest, ">=", Sql.constant(typname, half())) + " AND "
                + Sql.op(number, "<", Sql.constant(typname, highest(type)));
        String low = Sql.op(rest, "<=", Sql.constant(typname, -half())) + " AND "
                + Sql.op(number, ">", Sql.constant(typname, lowest(type)));
        return "CASE WHEN " + up + " THEN " + Sql.op(down, "+", size) + " WHEN " + low + " THEN "
                + Sql.op(down, "-", size) + " ELSE " + down + " END";
    }

    @Override
    public Object value(Object value, ColumnType type) {
        return Numbers.box(stepped(((Number) value).longValue(), type), type);
    }

    private long stepped(long number, ColumnType type) {
        long size = step.longValueExact();
        if (size > Numbers.largest(type)) {
            return 0;
        }
        long rest = number % size;
        long down = number - rest;
        if (rounding == Rounding.DOWN) {
            return down;
        }
        if (rest >= half() && number < highest(type)) {
            return down + size;
        }
        return rest <= -half() && number > lowest(type) ? down - size : down;
    }

    private long half() {
        return (step.longValueExact() + 1) / 2;
    }

    private long highest(ColumnType type) {
        long largest = Numbers.largest(type);
        return largest - largest % step.longValueExact();
    }

    private long lowest(ColumnType type) {
        long smallest = -Numbers.largest(type) - 1;
        return smallest - smallest % step.longValueExact();
    }
}
