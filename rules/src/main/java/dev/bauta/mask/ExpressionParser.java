package dev.bauta.mask;

import dev.bauta.catalog.QualifiedName;
import dev.bauta.catalog.SqlNames;
import dev.bauta.lexer.Lexer;
import dev.bauta.lexer.LexerSettings;
import dev.bauta.lexer.LexicalException;
import dev.bauta.lexer.TokenKind;
import dev.bauta.lexer.Tokens;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the expression of a mask {@code sql} and writes it anew: each function, operator and type with its schema, each precedence
 * as parentheses, each text so that it means the same under any {@code standard_conforming_strings}. What has no schema is taken
 * to be in {@code pg_catalog}. Precedences are those of the manual, 4.1.6, from loose to tight:
 *
 * <pre>
 *   OR · AND · NOT · IS [NOT] NULL|TRUE|FALSE · &lt; &gt; = &lt;= &gt;= &lt;&gt; · [NOT] BETWEEN, IN (…), LIKE, ILIKE
 *   · any other operator · + - · * / % · ^ · - · [ ] · ::
 * </pre>
 *
 * Left out is what PostgreSQL itself resolves by the search_path, such as {@code NULLIF}, and what is more than a computation over
 * one row: subqueries, aggregates, windows. Used for one expression.
 */
final class ExpressionParser {
    private static final Map<String, String> COMPARISONS =
            Map.of("=", "=", "<>", "<>", "!=", "<>", "<", "<", "<=", "<=", ">", ">", ">=", ">=");

    private static final Map<String, String> MATCHES = Map.of("like", "~~", "ilike", "~~*");
    private static final Set<String> SUMS = Set.of("+", "-");
    private static final Set<String> PRODUCTS = Set.of("*", "/", "%");
    private static final Set<String> NO_OPERATORS = Set.of("=>", "^", "+", "-", "*", "/", "%");

    private static final Set<String> CONSTANTS =
            Set.of("true", "false", "null", "current_user", "session_user", "current_date", "current_timestamp");

    /** Written like functions, and resolved by the grammar or by what types have for sorting, not by name. */
    private static final Set<String> BUILT_IN = Set.of("coalesce", "greatest", "least");

    /** What is no column without quotes, and what SQL has a syntax of its own for. */
    private static final Set<String> RESERVED = Set.of(
            ("all analyse analyze and any array as asc between by case cast check collate column create cross current_catalog"
                            + " current_role current_schema current_time default deferrable desc distinct do else end except exists"
                            + " extract fetch filter for foreign from full group grouping having ilike in inner intersect into is isnull"
                            + " join lateral leading left like limit localtime localtimestamp natural not notnull nullif offset on only or"
                            + " order outer over overlaps overlay placing position primary references returning right row select similar"
                            + " some substring symmetric table then to trailing treat trim union unique user using values variadic when"
                            + " where window with within xmlelement xmlforest xmlparse xmlpi xmlserialize")
                    .split(" "));

    private static final int DEEPEST = 50;

    private final Tokens tokens;
    private final Set<String> columns = new LinkedHashSet<>();
    private final Set<QualifiedName> functions = new LinkedHashSet<>();
    private final Set<QualifiedName> callers = new LinkedHashSet<>();
    private int at;
    private int depth;

    private ExpressionParser(Tokens tokens) {
        this.tokens = tokens;
    }

    /** Reads an expression. */
    static Expression parse(String text) throws ExpressionException {
        try {
            ExpressionParser parser = new ExpressionParser(Lexer.lex(text, LexerSettings.SERVER));
            String sql = parser.or();
            if (parser.at < parser.tokens.size()) {
                throw parser.unexpected();
            }
            return new Expression(sql, parser.columns, parser.functions, parser.callers);
        } catch (LexicalException e) {
            throw new ExpressionException(String.valueOf(e.getMessage()));
        }
    }

    // ---- from loose to tight

    private String or() throws ExpressionException {
        if (++depth > DEEPEST) {
            throw new ExpressionException("it is nested more than " + DEEPEST + " deep");
        }
        String left = and();
        while (accept("or")) {
            left = "(" + left + " OR " + and() + ")";
        }
        depth--;
        return left;
    }

