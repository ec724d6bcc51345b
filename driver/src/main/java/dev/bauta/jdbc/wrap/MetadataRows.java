package dev.bauta.jdbc.wrap;

import dev.bauta.catalog.QualifiedName;
import dev.bauta.catalog.Relation;
import dev.bauta.engine.Session;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.BaseStatement;
import org.postgresql.core.Field;
import org.postgresql.core.Tuple;

/**
 * What {@link java.sql.DatabaseMetaData} tells a masked session. The PostgreSQL driver reads the catalogs by statements of its
 * own, which nobody decides; so the definitions of relations that can hold values of protected columns are taken out of
 * its rows, where the engine would have taken them out of the catalogs.
 */
final class MetadataRows {
    private static final String COMMENT = "REMARKS";
    /** Columns that hold definitions, by the labels of JDBC. */
    private static final Set<String> DEFINITIONS = Set.of(COMMENT, "COLUMN_DEF", "FILTER_CONDITION");
    /** The name of a column or, of an index, an expression. */
    private static final String COLUMN = "COLUMN_NAME";

    private static final String SCHEMA = "TABLE_SCHEM";
    private static final String TABLE = "TABLE_NAME";
    private static final String TYPE = "TABLE_TYPE";

    /** A default that holds no value: a sequence's next number, or a call without arguments. */
    private static final Pattern WITHOUT_VALUES =
            Pattern.compile("nextval\\('[^']+'::regclass\\)|[a-z_.]+\\(\\)|CURRENT_(DATE|TIME|TIMESTAMP)");

    private final Session session;
    private final BaseConnection raw;

    MetadataRows(Session session, BaseConnection raw) {
        this.session = session;
        this.raw = raw;
    }

    /** The same rows with NULL for definitions that must not show; they lie in memory, as the PostgreSQL driver's own do. */
    ResultSet withoutDefinitions(ResultSet results) throws SQLException {
        Field[] fields = ResultFields.of(results);
        // Of another database's functions the PostgreSQL driver describes no columns, and gives no rows.
        if (Arrays.stream(fields).anyMatch(Objects::isNull) && !results.isBeforeFirst()) {
            return results;
        }
        Map<String, Integer> columns = columns(fields);
        List<Tuple> rows = new ArrayList<>();
        try (results) {
            while (results.next()) {
                rows.add(row(results, fields, columns));
            }
        }
        BaseStatement statement = raw.createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_READ_ONLY)
                .unwrap(BaseStatement.class);
        Field[] copies = Arrays.stream(fields).map(MetadataRows::withoutOrigin).toArray(Field[]::new);
        return statement.createDriverResultSet(copies, rows);
    }

    /** Numbers from 1 by label. */
    private static Map<String, Integer> columns(Field[] fields) {
        Map<String, Integer> columns = new HashMap<>();
        for (int i = 0; i < fields.length; i++) {
            columns.putIfAbsent(fields[i].getColumnLabel(), i + 1);
        }
        return columns;
    }

    private static Field withoutOrigin(Field field) {
        Field copy = new Field(field.getColumnLabel(), field.getOID(), field.getLength(), field.getMod());
        copy.setFormat(field.getFormat());
        return copy;
    }

    private Tuple row(ResultSet results, Field[] fields, Map<String, Integer> columns) throws SQLException {
        Optional<Relation> withheld = findWithheld(results, columns);
        boolean belongs = belongsToTable(results, columns);
        byte[][] values = new byte[fields.length][];
        for (int i = 0; i < values.length; i++) {
            values[i] = results.getBytes(i + 1);
            String label = fields[i].getColumnLabel();
            if (withheld.isPresent() && values[i] != null && holds(label, results.getString(i + 1), withheld.get())) {
                values[i] = null;
            }
            if (belongs && label.equals(COMMENT)) {
                values[i] = null;
            }
        }
        return new Tuple(values);
    }

    /** What a row tells of: a table, or the type of its rows, which has its name. */
    private Optional<Relation> findWithheld(ResultSet results, Map<String, Integer> columns) throws SQLException {
        return columns.containsKey(TABLE)
                ? findWithheld(results, columns.get(SCHEMA), columns.get(TABLE))
                : findWithheld(results, columns.get("TYPE_SCHEM"), columns.get("TYPE_NAME"));
    }

    private Optional<Relation> findWithheld(ResultSet results, @Nullable Integer schema, @Nullable Integer table)
            throws SQLException {
        if (schema == null || table == null) {
            return Optional.empty();
        }
        String schemaName = results.getString(schema);
        String tableName = results.getString(table);
        return schemaName == null || tableName == null
                ? Optional.empty()
                : session.findWithheld(new QualifiedName(schemaName, tableName));
    }

    /** An index or a sequence: of which table, the row does not tell. */
    private static boolean belongsToTable(ResultSet results, Map<String, Integer> columns) throws SQLException {
        Integer type = columns.get(TYPE);
        String name = type == null ? null : results.getString(type);
        return name != null && (name.endsWith("INDEX") || name.endsWith("SEQUENCE"));
    }

    private static boolean holds(String label, @Nullable String value, Relation relation) {
        if (label.equals(COLUMN)) {
            return value == null || relation.findColumn(value).isEmpty();
        }
        return DEFINITIONS.contains(label)
                && (value == null || !WITHOUT_VALUES.matcher(value).matches());
    }
}
