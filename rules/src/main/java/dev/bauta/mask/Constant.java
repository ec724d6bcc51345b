package dev.bauta.mask;

import dev.bauta.catalog.ColumnType;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.time.temporal.Temporal;
import java.util.Optional;
import java.util.UUID;

/**
 * A constant of a column's type. Immutable.
 *
 * @param literal how PostgreSQL reads it, whatever the session's settings
 * @param value what the Java form of a mask gives for it
 */
record Constant(String literal, Object value) {
    /** More digits than a constant needs, and fewer than any PostgreSQL's numeric can hold. */
    private static final int MOST_DIGITS = 1000;
    /** ISO 8601 shows years of four digits, which every {@code DateStyle} reads alike. */
    private static final int LAST_YEAR = 9999;

    /** What the rule file gives, as a value of the type; empty where it is none, or only after a change. */
    static Optional<Constant> of(Object given, ColumnType type) {
        if (!type.name().schema().equals("pg_catalog")) {
            return Optional.empty();
        }
        return switch (type.name().name()) {
            case "text", "varchar", "bpchar" -> text(given, type);
            case "int2", "int4", "int8" -> number(given).flatMap(number -> integer(number, type));
            case "numeric" -> number(given).flatMap(number -> numeric(number, type));
            case "float4", "float8" -> number(given).flatMap(number -> floating(number, type));
            case "bool" -> given instanceof Boolean ? plain(given) : Optional.empty();
            case "json", "jsonb" -> JsonText.of(given).map(json -> new Constant(json, DriverValue.of(json, type)));
            case "uuid", "date", "time", "timestamp", "timestamptz" ->
                given instanceof String text ? parsed(text, type) : Optional.empty();
            default -> Optional.empty();
        };
    }

    /** The constant in SQL. */
    String sql(ColumnType type) {
        return type.is("int4")
                ? Sql.constant("int4", literal)
                : dev.bauta.catalog.SqlNames.literal(literal) + "::" + type.sql();
    }

    /** The constant in SQL where the column is not NULL, else NULL, of the column's type and typmod. */
    String sqlUnlessNull(String column, ColumnType type) {
        if (Text.fits(type)) {
            return Sql.cast(Sql.unlessNull(column, Sql.untyped(literal)), "text", type);
        }
        return Sql.cast(Sql.unlessNull(column, sql(type)), type.name().name(), type);
    }

    private static Optional<Constant> plain(Object value) {
        return Optional.of(new Constant(value.toString(), value));
    }

    private static Optional<BigDecimal> number(Object given) {
        return Parameters.toDecimal(given)
                .filter(number -> Math.abs((long) number.scale()) + number.precision() <= MOST_DIGITS);
    }

    /** A string, or the whole number that YAML makes of digits without quotes. */
    private static Optional<Constant> text(Object given, ColumnType type) {
        String text = given.toString();
        boolean whole = number(given).map(number -> number.scale() == 0).orElse(false);
        boolean fits = Text.isStorable(text) && Text.length(text) <= Text.limit(type);
        return fits && (whole || given instanceof String)
                ? Optional.of(new Constant(text, Text.write(text, type)))
                : Optional.empty();
    }

    private static Optional<Constant> integer(BigDecimal number, ColumnType type) {
        BigDecimal largest = BigDecimal.valueOf(Numbers.largest(type));
        boolean fits = number.stripTrailingZeros().scale() <= 0
                && number.compareTo(largest) <= 0
                && number.compareTo(largest.negate()) >= 0;
        return fits ? plain(Numbers.box(number.longValueExact(), type)) : Optional.empty();
    }

    private static Optional<Constant> numeric(BigDecimal number, ColumnType type) {
        boolean fits = !Numbers.isBounded(type)
                || number.remainder(Numbers.resolution(type)).signum() == 0
                        && number.abs().compareTo(Numbers.largestNumeric(type)) <= 0;
        return fits ? plain(Numbers.shown(number, type)) : Optional.empty();
    }

    private static Optional<Constant> floating(BigDecimal number, ColumnType type) {
        double value = type.is("float4") ? number.floatValue() : number.doubleValue();
        if (!Double.isFinite(value) || value == 0 && number.signum() != 0) {
            return Optional.empty();
        }
        return type.is("float4") ? plain((float) value) : plain(value);
    }

    private static Optional<Constant> parsed(String text, ColumnType type) {
        try {
            return switch (type.name().name()) {
                case "uuid" ->
                    plain(UUID.fromString(text)).filter(uuid -> uuid.literal().equalsIgnoreCase(text));
                case "date" -> temporal(LocalDate.parse(text), type);
                case "time" -> temporal(LocalTime.parse(text), type);
                case "timestamp" -> temporal(LocalDateTime.parse(text.replace(' ', 'T')), type);
                default -> temporal(instant(text), type);
            };
        } catch (DateTimeException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static OffsetDateTime instant(String text) {
        return OffsetDateTime.parse(text.replace(' ', 'T')).withOffsetSameInstant(ZoneOffset.UTC);
    }

    private static Optional<Constant> temporal(Temporal value, ColumnType type) {
        if (value.isSupported(ChronoField.YEAR)) {
            int year = value.get(ChronoField.YEAR);
            if (year < 1 || year > LAST_YEAR) {
                return Optional.empty();
            }
        }
        if (value.isSupported(ChronoField.NANO_OF_SECOND)) {
            int digits = type.typmod() < 0 ? 6 : type.typmod();
            BigDecimal fraction = BigDecimal.valueOf(value.get(ChronoField.NANO_OF_SECOND), 9);
            if (fraction.stripTrailingZeros().scale() > digits) {
                return Optional.empty();
            }
        }
        return plain(value);
    }
}
