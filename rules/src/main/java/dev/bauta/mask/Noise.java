package dev.bauta.mask;

import dev.bauta.catalog.ColumnType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;

/**
 * Adds a drawn number of steps to a value, evenly from {@code -most} to {@code most} of them. What is finer than a step is rounded
 * away first, or it would tell the value apart. Immutable.
 *
 * @param most the most that is added to a number, above 0; 0 where the mask is for no numbers
 * @param days the most days that are added to a date or time; 0 where the mask is for none
 */
record Noise(BigDecimal most, int days) {
    /** A step is a millionth to a hundred-thousandth of what may be added, so that no draw needs more than 25 bits. */
    private static final int DIGITS = 6;

    private static final int SECONDS_A_DAY = 86_400;
    private static final CalendarRange RANGE = new CalendarRange(-4599, 294_100);
    /** Beyond this, a {@code numeric} without precision becomes this; its end is 10^131072. */
    private static final BigDecimal LARGEST = new BigDecimal("9e131071");

    boolean fits(ColumnType type) {
        if (CalendarRange.fits(type)) {
            return days > 0;
        }
        boolean integer = Numbers.isInteger(type);
        boolean number = integer || type.is("numeric") || type.is("float4") || type.is("float8");
        return most.signum() > 0 && number && count(type) > 0;
    }

    /** How many steps fit into what may be added. */
    private long count(ColumnType type) {
        if (type.is("date")) {
            return days;
        }
        return CalendarRange.fits(type)
                ? (long) days * SECONDS_A_DAY
                : most.divideToIntegralValue(BigDecimal.ONE.scaleByPowerOfTen(-scale(type)))
                        .longValueExact();
    }

    /** The most that is added to a value of the type, as text: noise of another size must have nothing in common with it. */
    String size(ColumnType type) {
        return CalendarRange.fits(type)
                ? Integer.toString(days)
                : most.stripTrailingZeros().toPlainString();
    }

    /** How many decimals a step has, below 0 for tens, hundreds and so on. */
    private int scale(ColumnType type) {
        int fine = DIGITS - (most.precision() - most.scale() - 1);
        if (Numbers.isInteger(type)) {
            return Math.min(fine, 0);
        }
        return type.is("numeric") && Numbers.isBounded(type) ? Math.min(fine, Numbers.scale(type)) : fine;
    }

    /**
     * The SQL form, NULL for NULL.
     *
     * @param drawn an expression of type int8, 0 and up; used once for each value
     */
    String sql(String column, ColumnType type, String drawn) {
        String modulus = Sql.constant("int8", 2 * count(type) + 1);
        String steps = Sql.op(Sql.op(drawn, "%", modulus), "-", Sql.constant("int8", count(type)));
        if (CalendarRange.fits(type)) {
            return RANGE.sql(column, type, timestamp -> timestampSql(timestamp, type, steps));
        }
        return type.is("float4") || type.is("float8")
                ? floatSql(column + "::pg_catalog.float8", type, steps)
                : decimalSql(column + "::pg_catalog.numeric", type, steps);
    }

    private static String timestampSql(String timestamp, ColumnType type, String steps) {
        boolean date = type.is("date");
        String from = date ? timestamp : Sql.call("date_trunc", Sql.text("second"), timestamp);
        String unit = Sql.constant("interval", date ? "1 day" : "1 second");
        return Sql.op(from, "+", Sql.op(steps + "::pg_catalog.float8", "*", unit));
    }

    /** NaN and the infinities have no remainder. */
    private String decimalSql(String number, ColumnType type, String steps) {
        String added =
                Sql.op(steps + "::pg_catalog.numeric", "*", numeric(BigDecimal.ONE.scaleByPowerOfTen(-scale(type))));
        String least = "GREATEST(" + number + ", " + numeric(lowest(type)) + ")";
        String within = "LEAST(" + least + ", " + numeric(highest(type)) + ")";
        String rounded = Sql.call("round", within, Sql.constant("int4", scale(type)));
        String noisy = Sql.op(rounded, "+", added);
        String clamped =
                "LEAST(GREATEST(" + noisy + ", " + numeric(lowest(type)) + "), " + numeric(highest(type)) + ")";
        boolean bounded = Numbers.isInteger(type) || Numbers.isBounded(type);
        String shown = bounded ? clamped : Sql.call("round", clamped, Sql.constant("int4", Math.max(0, scale(type))));
        String rest = Sql.op(number, "%", numeric(BigDecimal.ONE));
        String cases = "CASE WHEN " + Sql.op(rest, "=", Sql.constant("numeric", "NaN")) + " THEN " + number + " ELSE "
                + shown + " END";
        return Sql.cast(Sql.unlessNull(number, cases), "numeric", type);
    }

