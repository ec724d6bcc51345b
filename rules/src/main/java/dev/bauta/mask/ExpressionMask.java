package dev.bauta.mask;

import dev.bauta.catalog.Column;
import dev.bauta.catalog.ColumnType;
import dev.bauta.catalog.QualifiedName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * {@code sql}: an expression that the DBA writes over the value and other columns of the row. Whether it fits a column, the server says
 * alone; it may raise errors, whose words may then hold values. Immutable.
 *
 * @param expression the expression
 * @param maskNull whether it is evaluated for NULL too
 * @param columns the other columns that it reads, by the names that it has for them; none while it is not bound to a relation
 */
record ExpressionMask(Expression expression, boolean maskNull, Map<String, Column> columns) implements Mask {
    static final List<String> PARAMETERS = List.of("expression", "maskNull");
    static final String NAME = "sql";

    private static final int LONGEST = 4000;
    /** Takes a {@code timestamptz} to a time zone that the expression says, or from one. */
    private static final QualifiedName TIME_ZONE = new QualifiedName("pg_catalog", "timezone");

    ExpressionMask {
        columns = Map.copyOf(columns);
    }

    static ExpressionMask parse(Parameters parameters) throws MaskParameterException {
        String text = parameters.text("expression", "");
        if (text.isBlank() || text.length() > LONGEST) {
            throw parameters.wrong("expression", "must be an SQL expression of at most " + LONGEST + " characters");
        }
        boolean maskNull = parameters.flag("maskNull");
        try {
            return new ExpressionMask(ExpressionParser.parse(text), maskNull, Map.of());
        } catch (ExpressionException e) {
            throw parameters.wrong("expression", "is no expression that Bauta understands: " + e.getMessage());
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Mask in(Row row) throws MaskParameterException {
        Map<String, Column> bound = new HashMap<>();
        for (String name : expression.columns()) {
            Column before = columns.get(name);
            String known = before == null ? name : before.name();
            bound.put(
                    name,
                    row.find(known)
                            .orElseThrow(() ->
                                    new MaskParameterException("expression", "the relation has no column " + known)));
        }
        return new ExpressionMask(expression, maskNull, bound);
    }

    @Override
    public Set<Column> reads() {
        return Set.copyOf(columns.values());
    }

    @Override
    public boolean fits(ColumnType type) {
        return true;
    }

    @Override
    public boolean mayFail() {
        return true;
    }

    @Override
    public Set<QualifiedName> functions() {
        return expression.functions();
    }

    @Override
    public Set<QualifiedName> callers() {
        return expression.callers();
    }

    @Override
    public Optional<String> weakness(ColumnType type) {
        return type.is("timestamptz") && !expression.functions().contains(TIME_ZONE)
                ? Optional.of(
                        "what a day or an hour is goes by the time zone, which a client can move until it sees the value;"
                                + " take timezone('UTC', value)")
                : Optional.empty();
    }

    /**
     * CASE has PostgreSQL bring expression and column to one type without reading one from the other's text, so that the server
     * refuses an expression that does not fit, rather than to fail on values. The branch of the column itself is never taken. A
     * composite of which a field is NULL is not NULL itself, though it is not IS NOT NULL either.
     */
    @Override
    public String sql(String column, ColumnType type) {
        String masked = expression.sql(column, this::reference);
        String when =
                maskNull ? "TRUE" : Sql.op("pg_catalog.num_nonnulls(" + column + ")", "=", Sql.constant("int4", 1));
        String cast =
                Sql.cast("CASE WHEN NOT TRUE THEN " + column + " WHEN " + when + " THEN " + masked + " END", type);
        return Text.fits(type) ? Sql.collated(cast) : cast;
    }

    private String reference(String name) {
        Column column = columns.get(name);
        if (column == null) {
            throw new IllegalStateException("the mask sql is not bound to a relation");
        }
        return Row.reference(column);
    }

    /** Not the expression: it may tell about the data. */
    @Override
    public String toString() {
        return NAME;
    }
}
