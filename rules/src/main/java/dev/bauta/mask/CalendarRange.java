package dev.bauta.mask;

import dev.bauta.catalog.ColumnType;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Arithmetic on {@code date}, {@code timestamp} and {@code timestamptz} that never leaves PostgreSQL's range: what lies before the
 * first year or after the last becomes infinite, and infinite values stay. A {@code timestamptz} is computed with in UTC whatever the
 * session's time zone, or a client could find what is hidden by moving its time zone. Immutable.
 *
 * @param first the first year that is computed with, 0 for 1 BC
 * @param last the last such year
 */
record CalendarRange(int first, int last) {
    private static final Set<Object> INFINITE = Set.of(
            LocalDate.MIN, LocalDate.MAX, LocalDateTime.MIN, LocalDateTime.MAX, OffsetDateTime.MIN, OffsetDateTime.MAX);

    /** True for the types with a year. */
    static boolean fits(ColumnType type) {
        return type.is("date") || type.is("timestamp") || type.is("timestamptz");
    }

    /** False for the values that stand for PostgreSQL's infinite dates and times. */
    static boolean isFinite(Object value) {
        return !INFINITE.contains(value);
    }

    /**
     * The SQL form, NULL for NULL.
     *
     * @param step from an expression of type timestamp to another
     */
    String sql(String column, ColumnType type, UnaryOperator<String> step) {
        String typname = type.name().name();
        String value = column + "::pg_catalog." + typname;
        String beforeEnd = Sql.op(value, "<", Sql.constant(typname, start(last + 1)));
        String afterFirst = Sql.op(value, ">=", Sql.constant(typname, start(first)));
        String cases = "CASE WHEN " + afterFirst + " AND " + beforeEnd + " THEN " + inRange(value, type, step)
                + " WHEN " + afterFirst + " THEN " + Sql.constant(typname, "infinity") + " WHEN " + beforeEnd + " THEN "
                + Sql.constant(typname, "-infinity") + " END";
        return Sql.cast(cases, typname, type);
    }

    private static String start(int year) {
        return year > 0 ? "%04d-01-01 00:00:00+00".formatted(year) : "%04d-01-01 00:00:00+00 BC".formatted(1 - year);
    }

    private static String inRange(String value, ColumnType type, UnaryOperator<String> step) {
        if (type.is("timestamptz")) {
            return inUtc(step.apply(inUtc(value)));
        }
        return type.is("date") ? step.apply(value + "::pg_catalog.timestamp") + "::pg_catalog.date" : step.apply(value);
    }

    /** From timestamptz to timestamp, and back. */
    private static String inUtc(String value) {
        return Sql.call("timezone", Sql.text("UTC"), value);
    }

    /** The Java form. */
    Object value(Object value, UnaryOperator<LocalDateTime> step) {
        if (value instanceof LocalDate date) {
            LocalDateTime stepped = step(bounded(date), step);
            return stepped.equals(LocalDateTime.MIN)
                    ? LocalDate.MIN
                    : stepped.equals(LocalDateTime.MAX) ? LocalDate.MAX : stepped.toLocalDate();
        }
        if (value instanceof LocalDateTime timestamp) {
            return step(timestamp, step);
        }
        return instant((OffsetDateTime) value, step);
    }

    private static LocalDateTime bounded(LocalDate date) {
        return date.equals(LocalDate.MIN)
                ? LocalDateTime.MIN
                : date.equals(LocalDate.MAX) ? LocalDateTime.MAX : date.atStartOfDay();
    }

    private OffsetDateTime instant(OffsetDateTime value, UnaryOperator<LocalDateTime> step) {
        if (value.equals(OffsetDateTime.MIN) || value.equals(OffsetDateTime.MAX)) {
            return value;
        }
        LocalDateTime stepped = step(value.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime(), step);
        return stepped.equals(LocalDateTime.MIN)
                ? OffsetDateTime.MIN
                : stepped.equals(LocalDateTime.MAX) ? OffsetDateTime.MAX : stepped.atOffset(ZoneOffset.UTC);
    }

    private LocalDateTime step(LocalDateTime value, UnaryOperator<LocalDateTime> step) {
        if (value.getYear() < first) {
            return LocalDateTime.MIN;
        }
        return value.getYear() > last ? LocalDateTime.MAX : step.apply(value);
    }
}
