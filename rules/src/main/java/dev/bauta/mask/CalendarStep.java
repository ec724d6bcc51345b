package dev.bauta.mask;

import dev.bauta.catalog.ColumnType;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/**
 * Units of {@code date}, {@code timestamp} and {@code timestamptz}. The last is cut in UTC whatever the session's time zone, or a client
 * could find the hidden part by moving its time zone. Infinite values stay; so that no arithmetic leaves PostgreSQL's range,
 * what lies before 4712 BC or after 294275 AD becomes infinite.
 */
record CalendarStep(Rounding rounding, CalendarUnit unit) implements Step {
    private static final LocalDateTime FIRST = LocalDateTime.of(-4711, 1, 1, 0, 0);
    private static final LocalDateTime END = LocalDateTime.of(294276, 1, 1, 0, 0);
    private static final String FIRST_SQL = "4712-01-01 00:00:00+00 BC";
    private static final String END_SQL = "294276-01-01 00:00:00+00";

    @Override
    public boolean fits(ColumnType type) {
        if (type.is("date")) {
            return unit.compareTo(CalendarUnit.DAY) < 0;
        }
        return type.is("timestamp") || type.is("timestamptz");
    }

    @Override
    public String sql(String column, ColumnType type) {
        String typname = type.name().name();
        String value = column + "::pg_catalog." + typname;
        String beforeEnd = Sql.op(value, "<", Sql.constant(typname, END_SQL));
        String afterFirst = Sql.op(value, ">=", Sql.constant(typname, FIRST_SQL));
        String cases = "CASE WHEN " + afterFirst + " AND " + beforeEnd + " THEN " + inRangeSql(value, type) + " WHEN "
                + afterFirst + " THEN " + Sql.constant(typname, "infinity") + " WHEN " + beforeEnd + " THEN "
                + Sql.constant(typname, "-infinity") + " END";
        return Sql.cast(cases, type);
    }

    private String inRangeSql(String value, ColumnType type) {
        if (type.is("timestamptz")) {
            return inUtc(stepSql(inUtc(value)));
        }
        return type.is("date") ? stepSql(value + "::pg_catalog.timestamp") + "::pg_catalog.date" : stepSql(value);
    }

    /** From timestamptz to timestamp, and back. */
    private static String inUtc(String value) {
        return Sql.call("timezone", Sql.text("UTC"), value);
    }

    private String stepSql(String timestamp) {
        return rounding == Rounding.DOWN ? unit.startSql(timestamp) : unit.nearestSql(timestamp);
    }

    @Override
    public Object value(Object value, ColumnType type) {
        if (value instanceof LocalDate date) {
            return date(date);
        }
        return value instanceof LocalDateTime timestamp ? timestamp(timestamp) : instant((OffsetDateTime) value);
    }

    private LocalDate date(LocalDate value) {
        if (value.isBefore(FIRST.toLocalDate())) {
            return LocalDate.MIN;
        }
        return value.isBefore(END.toLocalDate()) ? step(value.atStartOfDay()).toLocalDate() : LocalDate.MAX;
    }

    private LocalDateTime timestamp(LocalDateTime value) {
        if (value.isBefore(FIRST)) {
            return LocalDateTime.MIN;
        }
        return value.isBefore(END) ? step(value) : LocalDateTime.MAX;
    }

    private OffsetDateTime instant(OffsetDateTime value) {
        if (value.isBefore(FIRST.atOffset(ZoneOffset.UTC))) {
            return OffsetDateTime.MIN;
        }
        if (!value.isBefore(END.atOffset(ZoneOffset.UTC))) {
            return OffsetDateTime.MAX;
        }
        return step(value.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime())
                .atOffset(ZoneOffset.UTC);
    }

    private LocalDateTime step(LocalDateTime value) {
        return rounding == Rounding.DOWN ? unit.start(value) : unit.nearest(value);
    }
}
