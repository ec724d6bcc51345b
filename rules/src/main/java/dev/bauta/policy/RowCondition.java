package dev.bauta.policy;

import dev.bauta.catalog.Column;
import dev.bauta.catalog.ColumnType;
import dev.bauta.catalog.Relation;
import dev.bauta.mask.Row;
import dev.bauta.rulefile.RowExpression;
import dev.bauta.rulefile.RowExpression.Cast;
import dev.bauta.rulefile.RowExpression.Connection;
import dev.bauta.rulefile.RowExpression.Negation;
import dev.bauta.rulefile.RowExpression.Operation;
import dev.bauta.rulefile.RowExpression.Test;
import dev.bauta.rulefile.RowExpression.Text;
import dev.bauta.rulefile.RowExpression.Word;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Writes a row filter's condition as SQL over the columns of one relation. Each operator has its schema and each precedence its
 * parentheses, so that no operator that somebody creates can take the place of PostgreSQL's own.
 *
 * <p>Nor does the meaning depend on what a client can set, or it would choose the rows that it sees: a {@code timestamptz} is read in UTC
 * whatever {@code TimeZone} says, as is the date of today; dates in texts are written in the one way that every {@code DateStyle} reads
 * alike; nothing is cast to text whose text is a matter of settings. And no cast can fail on a row's value, since the error would show it.
 */
final class RowCondition {
    private static final String UTC = "pg_catalog.timezone('UTC'::pg_catalog.text, %s)";

    private static final Set<String> TEXTS = Set.of("text", "varchar", "bpchar", "name", "char");
    private static final Set<String> NUMBERS = Set.of("int2", "int4", "int8", "numeric", "oid");
    private static final Set<String> FLOATS = Set.of("float4", "float8");
    /** Types that are written in one way. */
    private static final Set<String> PLAIN =
            Set.of("uuid", "inet", "cidr", "macaddr", "macaddr8", "time", "bit", "varbit");

