package dev.bauta.mask;

import dev.bauta.catalog.QualifiedName;
import dev.bauta.catalog.SqlNames;
import dev.bauta.lexer.TokenCursor;
import dev.bauta.lexer.TokenKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads what the operators of an expression stand between: constants, columns, calls, CASE and the like. Used for one expression. */
final class ExpressionOperands {
    private static final Set<String> CONSTANTS =
            Set.of("true", "false", "null", "current_user", "session_user", "current_date", "current_timestamp");

    /** Written like functions, and resolved by the grammar or by what types have for sorting, not by name. */
    private static final Set<String> BUILT_IN = Set.of("coalesce", "greatest", "least");

    private final TokenCursor cursor;
    private final ExpressionNames names;
    private final ExpressionTypes types;
    private final Nested nested;

    /** Reads a whole expression inside an operand. */
    interface Nested {
        String read() throws ExpressionException;
    }

    ExpressionOperands(TokenCursor cursor, ExpressionNames names, ExpressionTypes types, Nested nested) {
        this.cursor = cursor;
        this.names = names;
        this.types = types;
        this.nested = nested;
    }

    String operand() throws ExpressionException {
        if (cursor.accept("(")) {
            String inside = nested.read();
            expect(")");
            return "(" + inside + ")";
        }
        TokenKind kind = cursor.kind();
        if (kind == null) {
            throw ExpressionException.at(cursor);
        }
        return switch (kind) {
            case INTEGER, NUMERIC -> cursor.take();
            case STRING -> string();
            case WORD -> word();
            case QUOTED_IDENTIFIER -> named();
            default -> throw ExpressionException.at(cursor);
        };
    }

    /** A text that is written in one piece. */
    private String string() throws ExpressionException {
        String source = cursor.source();
        String inside = source.substring(1, source.length() - 1);
        if (inside.replace("''", "").indexOf('\'') >= 0) {
            throw new ExpressionException("it has a text over several lines");
        }
        cursor.take();
        return SqlNames.literal(inside.replace("''", "'"));
    }

    private String word() throws ExpressionException {
        String word = String.valueOf(cursor.name());
        if (cursor.isBefore("(") && BUILT_IN.contains(word)) {
            cursor.take();
            cursor.take();
            return word.toUpperCase(Locale.ROOT) + "(" + list(")") + ")";
        }
        if (CONSTANTS.contains(word)) {
            cursor.take();
            return word.toUpperCase(Locale.ROOT);
        }
        if (cursor.accept("value")) {
            return Expression.VALUE;
        }
        if (cursor.accept("case")) {
            return cases();
        }
        if (cursor.accept("cast")) {
            return cast();
        }
        if (cursor.accept("array")) {
            expect("[");
            return "ARRAY[" + list("]") + "]";
        }
        String type = types.ofText();
        return type == null ? named() : string() + "::" + type;
    }

    private String cases() throws ExpressionException {
        if (!cursor.is("when")) {
            throw new ExpressionException("it has CASE with an operand; write CASE WHEN operand = … THEN …");
        }
        StringBuilder cases = new StringBuilder("CASE");
        while (cursor.accept("when")) {
            cases.append(" WHEN ").append(nested.read());
            expect("then");
            cases.append(" THEN ").append(nested.read());
        }
        if (cursor.accept("else")) {
            cases.append(" ELSE ").append(nested.read());
        }
        expect("end");
        return "(" + cases + " END)";
    }

    private String cast() throws ExpressionException {
        expect("(");
        String operand = nested.read();
        expect("as");
        String cast = "(" + operand + ")::" + types.type();
        expect(")");
        return cast;
    }

    /** A column, or the call of a function. */
    private String named() throws ExpressionException {
        if (cursor.isBefore(".")) {
            String schema = names.unreserved();
            cursor.accept(".");
            String function = names.any();
            if (!cursor.is("(")) {
                throw new ExpressionException("it has a dot; name columns of the same table alone");
            }
            return call(new QualifiedName(schema, function));
        }
        if (cursor.isBefore("(")) {
            return call(new QualifiedName("pg_catalog", names.function()));
        }
        String column = names.unreserved();
        names.addColumn(column);
        return Expression.reference(column);
    }

    private String call(QualifiedName function) throws ExpressionException {
        names.addFunction(function);
        expect("(");
        return function.sql() + "(" + (cursor.accept(")") ? "" : list(")")) + ")";
    }

    /** One expression or more, and what closes them. */
    private String list(String end) throws ExpressionException {
        List<String> items = new ArrayList<>();
        do {
            items.add(nested.read());
        } while (cursor.accept(","));
        expect(end);
        return String.join(", ", items);
    }

    private void expect(String spelling) throws ExpressionException {
        ExpressionException.expect(cursor, spelling);
    }
}
