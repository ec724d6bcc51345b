package dev.bauta.mask;

import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A unit of the calendar, the finest last. A value from a unit's middle on is nearest to the start of the next: 1 July, the
 * 16th day of a quarter's second month, the 16th day of a month, Thursday noon, noon, the 30th minute.
 */
enum CalendarUnit {
    YEAR(6, 0, 12, 0),
    QUARTER(1, 15 * 24 * 60, 3, 0),
    MONTH(0, 15 * 24 * 60, 1, 0),
    WEEK(0, 84 * 60, 0, 7 * 24 * 60),
    DAY(0, 12 * 60, 0, 24 * 60),
    HOUR(0, 30, 0, 60);

    private final int halfMonths;
    private final int halfMinutes;
    private final int months;
    private final int minutes;

    CalendarUnit(int halfMonths, int halfMinutes, int months, int minutes) {
        this.halfMonths = halfMonths;
        this.halfMinutes = halfMinutes;
        this.months = months;
        this.minutes = minutes;
    }

    /** The names that the rule file and {@code date_trunc} use. */
    static List<String> names() {
        return Arrays.stream(values()).map(CalendarUnit::sqlName).toList();
    }

    /** The unit's name in the rule file and for {@code date_trunc}. */
    String sqlName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The start of the unit that an expression of type timestamp or interval lies in. */
    String startSql(String timestamp) {
        return Sql.call("date_trunc", Sql.text(sqlName()), timestamp);
    }

    /**
     * The nearest start of a unit to an expression of type timestamp. What lies in the second half of a unit still lies in it when
     * half a unit is taken away, and all else in the unit before; so the next start after that is the nearest.
     */
    String nearestSql(String timestamp) {
        String back = Sql.op(timestamp, "-", interval(halfMonths, halfMinutes));
        return Sql.op(startSql(back), "+", interval(months, minutes));
    }

    private static String interval(int months, int minutes) {
        return Sql.constant("interval", months + " months " + minutes + " minutes");
    }

    /** The start of the unit that the value lies in. */
    LocalDateTime start(LocalDateTime value) {
        LocalDateTime day = value.truncatedTo(ChronoUnit.DAYS);
        return switch (this) {
            case YEAR -> day.withDayOfYear(1);
            case QUARTER -> day.withDayOfMonth(1).minusMonths((value.getMonthValue() - 1) % 3);
            case MONTH -> day.withDayOfMonth(1);
            case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case DAY -> day;
            case HOUR -> value.truncatedTo(ChronoUnit.HOURS);
        };
    }

    /** The nearest start of a unit. */
    LocalDateTime nearest(LocalDateTime value) {
        LocalDateTime back = value.minusMonths(halfMonths).minusMinutes(halfMinutes);
        return start(back).plusMonths(months).plusMinutes(minutes);
    }
}
