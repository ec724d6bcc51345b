package dev.bauta.mask;

import dev.bauta.catalog.ColumnType;
import java.math.BigDecimal;

/**
 * Steps of {@code real} and {@code double precision}, in double arithmetic, which is the same in PostgreSQL and Java (IEEE 754).
 * Zero has no sign, or it would tell on which side of it a number lies. Half way goes to the even multiple, as PostgreSQL's {@code round(double precision)} has it. NaN and the infinities stay,
 * and so does a number so large that the type's own gaps are wider than the step.
 *
 * @param step above 0
 */
record FloatStep(Rounding rounding, BigDecimal step) implements Step {
    @Override
    public boolean fits(ColumnType type) {
        return type.is("float4") || type.is("float8");
    }

    /** PostgreSQL raises an error where a quotient underflows or overflows; the two bounds keep clear of both. */
    @Override
    public String sql(String column, ColumnType type) {
        String number = column + "::pg_catalog.float8";
        String none = Sql.op(number, ">", constant(-least())) + " AND " + Sql.op(number, "<", constant(least()));
        String all = Sql.op(number, ">=", constant(most(type))) + " OR " + Sql.op(number, "<=", constant(-most(type)));
        String cases = "CASE WHEN " + none + " THEN " + constant(0) + " WHEN " + all + " THEN " + number + " ELSE "
                + steppedSql(number) + " END";
        return Sql.cast(cases, "float8", type);
    }

    private String steppedSql(String number) {
        String function = rounding == Rounding.DOWN ? "trunc" : "round";
        String scale = constant(scale());
        String stepped = isFraction()
                ? Sql.op(Sql.call(function, Sql.op(number, "*", scale)), "/", scale)
                : Sql.op(Sql.call(function, Sql.op(number, "/", scale)), "*", scale);
        return Sql.op(stepped, "+", constant(0));
    }

    private static String constant(double value) {
        return Sql.constant("float8", value);
    }

    @Override
    public Object value(Object value, ColumnType type) {
        double stepped = stepped(((Number) value).doubleValue(), type);
        if (type.is("float4")) {
            return (float) stepped;
        }
        return stepped;
    }

    private double stepped(double number, ColumnType type) {
        if (number > -least() && number < least()) {
            return 0;
        }
        if (Double.isNaN(number) || Math.abs(number) >= most(type)) {
            return number;
        }
        double stepped = isFraction() ? whole(number * scale()) / scale() : whole(number / scale()) * scale();
        return stepped + 0.0;
    }

    private double whole(double number) {
        if (rounding == Rounding.NEAREST) {
            return Math.rint(number);
        }
        return number < 0 ? Math.ceil(number) : Math.floor(number);
    }

    /** True for a step such as 0.1: {@code 3 / 10} is the double nearest to 0.3, and {@code 3 * 0.1} is not. */
    private boolean isFraction() {
        return step.compareTo(BigDecimal.ONE) < 0
                && BigDecimal.ONE.remainder(step).signum() == 0;
    }

    private double scale() {
        return isFraction() ? BigDecimal.ONE.divideToIntegralValue(step).doubleValue() : step.doubleValue();
    }

    /** Numbers nearer to zero than this become zero. */
    private double least() {
        return step.doubleValue() / 2;
    }

    /** From here on the type's own gaps are wider than the step. */
    private double most(ColumnType type) {
        return Math.scalb(step.doubleValue(), type.is("float4") ? 24 : 53);
    }
}
