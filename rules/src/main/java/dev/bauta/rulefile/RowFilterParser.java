package dev.bauta.rulefile;

import dev.bauta.lexer.Lexer;
import dev.bauta.lexer.LexerSettings;
import dev.bauta.lexer.LexicalException;
import dev.bauta.lexer.TokenKind;
import dev.bauta.lexer.Tokens;
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

    private final Tokens tokens;
    private int at;
    private int depth;

    private RowFilterParser(Tokens tokens) {
        this.tokens = tokens;
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
            RowFilterParser parser = new RowFilterParser(Lexer.lex(text, LexerSettings.SERVER));
            RowExpression condition = parser.or();
            if (parser.at < parser.tokens.size()) {
                throw parser.unexpected();
            }
            return new RowFilter(condition);
        } catch (LexicalException e) {
            throw new NoConditionException(String.valueOf(e.getMessage()));
        }
    }

    private RowExpression or() throws NoConditionException {
        if (++depth > DEEPEST) {
            throw new NoConditionException("it is nested more than 50 deep");
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
            at++;
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
        if (at >= tokens.size() || tokens.kind(at) == TokenKind.QUOTED_IDENTIFIER) {
            return null;
        }
        String word = tokens.kind(at) == TokenKind.WORD ? tokens.name(at) : tokens.source(at);
        return word == null ? null : COMPARISONS.get(word);
    }

    private static RowExpression negate(boolean negated, RowExpression condition) {
        return negated ? new Negation(condition) : condition;
    }

    private RowExpression sum() throws NoConditionException {
        RowExpression left = cast();
        while (is("+") || is("-")) {
            String operator = tokens.source(at++);
            left = new Operation(left, operator, cast());
        }
        return left;
    }

    private RowExpression cast() throws NoConditionException {
        RowExpression operand = operand();
        while (accept("::")) {
            String type = at < tokens.size() && tokens.kind(at) == TokenKind.WORD ? tokens.name(at) : null;
            String known = type == null ? null : TYPES.get(type);
            if (known == null) {
                throw new NoConditionException("it casts to something else than "
                        + String.join(", ", TYPES.keySet().stream().sorted().toList()));
            }
            at++;
            operand = new Cast(operand, known);
        }
        return operand;
    }

    private RowExpression operand() throws NoConditionException {
        if (at >= tokens.size()) {
            throw unexpected();
        }
        if (accept("(")) {
            RowExpression inside = or();
            expect(")");
            return inside;
        }
        if (accept("-")) {
            requireNumber();
            return new RowExpression.Numeral("(-" + tokens.source(at++) + ")");
        }
        return switch (tokens.kind(at)) {
            case INTEGER, NUMERIC -> new RowExpression.Numeral(tokens.source(at++));
            case STRING -> string();
            case WORD, QUOTED_IDENTIFIER -> name();
            default -> throw unexpected();
        };
    }

    private void requireNumber() throws NoConditionException {
        boolean number =
                at < tokens.size() && (tokens.kind(at) == TokenKind.INTEGER || tokens.kind(at) == TokenKind.NUMERIC);
        if (!number) {
            throw unexpected();
        }
    }

    /** A backslash would be something else to a server without standard_conforming_strings. */
    private RowExpression string() throws NoConditionException {
        String source = tokens.source(at);
        if (source.indexOf('\\') >= 0 || !source.matches("'([^']|'')*'")) {
            throw new NoConditionException("it has a text with a backslash, or over several lines");
        }
        at++;
        return new RowExpression.Text(source);
    }

    private RowExpression name() throws NoConditionException {
        String name = String.valueOf(tokens.name(at));
        boolean word = tokens.kind(at) == TokenKind.WORD;
        Word known = word ? WORDS.get(name) : null;
        if (known != null) {
            at++;
            return known;
        }
        if (word && RESERVED.contains(name)) {
            throw unexpected();
        }
        at++;
        if (is("(")) {
            throw new NoConditionException("it calls a function, which a row filter cannot");
        }
        if (is(".")) {
            throw new NoConditionException("it has a dot; name the table's own columns alone");
        }
        return new RowExpression.Column(name);
    }

    private boolean is(String spelling) {
        return at < tokens.size() && (tokens.is(at, spelling) || tokens.isWord(at, spelling));
    }

    private boolean accept(String spelling) {
        if (is(spelling)) {
            at++;
            return true;
        }
        return false;
    }

    private void expect(String spelling) throws NoConditionException {
        if (!accept(spelling)) {
            throw unexpected();
        }
    }

    private NoConditionException unexpected() {
        return new NoConditionException(
                at < tokens.size()
                        ? "character " + (tokens.start(at) + 1) + " is not where a condition can go on"
                        : "it ends too early");
    }
}
