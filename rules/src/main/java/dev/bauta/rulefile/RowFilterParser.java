package dev.bauta.rulefile;

import dev.bauta.lexer.Lexer;
import dev.bauta.lexer.LexerSettings;
import dev.bauta.lexer.LexicalException;
import dev.bauta.lexer.TokenKind;
import dev.bauta.lexer.Tokens;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the condition of a row filter and writes it anew, each operator with its schema and each precedence as parentheses, so that
 * no operator that somebody creates can take the place of PostgreSQL's own.
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
            Map.entry("timestamptz", "timestamptz"),
            Map.entry("interval", "interval"),
            Map.entry("uuid", "uuid"));

    private static final Map<String, String> WORDS = Map.of(
            "true", "TRUE",
            "false", "FALSE",
            "null", "NULL",
            "current_user", "CURRENT_USER",
            "session_user", "SESSION_USER",
            "current_date", "CURRENT_DATE");

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
    private final Set<String> columns = new LinkedHashSet<>();
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
            String sql = parser.or();
            if (parser.at < parser.tokens.size()) {
                throw parser.unexpected();
            }
            return new RowFilter(parser.columns, sql);
        } catch (LexicalException e) {
            throw new NoConditionException(String.valueOf(e.getMessage()));
        }
    }

    private String or() throws NoConditionException {
        if (++depth > DEEPEST) {
            throw new NoConditionException("it is nested more than 50 deep");
        }
        String left = and();
        while (accept("or")) {
            left = "(" + left + " OR " + and() + ")";
        }
        depth--;
        return left;
    }

    private String and() throws NoConditionException {
        String left = not();
        while (accept("and")) {
            left = "(" + left + " AND " + not() + ")";
        }
        return left;
    }

    private String not() throws NoConditionException {
        boolean negated = false;
        while (accept("not")) {
            negated = !negated;
        }
        return negate(negated, predicate());
    }

    private String predicate() throws NoConditionException {
        String left = sum();
        if (accept("is")) {
            boolean negated = accept("not");
            for (String word : List.of("null", "true", "false")) {
                if (accept(word)) {
                    return "(" + left + " IS " + (negated ? "NOT " : "") + WORDS.get(word) + ")";
                }
            }
            throw unexpected();
        }
        boolean negated = accept("not");
        if (accept("in")) {
            return negate(negated, oneOf(left));
        }
        if (accept("between")) {
            String low = compare(left, ">=", sum());
            expect("and");
            return negate(negated, "(" + low + " AND " + compare(left, "<=", sum()) + ")");
        }
        String operator = comparison();
        if (operator != null && (!negated || operator.startsWith("~"))) {
            at++;
            return negate(negated, compare(left, operator, sum()));
        }
        if (negated) {
            throw unexpected();
        }
        return left;
    }

    private String oneOf(String left) throws NoConditionException {
        expect("(");
        List<String> all = new ArrayList<>();
        do {
            all.add(compare(left, "=", sum()));
        } while (accept(","));
        expect(")");
        return "(" + String.join(" OR ", all) + ")";
    }

    private @Nullable String comparison() {
        if (at >= tokens.size() || tokens.kind(at) == TokenKind.QUOTED_IDENTIFIER) {
            return null;
        }
        String word = tokens.kind(at) == TokenKind.WORD ? tokens.name(at) : tokens.source(at);
        return word == null ? null : COMPARISONS.get(word);
    }

    private static String compare(String left, String operator, String right) {
        return "(" + left + " OPERATOR(pg_catalog." + operator + ") " + right + ")";
    }

    private static String negate(boolean negated, String condition) {
        return negated ? "(NOT " + condition + ")" : condition;
    }

    private String sum() throws NoConditionException {
        String left = cast();
        while (is("+") || is("-")) {
            String operator = tokens.source(at++);
            left = compare(left, operator, cast());
        }
        return left;
    }

    private String cast() throws NoConditionException {
        String operand = operand();
        while (accept("::")) {
            String type = at < tokens.size() && tokens.kind(at) == TokenKind.WORD ? tokens.name(at) : null;
            String known = type == null ? null : TYPES.get(type);
            if (known == null) {
                throw new NoConditionException("it casts to something else than "
                        + String.join(", ", TYPES.keySet().stream().sorted().toList()));
            }
            at++;
            operand = "(" + operand + ")::pg_catalog." + known;
        }
        return operand;
    }

    private String operand() throws NoConditionException {
        if (at >= tokens.size()) {
            throw unexpected();
        }
        if (accept("(")) {
            String inside = or();
            expect(")");
            return "(" + inside + ")";
        }
        if (accept("-")) {
            requireNumber();
            return "(-" + tokens.source(at++) + ")";
        }
        return switch (tokens.kind(at)) {
            case INTEGER, NUMERIC -> tokens.source(at++);
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
    private String string() throws NoConditionException {
        String source = tokens.source(at);
        if (source.indexOf('\\') >= 0 || !source.matches("'([^']|'')*'")) {
            throw new NoConditionException("it has a text with a backslash, or over several lines");
        }
        at++;
        return source;
    }

    private String name() throws NoConditionException {
        String name = String.valueOf(tokens.name(at));
        boolean word = tokens.kind(at) == TokenKind.WORD;
        String known = word ? WORDS.get(name) : null;
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
        columns.add(name);
        return RowFilter.reference(name);
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
