package dev.bauta.mask;

import dev.bauta.catalog.ColumnType;
import java.time.LocalDateTime;

/** Units of {@code date}, {@code timestamp} and {@code timestamptz}. */
record CalendarStep(Rounding rounding, CalendarUnit unit) implements Step {
    @Override
    public boolean fits(ColumnType type) {
        return type.is("date") ? unit.compareTo(CalendarUnit.DAY) < 0 : CalendarRange.fits(type);
    }

    @Override
    public String sql(String column, ColumnType type) {
        return unit.range().sql(column, type, rounding == Rounding.DOWN ? unit::startSql : unit::nearestSql);
    }

    @Override
    public Object value(Object value, ColumnType type) {
        return unit.range().value(value, this::step);
    }

    private LocalDateTime step(LocalDateTime value) {
        return rounding == Rounding.DOWN ? unit.start(value) : unit.nearest(value);
    }
}
