package dev.bauta.mask;

import dev.bauta.catalog.ColumnType;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;

/** Hours and minutes of {@code time}. The last one of a day, which has none after it, is rounded to its start; 24:00 is in it. */
record TimeStep(Rounding rounding, CalendarUnit unit) implements Step {
    @Override
    public boolean fits(ColumnType type) {
        return type.is("time") && unit.compareTo(CalendarUnit.HOUR) >= 0;
    }

    private LocalTime last() {
        return unit == CalendarUnit.HOUR ? LocalTime.of(23, 0) : LocalTime.of(23, 59);
    }

    private int halfSeconds() {
        return unit == CalendarUnit.HOUR ? 30 * 60 : 30;
    }

    @Override
    public String sql(String column, ColumnType type) {
        String value = column + "::pg_catalog.time";
        String last = Sql.constant("time", last());
        String cases =
                "CASE WHEN " + Sql.op(value, ">=", last) + " THEN " + last + " ELSE " + steppedSql(value) + " END";
        return Sql.cast(cases, "time", type);
    }

    private String steppedSql(String value) {
        String interval = value + "::pg_catalog.interval";
        String half = Sql.constant("interval", halfSeconds() + " seconds");
        String from = rounding == Rounding.DOWN ? interval : Sql.op(interval, "+", half);
        return unit.startSql(from) + "::pg_catalog.time";
    }

    @Override
    public Object value(Object value, ColumnType type) {
        LocalTime time = (LocalTime) value;
        if (!time.isBefore(last())) {
            return last();
        }
        LocalTime from = rounding == Rounding.DOWN ? time : time.plusSeconds(halfSeconds());
        return from.truncatedTo(unit == CalendarUnit.HOUR ? ChronoUnit.HOURS : ChronoUnit.MINUTES);
    }
}
