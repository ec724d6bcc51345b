package dev.bauta.proxy.verify.data;

import dev.bauta.proxy.verify.connect.Side;
import dev.bauta.proxy.verify.connect.TwoSides;
import dev.bauta.proxy.verify.result.Area;
import dev.bauta.proxy.verify.result.Check;
import dev.bauta.proxy.verify.result.Status;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Names, types, nullability and order of columns, and the number of rows. */
final class SchemaChecks {
    private SchemaChecks() {}

    /** One column as a result describes it. */
    private record Described(String name, String type, int precision, int scale, int size) {}

    static List<Check> columns(TwoSides sides, Selection selection) throws SQLException {
        String subject = selection.name().toString();
        List<Described> raw = describe(sides.raw(), selection);
        List<Described> masked = describe(sides.masked(), selection);
        Check described = same(subject, "columns", raw, masked, "names, types, type modifiers and order")
                .withCount("columns", raw.size());
        String attributes =
                "SELECT a.attnum || ' ' || a.attname || ' ' || a.atttypid || ' ' || a.atttypmod || ' ' || a.attnotnull"
                        + " FROM pg_catalog.pg_attribute a WHERE a.attrelid = "
                        + Integer.toUnsignedString(selection.relation().oid())
                        + " AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum";
        Check nullability = same(
                subject,
                "catalog",
                List.copyOf(sides.raw().texts(attributes)),
                List.copyOf(sides.masked().texts(attributes)),
                "types and nullability in the catalog");
        return List.of(described, nullability);
    }

    private static Check same(String subject, String name, List<?> raw, List<?> masked, String what) {
        boolean same = raw.equals(masked);
        return Check.of(
                Area.SCHEMA,
                subject,
                name,
                same ? Status.PASSED : Status.FAILED,
                what + (same ? " are the same" : " differ"));
    }

    private static List<Described> describe(Side side, Selection selection) throws SQLException {
        return side.query(selection.header(), result -> {
            ResultSetMetaData columns = result.getMetaData();
            List<Described> described = new ArrayList<>();
            for (int i = 1; i <= columns.getColumnCount(); i++) {
                described.add(new Described(
                        columns.getColumnLabel(i),
                        columns.getColumnTypeName(i),
                        columns.getPrecision(i),
                        columns.getScale(i),
                        columns.getColumnDisplaySize(i)));
            }
            return described;
        });
    }

    static List<Check> rowCount(TwoSides sides, Selection selection, long raw) throws SQLException {
        long masked = sides.masked().number(selection.count());
        Check check = Check.of(
                Area.SCHEMA,
                selection.name().toString(),
                "row count",
                raw == masked ? Status.PASSED : Status.FAILED,
                raw == masked ? "as many rows with masks as without" : "not as many rows with masks as without");
        return List.of(check.withCount("raw rows", raw).withCount("masked rows", masked));
    }
}