    private static String numeric(BigDecimal value) {
        return Sql.constant("numeric", value);
    }

    private static BigDecimal highest(ColumnType type) {
        if (Numbers.isInteger(type)) {
            return BigDecimal.valueOf(Numbers.largest(type));
        }
        return Numbers.isBounded(type) ? Numbers.largestNumeric(type) : LARGEST;
    }

    private static BigDecimal lowest(ColumnType type) {
        BigDecimal negative = highest(type).negate();
        return Numbers.isInteger(type) ? negative.subtract(BigDecimal.ONE) : negative;
    }

    /**
     * In double arithmetic on whole numbers of steps, and one division or multiplication at the end, so that the last bits do not
     * tell value and noise apart. Numbers between which there is no room for the noise stay, and so do NaN and the infinities.
     */
    private String floatSql(String number, ColumnType type, String steps) {
        String none =
                Sql.op(number, ">", floating(-least(type))) + " AND " + Sql.op(number, "<", floating(least(type)));
        String all =
                Sql.op(number, ">=", floating(largest(type))) + " OR " + Sql.op(number, "<=", floating(-largest(type)));
        String scaled = Sql.op(number, scale(type) > 0 ? "*" : "/", floating(power(type)));
        String whole = "CASE WHEN " + none + " THEN " + floating(0) + " ELSE " + Sql.call("round", scaled) + " END";
        String noisy = Sql.op("(" + whole + ")", "+", steps + "::pg_catalog.float8");
        String back = Sql.op(noisy, scale(type) > 0 ? "/" : "*", floating(power(type)));
        return Sql.cast(
                "CASE WHEN " + all + " THEN " + number + " WHEN " + number + " IS NOT NULL THEN " + back + " END",
                "float8",
                type);
    }

    private static String floating(double value) {
        return Sql.constant("float8", value);
    }

    private double power(ColumnType type) {
        return BigDecimal.ONE.scaleByPowerOfTen(Math.abs(scale(type))).doubleValue();
    }

    private double least(ColumnType type) {
        return BigDecimal.ONE.scaleByPowerOfTen(-scale(type)).doubleValue() / 2;
    }

    /** From here on the type's own gaps are more than twice as wide as the noise, and every sum would be rounded back. */
    private double largest(ColumnType type) {
        return Math.scalb(most.doubleValue(), type.is("float4") ? 25 : 54);
    }

    /** The Java form, with the same number drawn. */
    Object value(Object value, ColumnType type, long drawn) {
        long steps = drawn % (2 * count(type) + 1) - count(type);
        if (CalendarRange.fits(type)) {
            return RANGE.value(value, timestamp -> timestamp(timestamp, type, steps));
        }
        if (value instanceof BigDecimal number) {
            BigDecimal noisy = decimal(number, type, steps);
            return Numbers.isBounded(type)
                    ? Numbers.shown(noisy, type)
                    : noisy.setScale(Math.max(0, scale(type)), RoundingMode.HALF_UP);
        }
        if (Numbers.isInteger(type)) {
            long number = ((Number) value).longValue();
            return Numbers.box(decimal(BigDecimal.valueOf(number), type, steps).longValueExact(), type);
        }
        double number = ((Number) value).doubleValue();
        if (type.is("numeric") || Double.isNaN(number) || Math.abs(number) >= largest(type)) {
            return value;
        }
        double noisy = floating(number, type, steps);
        return type.is("float4") ? (Object) (float) noisy : noisy;
    }

    private static LocalDateTime timestamp(LocalDateTime value, ColumnType type, long steps) {
        return type.is("date")
                ? value.plusDays(steps)
                : value.truncatedTo(ChronoUnit.SECONDS).plusSeconds(steps);
    }

    private BigDecimal decimal(BigDecimal number, ColumnType type, long steps) {
        BigDecimal bounded = number.max(lowest(type)).min(highest(type));
        BigDecimal noisy = bounded.setScale(scale(type), RoundingMode.HALF_UP)
                .add(BigDecimal.valueOf(steps).scaleByPowerOfTen(-scale(type)));
        return noisy.max(lowest(type)).min(highest(type));
    }

    private double floating(double number, ColumnType type, long steps) {
        double scaled = scale(type) > 0 ? number * power(type) : number / power(type);
        double whole = Math.abs(number) < least(type) ? 0 : Math.rint(scaled);
        double noisy = whole + steps;
        return scale(type) > 0 ? noisy / power(type) : noisy * power(type);
    }
}
