package dev.bauta.mask;

import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A unit of the calendar, the finest last. A value from a unit's middle on is nearest to the start of the next: a century's 51st
 * year, a decade's sixth, 1 July, the 16th day of a quarter's second month, the 16th day of a month, Thursday noon, noon, the 30th
 * minute, the 30th second. Centuries start in years such as 1901, decades in years such as 1980.
 */
enum CalendarUnit {
    CENTURY(600, 0, 1200, 0),
    DECADE(60, 0, 120, 0),
    YEAR(6, 0, 12, 0),
    QUARTER(1, 15 * 24 * 60 * 60, 3, 0),
    MONTH(0, 15 * 24 * 60 * 60, 1, 0),
    WEEK(0, 84 * 60 * 60, 0, 7 * 24 * 60 * 60),
    DAY(0, 12 * 60 * 60, 0, 24 * 60 * 60),
    HOUR(0, 30 * 60, 0, 60 * 60),
    MINUTE(0, 30, 0, 60);

    /** From the first whole year to the last. */
    private static final CalendarRange YEARS = new CalendarRange(-4711, 294275);
    /** Whole decades, with one before for rounding. */
    private static final CalendarRange DECADES = new CalendarRange(-4700, 294259);
    /** Whole centuries, with one before for rounding. */
    private static final CalendarRange CENTURIES = new CalendarRange(-4599, 294100);

    private final int halfMonths;
    private final int halfSeconds;
    private final int months;
    private final int seconds;

    CalendarUnit(int halfMonths, int halfSeconds, int months, int seconds) {
        this.halfMonths = halfMonths;
        this.halfSeconds = halfSeconds;
        this.months = months;
        this.seconds = seconds;
    }

    /** The years in which no start of a unit is beyond what PostgreSQL holds. */
    CalendarRange range() {
        return switch (this) {
            case CENTURY -> CENTURIES;
            case DECADE -> DECADES;
            default -> YEARS;
        };
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
        String back = Sql.op(timestamp, "-", interval(halfMonths, halfSeconds));
        return Sql.op(startSql(back), "+", interval(months, seconds));
    }

    private static String interval(int months, int seconds) {
        return Sql.constant("interval", months + " months " + seconds + " seconds");
    }

    /** The start of the unit that the value lies in. */
    LocalDateTime start(LocalDateTime value) {
        LocalDateTime day = value.truncatedTo(ChronoUnit.DAYS);
        return switch (this) {
            case CENTURY -> day.withDayOfYear(1).withYear(Math.floorDiv(day.getYear() - 1, 100) * 100 + 1);
            case DECADE -> day.withDayOfYear(1).withYear(Math.floorDiv(day.getYear(), 10) * 10);
            case YEAR -> day.withDayOfYear(1);
            case QUARTER -> day.withDayOfMonth(1).minusMonths((value.getMonthValue() - 1) % 3);
            case MONTH -> day.withDayOfMonth(1);
            case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case DAY -> day;
            case HOUR -> value.truncatedTo(ChronoUnit.HOURS);
            case MINUTE -> value.truncatedTo(ChronoUnit.MINUTES);
        };
    }

    /** The nearest start of a unit. */
    LocalDateTime nearest(LocalDateTime value) {
        LocalDateTime back = value.minusMonths(halfMonths).minusSeconds(halfSeconds);
        return start(back).plusMonths(months).plusSeconds(seconds);
    }
}
