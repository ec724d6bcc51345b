package dev.bauta.mask;

import dev.bauta.catalog.ColumnType;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;

/** Hours of {@code time}. The last hour of a day, which has none after it, is rounded to its start; 24:00 is in it. */
record TimeStep(Rounding rounding, CalendarUnit unit) implements Step {
    private static final LocalTime LAST = LocalTime.of(23, 0);

    @Override
    public boolean fits(ColumnType type) {
        return type.is("time") && unit == CalendarUnit.HOUR;
    }

    @Override
    public String sql(String column, ColumnType type) {
        String value = column + "::pg_catalog.time";
        String last = Sql.constant("time", LAST);
        String cases =
                "CASE WHEN " + Sql.op(value, ">=", last) + " THEN " + last + " ELSE " + steppedSql(value) + " END";
        return Sql.cast(cases, type);
    }

    private String steppedSql(String value) {
        String interval = value + "::pg_catalog.interval";
        String from =
                rounding == Rounding.DOWN ? interval : Sql.op(interval, "+", Sql.constant("interval", "30 minutes"));
        return unit.startSql(from) + "::pg_catalog.time";
    }

    @Override
    public Object value(Object value, ColumnType type) {
        LocalTime time = (LocalTime) value;
        if (!time.isBefore(LAST)) {
            return LAST;
        }
        LocalTime from = rounding == Rounding.DOWN ? time : time.plusMinutes(30);
        return from.truncatedTo(ChronoUnit.HOURS);
    }
}
