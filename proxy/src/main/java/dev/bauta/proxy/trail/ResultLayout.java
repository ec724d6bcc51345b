package dev.bauta.proxy.trail;

import dev.bauta.engine.StatementFacts.ProtectedColumn;
import dev.bauta.proxy.trail.Execution.Cells;
import dev.bauta.proxy.wire.RowDescription.Field;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which fields of a result hold masked values, and which raw ones. Immutable.
 *
 * @param masked how many are masked, or are computed where masks can be among the arguments
 * @param raw how many are not
 * @param masksByColumn how many show the mask of a protected column and bear its name
 * @param rawByColumn how many show a protected column itself
 */
record ResultLayout(
        int masked, int raw, Map<ProtectedColumn, Integer> masksByColumn, Map<ProtectedColumn, Integer> rawByColumn) {
    /** Of a result that was never described. */
    static final ResultLayout UNKNOWN = new ResultLayout(0, 0, Map.of(), Map.of());

    /**
     * The layout of a result.
     *
     * @param columns the protected columns that the statement can take
     * @param raw true in a raw session
     */
    static ResultLayout of(List<Field> fields, List<ProtectedColumn> columns, boolean raw) {
        Map<ProtectedColumn, Integer> masks = new HashMap<>();
        Map<ProtectedColumn, Integer> shown = new HashMap<>();
        int computed = 0;
        for (Field field : fields) {
            boolean plain = field.origin().relation() != 0;
            computed += plain || columns.isEmpty() || raw ? 0 : 1;
            for (ProtectedColumn column : columns) {
                if (raw && field.origin().equals(column.origin())) {
                    shown.merge(column, 1, Integer::sum);
                } else if (!raw && !plain && field.name().equals(column.column())) {
                    masks.merge(column, 1, Integer::sum);
                    break;
                }
            }
        }
        return new ResultLayout(computed, fields.size() - computed, masks, shown);
    }

    /**
     * The layout of COPY data.
     *
     * @param fields how many columns it has
     */
    static ResultLayout ofCopy(int fields, List<ProtectedColumn> columns, boolean raw) {
        int masked = raw ? 0 : Math.min(fields, columns.size());
        Map<ProtectedColumn, Integer> each = new HashMap<>();
        columns.forEach(column -> each.put(column, 1));
        return new ResultLayout(masked, fields - masked, raw ? Map.of() : each, raw ? each : Map.of());
    }

    /** How many values that many rows have. */
    Cells times(long rows) {
        return rows == 0
                ? Cells.NONE
                : new Cells(masked * rows, raw * rows, times(masksByColumn, rows), times(rawByColumn, rows));
    }

    private static Map<ProtectedColumn, Long> times(Map<ProtectedColumn, Integer> fields, long rows) {
        Map<ProtectedColumn, Long> cells = new HashMap<>();
        fields.forEach((column, count) -> cells.put(column, count * rows));
        return cells;
    }
}
