package dev.bauta.mask;

import dev.bauta.catalog.QualifiedName;
import dev.bauta.catalog.SqlNames;
import dev.bauta.lexer.Lexer;
import dev.bauta.lexer.LexerSettings;
import dev.bauta.lexer.LexicalException;
import dev.bauta.lexer.TokenCursor;
import dev.bauta.lexer.TokenKind;
import dev.bauta.lexer.Tokens;
import java.util.ArrayList;
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

    private static final Set<String> NEGATED = Set.of("in", "between", "like", "ilike");
    private static final Set<String> SUMS = Set.of("+", "-");
    private static final Set<String> PRODUCTS = Set.of("*", "/", "%");
    private static final Set<String> NO_OPERATORS = Set.of("=>", "^", "+", "-", "*", "/", "%");

    private static final int DEEPEST = 50;

    private final TokenCursor cursor;
    private final ExpressionNames names;
    private final ExpressionTypes types;
    private final ExpressionOperands operands;
    private int depth;

    private ExpressionParser(Tokens tokens) {
        this.cursor = new TokenCursor(tokens);
        this.names = new ExpressionNames(cursor);
        this.types = new ExpressionTypes(cursor, names);
        this.operands = new ExpressionOperands(cursor, names, types, this::or);
    }

    /** Reads an expression. */
    static Expression parse(String text) throws ExpressionException {
        try {
            return new ExpressionParser(Lexer.lex(text, LexerSettings.SERVER)).whole();
        } catch (LexicalException e) {
            throw new ExpressionException(String.valueOf(e.getMessage()));
        }
    }

    private Expression whole() throws ExpressionException {
        String sql = or();
        if (!cursor.atEnd()) {
            throw unexpected();
        }
        return names.expression(sql);
    }

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
        return isOneOf(COMPARISONS.keySet())
                ? Sql.op(left, String.valueOf(COMPARISONS.get(cursor.take())), predicate())
                : left;
    }

    private String predicate() throws ExpressionException {
        String left = operation();
        boolean negated = cursor.is("not") && NEGATED.stream().anyMatch(cursor::isBefore) && accept("not");
        if (accept("in")) {
            return negate(negated, oneOf(left));
        }
        if (accept("between")) {
            String low = Sql.op(left, ">=", operation());
            expect("and");
            return negate(negated, "(" + low + " AND " + Sql.op(left, "<=", operation()) + ")");
        }
        if (accept("like")) {
            return negate(negated, Sql.op(left, "~~", operation()));
        }
        if (accept("ilike")) {
            return negate(negated, Sql.op(left, "~~*", operation()));
        }
        return left;
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
        String qualified = qualifiedOperator();
        while (qualified != null) {
            left = "(" + left + " " + qualified + " " + sum() + ")";
            qualified = qualifiedOperator();
        }
        return left;
    }

    /** {@code OPERATOR(schema.op)}, or an operator that has no precedence of its own; null where none stands here. */
    private @Nullable String qualifiedOperator() throws ExpressionException {
        if (cursor.is("operator") && cursor.isBefore("(")) {
            accept("operator");
            expect("(");
            String schema = names.unreserved();
            expect(".");
            if (cursor.kind() != TokenKind.OPERATOR) {
                throw unexpected();
            }
            String operator = cursor.take();
            expect(")");
            names.addCaller(new QualifiedName(schema, operator));
            return "OPERATOR(" + SqlNames.quote(schema) + "." + operator + ")";
        }
        boolean other = cursor.kind() == TokenKind.OPERATOR
                && !NO_OPERATORS.contains(cursor.source())
                && !COMPARISONS.containsKey(cursor.source());
        return other ? "OPERATOR(pg_catalog." + cursor.take() + ")" : null;
    }

    private String sum() throws ExpressionException {
        String left = product();
        while (isOneOf(SUMS)) {
            left = Sql.op(left, cursor.take(), product());
        }
        return left;
    }

    private String product() throws ExpressionException {
        String left = power();
        while (isOneOf(PRODUCTS)) {
            left = Sql.op(left, cursor.take(), power());
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
            boolean number = cursor.isNumber() && !cursor.isBefore("::");
            return number ? "(-" + cursor.take() + ")" : "(OPERATOR(pg_catalog.-) " + unary() + ")";
        }
        return accept("+") ? unary() : postfix();
    }

    private String postfix() throws ExpressionException {
        String operand = operands.operand();
        while (true) {
            if (accept("::")) {
                operand = "(" + operand + ")::" + types.type();
            } else if (accept("[")) {
                operand = "(" + operand + ")[" + or() + "]";
                expect("]");
            } else if (accept("collate")) {
                String schema = cursor.isBefore(".") ? names.unreserved() : "pg_catalog";
                accept(".");
                operand = "(" + operand + " COLLATE " + new QualifiedName(schema, names.any()).sql() + ")";
            } else {
                return operand;
            }
        }
    }

    private boolean isOneOf(Set<String> operators) {
        return cursor.kind() == TokenKind.OPERATOR && operators.contains(cursor.source());
    }

    private static String negate(boolean negated, String condition) {
        return negated ? "(NOT " + condition + ")" : condition;
    }

    private boolean accept(String spelling) {
        return cursor.accept(spelling);
    }

    private void expect(String spelling) throws ExpressionException {
        ExpressionException.expect(cursor, spelling);
    }

    private ExpressionException unexpected() {
        return ExpressionException.at(cursor);
    }
}
