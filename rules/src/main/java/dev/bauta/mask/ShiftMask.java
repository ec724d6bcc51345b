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
 * @param by the column that holds the subject, as the rule or the relation that the mask comes from names it
 * @param days the most days, forward or back
 * @param number what the subject's days are made of
 * @param bound the column in the relation; null while the mask is not bound to any
 */
record ShiftMask(String by, int days, KeyedNumber number, @Nullable Column bound) implements SubjectMask {
    static final List<String> PARAMETERS = List.of("by", "days", Digest.DOMAIN);

    private static final int MOST_DAYS = 36_500;
    /** A hundred years and a little from PostgreSQL's own ends. */
    private static final CalendarRange RANGE = new CalendarRange(-4599, 294_100);

    static ShiftMask parse(Parameters parameters, KeyRing keys) throws MaskParameterException {
        if (!parameters.has("by")) {
            throw parameters.wrong("by", "must name the column of the same row that says whose date it is");
        }
        int days = parameters.integer("days", 365, 1, MOST_DAYS);
        return new ShiftMask(parameters.text("by", ""), days, KeyedNumber.parse("shift", parameters, keys), null);
    }

    @Override
    public String name() {
        return "shift";
    }

    @Override
    public Mask in(Row row) throws MaskParameterException {
        String name = bound == null ? by : bound.name();
        Column found = row.find(name)
                .orElseThrow(() -> new MaskParameterException("by", "the relation has no column " + name));
        if (!KeyedNumber.fits(found.type())) {
            throw new MaskParameterException(
                    "by", "column " + name + " of type " + found.type().sql() + " cannot tell subjects apart");
        }
        return new ShiftMask(by, days, number, found);
    }

    @Override
    public Set<Column> reads() {
        return bound == null ? Set.of() : Set.of(bound);
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
        if (bound == null) {
            throw new IllegalStateException("the mask shift is not bound to a relation");
        }
        return bound;
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
        String offset = "CASE WHEN " + Sql.op("e.v", "<", half) + " THEN " + Sql.op("e.v", "-", half) + " ELSE "
                + Sql.op(Sql.op("e.v", "-", half), "+", Sql.constant("int8", 1)) + " END";
        String once = Sql.call("unnest", "ARRAY[" + drawn + "]");
        String counted = "(SELECT " + offset + " FROM " + once + " AS e(v))::pg_catalog.float8";
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
