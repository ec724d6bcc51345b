package dev.bauta.mask;

import dev.bauta.catalog.ColumnType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code bucket}: a number becomes the lower bound, or the middle, of the bucket of a given width that it lies in. One bucket starts
 * at 0. Unlike {@code truncate}, which goes towards zero, all buckets have the same width. Immutable.
 *
 * @param width above 0
 * @param middle whether the middle is shown
 */
record BucketMask(BigDecimal width, boolean middle) implements ValueMask {
    static final List<String> PARAMETERS = List.of("width", "show");

    private static final BigDecimal LARGEST = BigDecimal.ONE.scaleByPowerOfTen(18);
    private static final BigDecimal SMALLEST = BigDecimal.ONE.scaleByPowerOfTen(-18);
    /** From here on, numbers of an unbounded {@code numeric} become this; its end is 10^131072. */
    private static final BigDecimal UNBOUNDED = new BigDecimal("9e131071");

    static BucketMask parse(Parameters parameters) throws MaskParameterException {
        BigDecimal width = parameters.has("width") ? parameters.decimal("width") : BigDecimal.ZERO;
        if (width.compareTo(SMALLEST) < 0 || width.compareTo(LARGEST) > 0) {
            throw parameters.wrong("width", "must be given, from 1e-18 to 1e18");
        }
        String show = parameters.text("show", "low");
        if (!List.of("low", "middle").contains(show)) {
            throw parameters.wrong("show", "must be low or middle");
        }
        return new BucketMask(width.stripTrailingZeros(), show.equals("middle"));
    }

    @Override
    public String name() {
        return "bucket";
    }

    @Override
    public boolean fits(ColumnType type) {
        return isFloat(type) || (Numbers.isInteger(type) || type.is("numeric")) && isCoarser(type);
    }

    private static boolean isFloat(ColumnType type) {
        return type.is("float4") || type.is("float8");
    }

    private boolean isCoarser(ColumnType type) {
        if (type.is("numeric") && !Numbers.isBounded(type)) {
            return true;
        }
        BigDecimal resolution = resolution(type);
        return width.compareTo(resolution) > 0 && width.remainder(resolution).signum() == 0;
    }

    private static BigDecimal resolution(ColumnType type) {
        return Numbers.isInteger(type) ? BigDecimal.ONE : Numbers.resolution(type);
    }

    /** From a bucket's lower bound to what is shown, no finer than the type. */
    private BigDecimal shift(ColumnType type) {
        if (!middle) {
            return BigDecimal.ZERO;
        }
        BigDecimal half = width.divide(BigDecimal.valueOf(2));
        boolean bounded = Numbers.isInteger(type) || type.is("numeric") && Numbers.isBounded(type);
        return bounded ? half.subtract(half.remainder(resolution(type))) : half;
    }

    private static BigDecimal highest(ColumnType type) {
        if (Numbers.isInteger(type)) {
            return BigDecimal.valueOf(Numbers.largest(type));
        }
        return Numbers.isBounded(type) ? Numbers.largestNumeric(type) : UNBOUNDED;
    }

    private static BigDecimal lowest(ColumnType type) {
        BigDecimal negative = highest(type).negate();
        return Numbers.isInteger(type) ? negative.subtract(BigDecimal.ONE) : negative;
    }

    @Override
    public String sql(String column, ColumnType type) {
        if (type.is("int2") || type.is("int4")) {
            return integerSql(column, type);
        }
        boolean power = width.unscaledValue().equals(BigInteger.ONE);
        if (power && !middle && type.is("numeric") && Numbers.isBounded(type)) {
            return truncatedSql(column + "::pg_catalog.numeric", type);
        }
        return isFloat(type)
                ? floatSql(column + "::pg_catalog.float8", type)
                : decimalSql(column + "::pg_catalog.numeric", type);
    }

    /** In {@code bigint}, which has room for a number and a bucket beside it, and takes a fifth of the time that {@code numeric} takes. */
    private String integerSql(String column, ColumnType type) {
        String number = column + "::pg_catalog.int8";
        String rest = Sql.op(number, "%", integer(width));
        String low = "CASE WHEN " + Sql.op(rest, "<", integer(BigDecimal.ZERO)) + " THEN "
                + Sql.op(Sql.op(number, "-", rest), "-", integer(width)) + " ELSE " + Sql.op(number, "-", rest)
                + " END";
        String shown = middle ? Sql.op("(" + low + ")", "+", integer(shift(type))) : low;
        String kept = "LEAST(GREATEST(" + shown + ", " + integer(lowest(type)) + "), " + integer(highest(type)) + ")";
        return Sql.cast(Sql.unlessNull(column, kept), "int8", type);
    }

    /** For a power of ten, to which {@code trunc} goes by itself. It leaves NaN, which is not below itself. */
    private String truncatedSql(String number, ColumnType type) {
        String low = Sql.call("trunc", number, Sql.constant("int4", width.scale()));
        String below = "GREATEST(" + Sql.op(low, "-", numeric(width)) + ", " + numeric(lowest(type)) + ")";
        String cases = "CASE WHEN " + Sql.op(number, "<", low) + " THEN " + below + " ELSE " + low + " END";
        return Sql.cast(cases, "numeric", type);
    }

