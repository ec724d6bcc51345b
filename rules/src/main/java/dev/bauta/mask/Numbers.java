package dev.bauta.mask;

import dev.bauta.catalog.ColumnType;
import java.math.BigDecimal;
import java.util.Map;

/** What the number types can hold. */
final class Numbers {
    private static final Map<String, Long> LARGEST =
            Map.of("int2", (long) Short.MAX_VALUE, "int4", (long) Integer.MAX_VALUE, "int8", Long.MAX_VALUE);

    private Numbers() {}

    /** True for {@code smallint}, {@code integer} and {@code bigint}. */
    static boolean isInteger(ColumnType type) {
        return type.name().schema().equals("pg_catalog")
                && LARGEST.containsKey(type.name().name());
    }

    /** The largest value of an integer type. */
    static long largest(ColumnType type) {
        Long largest = LARGEST.get(type.name().name());
        if (largest == null) {
            throw new IllegalArgumentException("not an integer type: " + type.name());
        }
        return largest;
    }

    /** A number in the class that the driver gives for an integer type: Integer, or Long for {@code bigint}. */
    static Object box(long value, ColumnType type) {
        if (type.is("int8")) {
            return value;
        }
        return Math.toIntExact(value);
    }

    /** True for {@code numeric} with precision and scale. */
    static boolean isBounded(ColumnType type) {
        return type.typmod() >= 0;
    }

    /** The precision of a bounded {@code numeric}: how many digits it has. */
    static int precision(ColumnType type) {
        return type.typmod() - 4 >> 16 & 0xffff;
    }

    /** The scale of a bounded {@code numeric}, -1000 to 1000: eleven bits with a sign since PostgreSQL 15, positive before. */
    static int scale(ColumnType type) {
        return (type.typmod() - 4 & 0x7ff ^ 1024) - 1024;
    }

    /** How many digits before the point every value of a {@code numeric} may have, 0 where there is room for none or not for any. */
    static int wholeDigits(ColumnType type) {
        if (!isBounded(type)) {
            return Integer.MAX_VALUE;
        }
        return scale(type) < 0 ? 0 : Math.max(0, precision(type) - scale(type));
    }

    /** The least difference between two values of a bounded {@code numeric}. */
    static BigDecimal resolution(ColumnType type) {
        return BigDecimal.ONE.scaleByPowerOfTen(-scale(type));
    }

    /** The largest value of a bounded {@code numeric}. */
    static BigDecimal largestNumeric(ColumnType type) {
        return BigDecimal.ONE.scaleByPowerOfTen(precision(type) - scale(type)).subtract(resolution(type));
    }

    /** The decimal with the scale that the driver gives it: a bounded type's own, else at least 0. */
    static BigDecimal shown(BigDecimal value, ColumnType type) {
        return value.setScale(isBounded(type) ? scale(type) : Math.max(0, value.scale()));
    }
}
