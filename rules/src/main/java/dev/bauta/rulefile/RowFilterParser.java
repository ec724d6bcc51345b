package dev.bauta.rulefile;

import dev.bauta.lexer.Lexer;
import dev.bauta.lexer.LexerSettings;
import dev.bauta.lexer.LexicalException;
import dev.bauta.lexer.TokenCursor;
import dev.bauta.lexer.TokenKind;
import dev.bauta.rulefile.RowExpression.Cast;
import dev.bauta.rulefile.RowExpression.Connection;
import dev.bauta.rulefile.RowExpression.Negation;
import dev.bauta.rulefile.RowExpression.Operation;
import dev.bauta.rulefile.RowExpression.Word;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the condition of a row filter.
 *
 * <pre>
 *   condition:   AND, OR, NOT over
 *                operand =|&lt;&gt;|&lt;|&lt;=|&gt;|&gt;= operand, [NOT] LIKE, ILIKE, IN (…), BETWEEN … AND …, IS [NOT] NULL|TRUE|FALSE
 *   operand:     operand +|- operand, column, 'text', number, TRUE, FALSE, NULL, CURRENT_USER, CURRENT_DATE, operand::type, (condition)
 * </pre>
 *
 * Used for one condition.
 */
final class RowFilterParser {
    private static final Map<String, String> COMPARISONS = Map.of(
            "=", "=", "<>", "<>", "!=", "<>", "<", "<", "<=", "<=", ">", ">", ">=", ">=", "like", "~~", "ilike", "~~*");

    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("text", "text"),
            Map.entry("int", "int4"),
            Map.entry("integer", "int4"),
            Map.entry("bigint", "int8"),
            Map.entry("numeric", "numeric"),
            Map.entry("boolean", "bool"),
            Map.entry("date", "date"),
            Map.entry("timestamp", "timestamp"),
            Map.entry("interval", "interval"),
            Map.entry("uuid", "uuid"));

    private static final Map<String, Word> WORDS = Map.of(
            "true", Word.TRUE,
            "false", Word.FALSE,
            "null", Word.NULL,
            "current_user", Word.CURRENT_USER,
            "session_user", Word.SESSION_USER,
            "current_date", Word.CURRENT_DATE);

    /** Words that are no columns without quotes. */
    private static final Set<String> RESERVED = Set.of(
            "and",
            "or",
            "not",
            "like",
            "ilike",
            "in",
            "between",
            "is",
            "select",
            "case",
            "when",
            "exists",
            "any",
            "all",
            "some",
            "array",
            "row",
            "cast",
            "collate",
            "similar",
            "isnull",
            "notnull",
            "user",
            "current_timestamp");

    private static final int DEEPEST = 50;

    private final TokenCursor cursor;
    private int depth;

    private RowFilterParser(TokenCursor cursor) {
        this.cursor = cursor;
    }

    /** Why a text is no condition: a clause with the place in it. */
    static final class NoConditionException extends Exception {
        private static final long serialVersionUID = 1L;

        NoConditionException(String reason) {
            super(reason, null, false, false);
        }
    }

    /** Reads a condition. */
    static RowFilter parse(String text) throws NoConditionException {
        try {
            RowFilterParser parser = new RowFilterParser(new TokenCursor(Lexer.lex(text, LexerSettings.SERVER)));
            RowExpression condition = parser.or();
            if (!parser.cursor.atEnd()) {
                throw parser.unexpected();
            }
            return new RowFilter(condition);
        } catch (LexicalException e) {
            throw new NoConditionException(String.valueOf(e.getMessage()));
        }
    }

    private RowExpression or() throws NoConditionException {
        if (++depth > DEEPEST) {
            throw new NoConditionException("it is nested more than " + DEEPEST + " deep");
        }
        RowExpression left = and();
        while (accept("or")) {
            left = new Connection(left, false, and());
        }
        depth--;
        return left;
    }

    private RowExpression and() throws NoConditionException {
        RowExpression left = not();
        while (accept("and")) {
            left = new Connection(left, true, not());
        }
        return left;
    }

    private RowExpression not() throws NoConditionException {
        boolean negated = false;
        while (accept("not")) {
            negated = !negated;
        }
        return negate(negated, predicate());
    }

    private RowExpression predicate() throws NoConditionException {
        RowExpression left = sum();
        if (accept("is")) {
            boolean negated = accept("not");
            for (String word : List.of("null", "true", "false")) {
                if (accept(word)) {
                    return new RowExpression.Test(left, (negated ? "NOT " : "") + WORDS.get(word));
                }
            }
            throw unexpected();
        }
        boolean negated = accept("not");
        if (accept("in")) {
            return negate(negated, oneOf(left));
        }
        if (accept("between")) {
            RowExpression low = new Operation(left, ">=", sum());
            expect("and");
            return negate(negated, new Connection(low, true, new Operation(left, "<=", sum())));
        }
        String operator = comparison();
        if (operator != null && (!negated || operator.startsWith("~"))) {
            cursor.take();
            return negate(negated, new Operation(left, operator, sum()));
        }
        if (negated) {
            throw unexpected();
        }
        return left;
    }

    private RowExpression oneOf(RowExpression left) throws NoConditionException {
        expect("(");
        RowExpression any = new Operation(left, "=", sum());
        while (accept(",")) {
            any = new Connection(any, false, new Operation(left, "=", sum()));
        }
        expect(")");
        return any;
    }

    private @Nullable String comparison() {
        if (cursor.atEnd() || cursor.kind() == TokenKind.QUOTED_IDENTIFIER) {
            return null;
        }
        return COMPARISONS.get(cursor.kind() == TokenKind.WORD ? String.valueOf(cursor.name()) : cursor.source());
    }

    private static RowExpression negate(boolean negated, RowExpression condition) {
        return negated ? new Negation(condition) : condition;
    }

    private RowExpression sum() throws NoConditionException {
        RowExpression left = cast();
        while (cursor.is("+") || cursor.is("-")) {
            String operator = cursor.take();
            left = new Operation(left, operator, cast());
        }
        return left;
    }

    private RowExpression cast() throws NoConditionException {
        RowExpression operand = operand();
        while (accept("::")) {
            String known = cursor.kind() == TokenKind.WORD ? TYPES.get(String.valueOf(cursor.name())) : null;
            if (known == null) {
                throw new NoConditionException("it casts to something else than "
                        + String.join(", ", TYPES.keySet().stream().sorted().toList()));
            }
            cursor.take();
            operand = new Cast(operand, known);
        }
        return operand;
    }

    private RowExpression operand() throws NoConditionException {
        if (accept("(")) {
            RowExpression inside = or();
            expect(")");
            return inside;
        }
        if (accept("-")) {
            if (!cursor.isNumber()) {
                throw unexpected();
            }
            return new RowExpression.Numeral("(-" + cursor.take() + ")");
        }
        TokenKind kind = cursor.kind();
        if (kind == null) {
            throw unexpected();
        }
        return switch (kind) {
            case INTEGER, NUMERIC -> new RowExpression.Numeral(cursor.take());
            case STRING -> string();
            case WORD, QUOTED_IDENTIFIER -> name();
            default -> throw unexpected();
        };
    }

    /** A backslash would be something else to a server without standard_conforming_strings. */
    private RowExpression string() throws NoConditionException {
        String source = cursor.source();
        if (source.indexOf('\\') >= 0 || !source.matches("'([^']|'')*'")) {
            throw new NoConditionException("it has a text with a backslash, or over several lines");
        }
        cursor.take();
        return new RowExpression.Text(source);
    }

    private RowExpression name() throws NoConditionException {
        String name = String.valueOf(cursor.name());
        boolean word = cursor.kind() == TokenKind.WORD;
        Word known = word ? WORDS.get(name) : null;
        if (known == null && word && RESERVED.contains(name)) {
            throw unexpected();
        }
        cursor.take();
        if (known != null) {
            return known;
        }
        if (cursor.is("(")) {
            throw new NoConditionException("it calls a function, which a row filter cannot");
        }
        if (cursor.is(".")) {
            throw new NoConditionException("it has a dot; name the table's own columns alone");
        }
        return new RowExpression.Column(name);
    }

    private boolean accept(String spelling) {
        return cursor.accept(spelling);
    }

    private void expect(String spelling) throws NoConditionException {
        if (!accept(spelling)) {
            throw unexpected();
        }
    }

    private NoConditionException unexpected() {
        return new NoConditionException(cursor.unexpected("a condition"));
    }
}