    private static String integer(BigDecimal value) {
        return Sql.constant("int8", value.toBigIntegerExact());
    }

    /** NaN and the infinities have no remainder. */
    private String decimalSql(String number, ColumnType type) {
        String within =
                "LEAST(GREATEST(" + number + ", " + numeric(lowest(type)) + "), " + numeric(highest(type)) + ")";
        String rest = Sql.op(within, "%", numeric(width));
        String up = "CASE WHEN " + Sql.op(rest, "<", numeric(BigDecimal.ZERO)) + " THEN " + numeric(width) + " ELSE "
                + numeric(BigDecimal.ZERO) + " END";
        String low = Sql.op(Sql.op(within, "-", rest), "-", "(" + up + ")");
        String shown = Sql.op(low, "+", numeric(shift(type)));
        String kept = "LEAST(GREATEST(" + shown + ", " + numeric(lowest(type)) + "), " + numeric(highest(type)) + ")";
        boolean bounded = Numbers.isInteger(type) || Numbers.isBounded(type);
        String scaled = bounded ? kept : Sql.call("round", kept, Sql.constant("int4", shownScale(type)));
        String infinite = Sql.op(Sql.op(number, "%", numeric(width)), "=", Sql.constant("numeric", "NaN"));
        String cases = "CASE WHEN " + infinite + " THEN " + number + " WHEN " + number + " IS NOT NULL THEN " + scaled
                + " END";
        return Sql.cast(cases, "numeric", type);
    }

    private static String numeric(BigDecimal value) {
        return Sql.constant("numeric", value);
    }

    private int shownScale(ColumnType type) {
        return Math.max(0, Math.max(width.scale(), shift(type).scale()));
    }

    /** PostgreSQL raises an error where a quotient underflows or overflows; numbers near zero and far from it keep clear of both. */
    private String floatSql(String number, ColumnType type) {
        String all = Sql.op(number, ">=", floating(most(type))) + " OR " + Sql.op(number, "<=", floating(-most(type)));
        String tiny = Sql.op(number, ">", floating(-least())) + " AND " + Sql.op(number, "<", floating(least()));
        String sign = "CASE WHEN " + Sql.op(number, "<", floating(0)) + " THEN " + floating(-1) + " ELSE " + floating(0)
                + " END";
        String whole = Sql.call("floor", Sql.op(number, "/", floating(width.doubleValue())));
        String bucket = "CASE WHEN " + tiny + " THEN " + sign + " ELSE " + whole + " END";
        String shown = Sql.op(
                Sql.op("(" + bucket + ")", "*", floating(width.doubleValue())),
                "+",
                floating(shift(type).doubleValue()));
        String cases =
                "CASE WHEN " + all + " THEN " + number + " WHEN " + number + " IS NOT NULL THEN " + shown + " END";
        return Sql.cast(cases, "float8", type);
    }

    private static String floating(double value) {
        return Sql.constant("float8", value);
    }

    /** A number nearer to zero than this is in one of the two buckets beside it. */
    private double least() {
        return width.doubleValue() / 2;
    }

    /** From here on the type's own gaps are wider than a bucket. */
    private double most(ColumnType type) {
        return Math.scalb(width.doubleValue(), type.is("float4") ? 24 : 53);
    }

    @Override
    public @Nullable Object value(@Nullable Object value, ColumnType type) {
        if (value instanceof BigDecimal number) {
            BigDecimal shown = decimal(number, type);
            return Numbers.isBounded(type) ? Numbers.shown(shown, type) : shown.setScale(shownScale(type));
        }
        if (value == null || type.is("numeric")) {
            return value;
        }
        if (Numbers.isInteger(type)) {
            BigDecimal number = BigDecimal.valueOf(((Number) value).longValue());
            return Numbers.box(decimal(number, type).longValueExact(), type);
        }
        double shown = floating(((Number) value).doubleValue(), type);
        return type.is("float4") ? (Object) (float) shown : shown;
    }

    private BigDecimal decimal(BigDecimal number, ColumnType type) {
        BigDecimal bounded = number.max(lowest(type)).min(highest(type));
        BigDecimal rest = bounded.remainder(width);
        BigDecimal low = bounded.subtract(rest).subtract(rest.signum() < 0 ? width : BigDecimal.ZERO);
        return low.add(shift(type)).max(lowest(type)).min(highest(type));
    }

    private double floating(double number, ColumnType type) {
        if (Double.isNaN(number) || Math.abs(number) >= most(type)) {
            return number;
        }
        double bucket = Math.abs(number) < least() ? (number < 0 ? -1 : 0) : Math.floor(number / width.doubleValue());
        return bucket * width.doubleValue() + shift(type).doubleValue();
    }
}