    private String and() throws ExpressionException {
        String left = not();
        while (accept("and")) {
            left = "(" + left + " AND " + not() + ")";
        }
        return left;
    }

    private String not() throws ExpressionException {
        boolean negated = false;
        while (accept("not")) {
            negated = !negated;
        }
        return negate(negated, is());
    }

    private String is() throws ExpressionException {
        String left = comparison();
        while (accept("is")) {
            String not = accept("not") ? "NOT " : "";
            String word = List.of("null", "true", "false").stream()
                    .filter(this::accept)
                    .findFirst()
                    .orElseThrow(this::unexpected);
            left = "(" + left + " IS " + not + word.toUpperCase(Locale.ROOT) + ")";
        }
        return left;
    }

    private String comparison() throws ExpressionException {
        String left = predicate();
        String operator = operator(COMPARISONS);
        return operator == null ? left : Sql.op(left, operator, predicate());
    }

    private String predicate() throws ExpressionException {
        String left = operation();
        boolean negated = isWord("not", at) && (isWord("in", at + 1) || isWord("between", at + 1) || isMatch(at + 1));
        if (negated) {
            at++;
        }
        if (accept("in")) {
            return negate(negated, oneOf(left));
        }
        if (accept("between")) {
            String low = Sql.op(left, ">=", operation());
            expect("and");
            return negate(negated, "(" + low + " AND " + Sql.op(left, "<=", operation()) + ")");
        }
        if (isMatch(at)) {
            String operator = MATCHES.get(tokens.name(at++));
            return negate(negated, Sql.op(left, String.valueOf(operator), operation()));
        }
        return left;
    }

    private boolean isMatch(int token) {
        return isWord("like", token) || isWord("ilike", token);
    }

    private String oneOf(String left) throws ExpressionException {
        expect("(");
        List<String> all = new ArrayList<>();
        do {
            all.add(Sql.op(left, "=", or()));
        } while (accept(","));
        expect(")");
        return "(" + String.join(" OR ", all) + ")";
    }

    private String operation() throws ExpressionException {
        String left = sum();
        while (at < tokens.size()) {
            String qualified = qualifiedOperator();
            if (qualified == null) {
                break;
            }
            left = "(" + left + " " + qualified + " " + sum() + ")";
        }
        return left;
    }

    /** {@code OPERATOR(schema.op)}, or an operator that has no precedence of its own; null where none stands here. */
    private @Nullable String qualifiedOperator() throws ExpressionException {
        if (isWord("operator", at) && tokens.is(at + 1, "(")) {
            at += 2;
            String schema = name();
            expect(".");
            if (at >= tokens.size() || tokens.kind(at) != TokenKind.OPERATOR) {
                throw unexpected();
            }
            String operator = tokens.source(at++);
            expect(")");
            addCaller(new QualifiedName(schema, operator));
            return "OPERATOR(" + SqlNames.quote(schema) + "." + operator + ")";
        }
        boolean other = tokens.kind(at) == TokenKind.OPERATOR
                && !NO_OPERATORS.contains(tokens.source(at))
                && !COMPARISONS.containsKey(tokens.source(at));
        return other ? "OPERATOR(pg_catalog." + tokens.source(at++) + ")" : null;
    }

    private String sum() throws ExpressionException {
        String left = product();
        while (isOneOf(SUMS)) {
            left = Sql.op(left, tokens.source(at++), product());
        }
        return left;
    }

    private String product() throws ExpressionException {
        String left = power();
        while (isOneOf(PRODUCTS)) {
            left = Sql.op(left, tokens.source(at++), power());
        }
        return left;
    }

    private String power() throws ExpressionException {
        String left = unary();
        while (accept("^")) {
            left = Sql.op(left, "^", unary());
        }
        return left;
    }

    private String unary() throws ExpressionException {
        if (accept("-")) {
            boolean number = at < tokens.size() && isNumber(at) && !tokens.is(at + 1, "::");
            return number ? "(-" + tokens.source(at++) + ")" : "(OPERATOR(pg_catalog.-) " + unary() + ")";
        }
        return accept("+") ? unary() : postfix();
    }