    private static final Map<Kind, Pattern> WRITTEN = Map.of(
            Kind.DATE, Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}"),
            Kind.TIMESTAMP,
                    Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}([ T][0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,6})?)?)?"),
            Kind.INTERVAL,
                    Pattern.compile("[0-9]{1,6} (second|minute|hour|day|week|month|year)s?"
                            + "( [0-9]{1,6} (second|minute|hour|day|week|month|year)s?)*"));

    /** What a value is, as far as that matters here. */
    private enum Kind {
        CONSTANT("a text"),
        NULL("NULL"),
        TEXT("text"),
        NUMBER("a number"),
        FLOAT("a floating-point number"),
        BOOLEAN("boolean"),
        DATE("a date"),
        TIMESTAMP("a timestamp"),
        INTERVAL("an interval"),
        PLAIN("a value");

        private final String words;

        Kind(String words) {
            this.words = words;
        }
    }

    /** SQL, and what it gives. */
    private record Typed(String sql, Kind kind) {}

    /** Why there is no such condition over a relation: a clause such as {@code reads a column x, which it does not have}. */
    static final class UnusableConditionException extends Exception {
        private static final long serialVersionUID = 1L;

        UnusableConditionException(String fault) {
            super(fault, null, false, false);
        }
    }

    private final Relation relation;

    private RowCondition(Relation relation) {
        this.relation = relation;
    }

    /** The condition, in which the row is called {@code r}. */
    static String sql(RowExpression condition, Relation relation) throws UnusableConditionException {
        return new RowCondition(relation).typed(condition).sql();
    }

    private Typed typed(RowExpression expression) throws UnusableConditionException {
        if (expression instanceof RowExpression.Column column) {
            return column(find(column));
        } else if (expression instanceof Text text) {
            return new Typed(text.sql(), Kind.CONSTANT);
        } else if (expression instanceof RowExpression.Numeral number) {
            return new Typed(number.sql(), Kind.NUMBER);
        } else if (expression instanceof Word word) {
            return word(word);
        } else if (expression instanceof Cast cast) {
            return cast(cast);
        } else if (expression instanceof Operation operation) {
            return operation(operation);
        } else if (expression instanceof Connection connection) {
            String word = connection.and() ? " AND " : " OR ";
            return truth(typed(connection.left()).sql()
                    + word
                    + typed(connection.right()).sql());
        } else if (expression instanceof Negation negation) {
            return truth("NOT " + typed(negation.operand()).sql());
        }
        return test((Test) expression);
    }

    private static Typed truth(String sql) {
        return new Typed("(" + sql + ")", Kind.BOOLEAN);
    }

    /** Whether a column is NULL can be asked of every type. */
    private Typed test(Test test) throws UnusableConditionException {
        String operand = test.operand() instanceof RowExpression.Column column
                        && test.what().endsWith("NULL")
                ? Row.reference(find(column))
                : typed(test.operand()).sql();
        return truth(operand + " IS " + test.what());
    }

    private static Typed word(Word word) {
        return switch (word) {
            case TRUE, FALSE -> new Typed(word.name(), Kind.BOOLEAN);
            case NULL -> new Typed(word.name(), Kind.NULL);
            case CURRENT_USER, SESSION_USER -> new Typed(word.name(), Kind.TEXT);
            case CURRENT_DATE -> new Typed("(" + UTC.formatted("pg_catalog.now()") + ")::pg_catalog.date", Kind.DATE);
        };
    }

    // ---- columns

    private Column find(RowExpression.Column column) throws UnusableConditionException {
        return relation.findColumn(column.name())
                .orElseThrow(() ->
                        new UnusableConditionException("reads a column " + column.name() + ", which it does not have"));
    }

    private static Typed column(Column column) throws UnusableConditionException {
        String reference = Row.reference(column);
        ColumnType type = column.type();
        boolean builtIn = type.name().schema().equals("pg_catalog");
        String name = type.name().name();
        if (type.typtype() == 'e') {
            return new Typed(reference, Kind.PLAIN);
        } else if (builtIn && name.equals("timestamptz")) {
            return new Typed(UTC.formatted(reference), Kind.TIMESTAMP);
        } else if (builtIn) {
            for (Map.Entry<Kind, Set<String>> kind : KINDS.entrySet()) {
                if (kind.getValue().contains(name)) {
                    return new Typed(reference, kind.getKey());
                }
            }
        }
        throw new UnusableConditionException("reads the column " + column.name() + " of type " + type.sql()
                + (builtIn
                        ? ", of which it can only ask whether it is NULL"
                        : ", whose operators are not PostgreSQL's own"));
    }

    private static final Map<Kind, Set<String>> KINDS = Map.of(
            Kind.TEXT,
            TEXTS,
            Kind.NUMBER,
            NUMBERS,
            Kind.FLOAT,
            FLOATS,
            Kind.BOOLEAN,
            Set.of("bool"),
            Kind.DATE,
            Set.of("date"),
            Kind.TIMESTAMP,
            Set.of("timestamp"),
            Kind.INTERVAL,
            Set.of("interval"),
            Kind.PLAIN,
            PLAIN);

    // ---- casts

    private static final Map<String, Set<Kind>> CASTS = Map.of(
            "text", Set.of(Kind.TEXT, Kind.NUMBER, Kind.BOOLEAN, Kind.PLAIN),
            "int4", Set.of(Kind.NUMBER, Kind.FLOAT, Kind.BOOLEAN),
            "int8", Set.of(Kind.NUMBER, Kind.FLOAT),
            "numeric", Set.of(Kind.NUMBER, Kind.FLOAT),
            "bool", Set.of(Kind.BOOLEAN, Kind.NUMBER),
            "date", Set.of(Kind.DATE, Kind.TIMESTAMP),
            "timestamp", Set.of(Kind.DATE, Kind.TIMESTAMP),
            "interval", Set.of(Kind.INTERVAL),
            "uuid", Set.of());

    private Typed cast(Cast cast) throws UnusableConditionException {
        Typed operand = typed(cast.operand());
        Kind kind = kindOf(cast.type());
        if (cast.operand() instanceof Text text) {
            requireWritten(text, kind);
        } else if (operand.kind() != Kind.NULL
                && !CASTS.getOrDefault(cast.type(), Set.of()).contains(operand.kind())) {
            throw new UnusableConditionException("casts " + operand.kind().words + " to " + cast.type()
                    + ", which can fail or depends on settings of the client");
        }
        return new Typed("(" + operand.sql() + ")::pg_catalog." + cast.type(), kind);
    }

    private static Kind kindOf(String type) {
        return KINDS.entrySet().stream()
                .filter(kind -> kind.getValue().contains(type))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(Kind.PLAIN);
    }

    private static void requireWritten(Text text, Kind kind) throws UnusableConditionException {
        Pattern pattern = WRITTEN.get(kind);
        if (pattern != null && !pattern.matcher(text.value()).matches()) {
            throw new UnusableConditionException("has a text for " + kind.words + " that is not written like "
                    + (kind == Kind.INTERVAL
                            ? "'2 days'"
                            : kind == Kind.DATE ? "'2026-12-31'" : "'2026-12-31 23:59', in UTC"));
        }
    }

    // ---- operators

    private Typed operation(Operation operation) throws UnusableConditionException {
        Typed left = typed(operation.left());
        Typed right = typed(operation.right());
        boolean sum = operation.operator().equals("+") || operation.operator().equals("-");
        Kind kind = sum ? sumOf(left.kind(), right.kind(), operation.operator()) : Kind.BOOLEAN;
        if (operation.left() instanceof Text text) {
            requireWritten(text, right.kind());
        }
        if (operation.right() instanceof Text text) {
            requireWritten(text, left.kind());
        }
        String sql = "(" + left.sql() + " OPERATOR(pg_catalog." + operation.operator() + ") " + right.sql() + ")";
        return new Typed(sql, kind);
    }

    private static Kind sumOf(Kind left, Kind right, String operator) throws UnusableConditionException {
        List<Kind> both = List.of(left, right);
        boolean difference = operator.equals("-");
        if (both.equals(List.of(Kind.NUMBER, Kind.NUMBER))) {
            return Kind.NUMBER;
        } else if (Set.of(Kind.NUMBER, Kind.FLOAT).containsAll(both)) {
            return Kind.FLOAT;
        } else if (both.equals(List.of(Kind.DATE, Kind.NUMBER))) {
            return Kind.DATE;
        } else if (difference && both.equals(List.of(Kind.DATE, Kind.DATE))) {
            return Kind.NUMBER;
        } else if (right == Kind.INTERVAL && Set.of(Kind.DATE, Kind.TIMESTAMP).contains(left)) {
            return Kind.TIMESTAMP;
        } else if (both.equals(List.of(Kind.INTERVAL, Kind.INTERVAL))
                || difference && Set.of(Kind.DATE, Kind.TIMESTAMP).containsAll(both)) {
            return Kind.INTERVAL;
        }
        throw new UnusableConditionException((difference ? "subtracts " : "adds ") + right.words
                + (difference ? " from " : " to ") + left.words + "; give a text its type, as in '2 days'::interval");
    }
}
