package dev.bauta.mask;

import dev.bauta.catalog.ColumnType;
import org.postgresql.geometric.PGpoint;

/**
 * Steps of {@code point}, of each coordinate by itself.
 *
 * @param step for a coordinate
 */
record PointStep(FloatStep step) implements Step {
    @Override
    public boolean fits(ColumnType type) {
        return type.is("point");
    }

    @Override
    public String sql(String column, ColumnType type) {
        return Sql.call("point", coordinate(column, 0), coordinate(column, 1));
    }

    private String coordinate(String column, int number) {
        return step.sql("((" + column + ")[" + number + "])", PartTypes.FLOAT8);
    }

    @Override
    public Object value(Object value, ColumnType type) {
        PGpoint point = (PGpoint) value;
        return new PGpoint(coordinate(point.x), coordinate(point.y));
    }

    private double coordinate(double value) {
        return (double) step.value(value, PartTypes.FLOAT8);
    }
}
