package dev.bauta.mask;

import dev.bauta.catalog.ColumnType;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * Steps of {@code numeric}. What would be rounded out of the type's range is rounded toward zero; NaN and the infinities stay.
 * The result has the step's scale where the type sets none, so that trailing zeros tell nothing.
 *
 * @param step above 0; for a bounded type to fit, a multiple of the type's resolution and above it
 */
record NumericStep(Rounding rounding, BigDecimal step) implements Step {
    /** From here on, numbers of an unbounded {@code numeric} are rounded toward zero; its end is 10^131072. */
    private static final BigDecimal UNBOUNDED = new BigDecimal("9e131071");

    @Override
    public boolean fits(ColumnType type) {
        if (!type.is("numeric")) {
            return false;
        }
        return !Numbers.isBounded(type) || isCoarser(Numbers.resolution(type));
    }

    private boolean isCoarser(BigDecimal resolution) {
        return step.compareTo(resolution) > 0 && step.remainder(resolution).signum() == 0;
    }

    @Override
    public String sql(String column, ColumnType type) {
        String number = column + "::pg_catalog.numeric";
        if (isPowerOfTen()) {
            String shown = rounding == Rounding.DOWN ? digits("trunc", number) : roundedSql(number, type);
            return Numbers.isBounded(type) ? Sql.cast(shown, type) : shown;
        }
        String rest = Sql.op(number, "%", numeric(step));
        String down = Sql.op(number, "-", rest);
        String cases = "CASE WHEN " + Sql.op(rest, "=", Sql.constant("numeric", "NaN")) + " THEN " + number
                + (rounding == Rounding.DOWN ? "" : away(number, rest, down, type)) + " ELSE " + down + " END";
        return Numbers.isBounded(type)
                ? Sql.cast(cases, type)
                : Sql.call("round", cases, Sql.constant("int4", shownScale()));
    }

    private boolean isPowerOfTen() {
        return step.stripTrailingZeros().unscaledValue().equals(BigInteger.ONE);
    }

    /** PostgreSQL rounds half away from zero as well, and takes a fifth of the time that a remainder takes. Of NaN both make NaN. */
    private String roundedSql(String number, ColumnType type) {
        String within = Sql.op(number, "<", numeric(highest(type))) + " AND "
                + Sql.op(number, ">", numeric(highest(type).negate()));
        return "CASE WHEN " + within + " THEN " + digits("round", number) + " ELSE " + digits("trunc", number) + " END";
    }

    private String digits(String function, String number) {
        return Sql.call(
                function, number, Sql.constant("int4", step.stripTrailingZeros().scale()));
    }

    private String away(String number, String rest, String down, ColumnType type) {
        String up = Sql.op(rest, ">=", numeric(half())) + " AND " + Sql.op(number, "<", numeric(highest(type)));
        String low = Sql.op(rest, "<=", numeric(half().negate())) + " AND "
                + Sql.op(number, ">", numeric(highest(type).negate()));
        return " WHEN " + up + " THEN " + Sql.op(down, "+", numeric(step)) + " WHEN " + low + " THEN "
                + Sql.op(down, "-", numeric(step));
    }

    private static String numeric(BigDecimal value) {
        return Sql.constant("numeric", value);
    }

    @Override
    public Object value(Object value, ColumnType type) {
        if (!(value instanceof BigDecimal number)) {
            return value;
        }
        BigDecimal stepped = stepped(number, type);
        return Numbers.isBounded(type) ? Numbers.shown(stepped, type) : stepped.setScale(shownScale());
    }

    private BigDecimal stepped(BigDecimal number, ColumnType type) {
        BigDecimal rest = number.remainder(step);
        BigDecimal down = number.subtract(rest);
        boolean away = rounding == Rounding.NEAREST
                && rest.abs().compareTo(half()) >= 0
                && number.abs().compareTo(highest(type)) < 0;
        if (!away) {
            return down;
        }
        return rest.signum() > 0 ? down.add(step) : down.subtract(step);
    }

    private BigDecimal half() {
        return step.divide(BigDecimal.valueOf(2));
    }

    private BigDecimal highest(ColumnType type) {
        if (!Numbers.isBounded(type)) {
            return UNBOUNDED;
        }
        BigDecimal largest = Numbers.largestNumeric(type);
        return largest.subtract(largest.remainder(step));
    }

    private int shownScale() {
        return Math.max(0, step.scale());
    }
}