    private String postfix() throws ExpressionException {
        String operand = operand();
        while (true) {
            if (accept("::")) {
                operand = "(" + operand + ")::" + type();
            } else if (accept("[")) {
                operand = "(" + operand + ")[" + or() + "]";
                expect("]");
            } else if (accept("collate")) {
                String schema = tokens.is(at + 1, ".") ? name() : "pg_catalog";
                accept(".");
                operand = "(" + operand + " COLLATE " + new QualifiedName(schema, anyName()).sql() + ")";
            } else {
                return operand;
            }
        }
    }

    // ---- operands

    private String operand() throws ExpressionException {
        if (at >= tokens.size()) {
            throw unexpected();
        }
        if (accept("(")) {
            String inside = or();
            expect(")");
            return "(" + inside + ")";
        }
        return switch (tokens.kind(at)) {
            case INTEGER, NUMERIC -> tokens.source(at++);
            case STRING -> string();
            case WORD -> word();
            case QUOTED_IDENTIFIER -> named();
            default -> throw unexpected();
        };
    }

    /** A text that is written in one piece. */
    private String string() throws ExpressionException {
        String source = tokens.source(at);
        String inside = source.substring(1, source.length() - 1);
        if (inside.replace("''", "").indexOf('\'') >= 0) {
            throw new ExpressionException("it has a text over several lines");
        }
        at++;
        return SqlNames.literal(inside.replace("''", "'"));
    }

    private String word() throws ExpressionException {
        String word = String.valueOf(tokens.name(at));
        if (tokens.is(at + 1, "(") && BUILT_IN.contains(word)) {
            at += 2;
            return word.toUpperCase(Locale.ROOT) + "(" + String.join(", ", arguments()) + ")";
        }
        if (CONSTANTS.contains(word)) {
            at++;
            return word.toUpperCase(Locale.ROOT);
        }
        return switch (word) {
            case "case" -> cases();
            case "cast" -> cast();
            case "array" -> array();
            case "value" -> {
                at++;
                yield Expression.VALUE;
            }
            default -> isTypedText() ? typedText() : named();
        };
    }

    private String cases() throws ExpressionException {
        at++;
        if (!isWord("when", at)) {
            throw new ExpressionException("it has CASE with an operand; write CASE WHEN operand = … THEN …");
        }
        StringBuilder cases = new StringBuilder("CASE");
        while (accept("when")) {
            cases.append(" WHEN ").append(or());
            expect("then");
            cases.append(" THEN ").append(or());
        }
        if (accept("else")) {
            cases.append(" ELSE ").append(or());
        }
        expect("end");
        return "(" + cases + " END)";
    }

    private String cast() throws ExpressionException {
        at++;
        expect("(");
        String operand = or();
        expect("as");
        String cast = "(" + operand + ")::" + type();
        expect(")");
        return cast;
    }

    private String array() throws ExpressionException {
        at++;
        expect("[");
        List<String> items = new ArrayList<>();
        do {
            items.add(or());
        } while (accept(","));
        expect("]");
        return "ARRAY[" + String.join(", ", items) + "]";
    }

    /** {@code date '2001-01-01'}. */
    private boolean isTypedText() {
        return at + 1 < tokens.size()
                && tokens.kind(at + 1) == TokenKind.STRING
                && TypeNames.find(String.valueOf(tokens.name(at))) != null;
    }

    private String typedText() throws ExpressionException {
        String type = "pg_catalog." + TypeNames.find(String.valueOf(tokens.name(at++)));
        return string() + "::" + type;
    }

    /** A column, or the call of a function. */
    private String named() throws ExpressionException {
        boolean call = tokens.is(at + 1, "(");
        if (tokens.is(at + 1, ".")) {
            String schema = name();
            at++;
            String function = anyName();
            if (!tokens.is(at, "(")) {
                throw new ExpressionException("it has a dot; name columns of the same table alone");
            }
            return call(new QualifiedName(schema, function));
        }
        if (call && tokens.kind(at) == TokenKind.WORD) {
            String function = tokens.name(at);
            if (function == null
                    || RESERVED.contains(function) && !Set.of("left", "right").contains(function)) {
                throw new ExpressionException(
                        "it has " + String.valueOf(function).toUpperCase(Locale.ROOT)
                                + ", which is more than a call of a function");
            }
        }
        String name = call ? anyName() : name();
        if (call) {
            return call(new QualifiedName("pg_catalog", name));
        }
        columns.add(name);
        return Expression.reference(name);
    }

