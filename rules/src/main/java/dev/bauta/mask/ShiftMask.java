package dev.bauta.mask;

import dev.bauta.catalog.Column;
import dev.bauta.catalog.ColumnType;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code shift}: dates and times moved by a number of days that each subject has of its own, never by none. The subject is another
 * column of the row; equal subjects of one domain are shifted alike in all tables, so that the order and distance of a subject's
 * dates stay. A row without a subject has no date. Immutable.
 *
 * @param by the subject
 * @param days the most days, forward or back
 * @param number what the subject's days are made of
 */
record ShiftMask(Subject by, int days, KeyedNumber number) implements SubjectMask {
    static final List<String> PARAMETERS = List.of(Subject.BY, "days", Digest.DOMAIN);

    private static final int MOST_DAYS = 36_500;
    /** A hundred years and a little from PostgreSQL's own ends. */
    private static final CalendarRange RANGE = new CalendarRange(-4599, 294_100);

    static ShiftMask parse(Parameters parameters, KeyRing keys) throws MaskParameterException {
        Subject by = Subject.parse(parameters, "date");
        int days = parameters.integer("days", 365, 1, MOST_DAYS);
        return new ShiftMask(by, days, KeyedNumber.parse("shift", parameters, keys));
    }

    @Override
    public String name() {
        return "shift";
    }

    @Override
    public Mask in(Row row) throws MaskParameterException {
        return new ShiftMask(by.in(row), days, number);
    }

    @Override
    public Set<Column> reads() {
        return by.reads();
    }

    /** One date tells the days by which all of its subject are moved. */
    @Override
    public boolean tellsByExample() {
        return true;
    }

    @Override
    public Optional<String> weakness(ColumnType type) {
        return type.is("date")
                ? Optional.empty()
                : Optional.of("the time of day stays, and tells the days where another column shows the same moment");
    }

    @Override
    public boolean fits(ColumnType type) {
        return CalendarRange.fits(type);
    }

    @Override
    public Column subject() {
        return by.column();
    }

    @Override
    public String sql(String column, ColumnType type) {
        Column subject = subject();
        return RANGE.sql(column, type, timestamp -> Sql.op(timestamp, "+", offsetSql(subject)));
    }

    /** From {@code -days} to -1 and from 1 to {@code days}; the subquery computes the number once. */
    private String offsetSql(Column column) {
        String half = Sql.constant("int8", days);
        String drawn = Sql.op(number.sql(Row.reference(column), column.type()), "%", Sql.constant("int8", 2L * days));
        String offset = Sql.once(
                drawn,
                number -> "CASE WHEN " + Sql.op(number, "<", half) + " THEN " + Sql.op(number, "-", half) + " ELSE "
                        + Sql.op(Sql.op(number, "-", half), "+", Sql.constant("int8", 1)) + " END");
        String counted = offset + "::pg_catalog.float8";
        return Sql.op(counted, "*", Sql.constant("interval", "1 day"));
    }

    @Override
    public @Nullable Object value(@Nullable Object value, @Nullable Object subject, ColumnType type) {
        Column column = subject();
        if (value == null) {
            return null;
        }
        if (subject == null) {
            Object unmoved = RANGE.value(value, timestamp -> timestamp);
            return CalendarRange.isFinite(unmoved) ? null : unmoved;
        }
        long offset = offset(subject, column.type());
        return RANGE.value(value, timestamp -> timestamp.plusDays(offset));
    }

    private long offset(Object subject, ColumnType type) {
        long drawn = number.of(subject, type) % (2L * days);
        return drawn < days ? drawn - days : drawn - days + 1;
    }
}