    private String call(QualifiedName function) throws ExpressionException {
        functions.add(function);
        expect("(");
        List<String> arguments = accept(")") ? List.of() : arguments();
        return function.sql() + "(" + String.join(", ", arguments) + ")";
    }

    private List<String> arguments() throws ExpressionException {
        List<String> arguments = new ArrayList<>();
        do {
            arguments.add(or());
        } while (accept(","));
        expect(")");
        return arguments;
    }

    // ---- types

    private String type() throws ExpressionException {
        if (tokens.is(at + 1, ".")) {
            String schema = name();
            at++;
            QualifiedName type = new QualifiedName(schema, anyName());
            addCaller(type);
            return type.sql() + brackets();
        }
        String name = typeWords();
        String typname = TypeNames.find(name);
        if (typname == null) {
            throw new ExpressionException(
                    "it names a type '" + name + "', which is none of the common ones; write its schema");
        }
        String length = length();
        return "pg_catalog."
                + (length.isEmpty() ? TypeNames.withoutLength(name, typname) : typname + length)
                + brackets();
    }

    private void addCaller(QualifiedName name) {
        if (!name.schema().equals("pg_catalog")) {
            callers.add(name);
        }
    }

    private String typeWords() throws ExpressionException {
        if (at >= tokens.size() || tokens.kind(at) != TokenKind.WORD) {
            throw unexpected();
        }
        String first = String.valueOf(tokens.name(at++));
        String second = at < tokens.size() ? first + " " + tokens.name(at) : first;
        boolean both = tokens.isWord(at, "precision") || tokens.isWord(at, "varying");
        if (both && TypeNames.find(second) != null) {
            at++;
            return second;
        }
        return first;
    }

    private String length() throws ExpressionException {
        if (!accept("(")) {
            return "";
        }
        List<String> numbers = new ArrayList<>();
        do {
            if (at >= tokens.size() || tokens.kind(at) != TokenKind.INTEGER) {
                throw unexpected();
            }
            numbers.add(tokens.source(at++));
        } while (accept(","));
        expect(")");
        return "(" + String.join(",", numbers) + ")";
    }

    private String brackets() throws ExpressionException {
        if (!tokens.is(at, "[") || !tokens.is(at + 1, "]")) {
            return "";
        }
        at += 2;
        return "[]";
    }

    // ---- tokens

    /** A name that is no key word. */
    private String name() throws ExpressionException {
        if (at < tokens.size() && tokens.kind(at) == TokenKind.WORD && RESERVED.contains(tokens.name(at))) {
            throw unexpected();
        }
        return anyName();
    }

    private String anyName() throws ExpressionException {
        String name = at < tokens.size() ? tokens.name(at) : null;
        if (name == null) {
            throw unexpected();
        }
        at++;
        return name;
    }

    private @Nullable String operator(Map<String, String> operators) {
        String found =
                at < tokens.size() && tokens.kind(at) == TokenKind.OPERATOR ? operators.get(tokens.source(at)) : null;
        at += found == null ? 0 : 1;
        return found;
    }

    private boolean isOneOf(Set<String> operators) {
        return at < tokens.size() && tokens.kind(at) == TokenKind.OPERATOR && operators.contains(tokens.source(at));
    }

    private boolean isNumber(int token) {
        return tokens.kind(token) == TokenKind.INTEGER || tokens.kind(token) == TokenKind.NUMERIC;
    }

    private boolean isWord(String word, int token) {
        return tokens.isWord(token, word);
    }

    private static String negate(boolean negated, String condition) {
        return negated ? "(NOT " + condition + ")" : condition;
    }

    private boolean accept(String spelling) {
        if (tokens.is(at, spelling) || tokens.isWord(at, spelling)) {
            at++;
            return true;
        }
        return false;
    }

    private void expect(String spelling) throws ExpressionException {
        if (!accept(spelling)) {
            throw unexpected();
        }
    }

    private ExpressionException unexpected() {
        return new ExpressionException(
                at < tokens.size()
                        ? "character " + (tokens.start(at) + 1) + " is not where an expression can go on"
                        : "it ends too early");
    }
}
