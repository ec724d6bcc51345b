package dev.bauta.mask;

import dev.bauta.catalog.QualifiedName;
import dev.bauta.lexer.TokenCursor;
import dev.bauta.lexer.TokenKind;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/** Reads the names in an expression, and remembers what they name. Used for one expression. */
final class ExpressionNames {
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

    /** Key words that are functions all the same. */
    private static final Set<String> FUNCTIONS = Set.of("left", "right");

    private final TokenCursor cursor;
    private final Set<String> columns = new LinkedHashSet<>();
    private final Set<QualifiedName> functions = new LinkedHashSet<>();
    private final Set<QualifiedName> callers = new LinkedHashSet<>();

    ExpressionNames(TokenCursor cursor) {
        this.cursor = cursor;
    }

    /** A name that is no key word. */
    String unreserved() throws ExpressionException {
        if (cursor.kind() == TokenKind.WORD && RESERVED.contains(String.valueOf(cursor.name()))) {
            throw ExpressionException.at(cursor);
        }
        return any();
    }

    String any() throws ExpressionException {
        String name = cursor.name();
        if (name == null) {
            throw ExpressionException.at(cursor);
        }
        cursor.take();
        return name;
    }

    /** The name of a function without schema. */
    String function() throws ExpressionException {
        String name = String.valueOf(cursor.name());
        if (cursor.kind() == TokenKind.WORD && RESERVED.contains(name) && !FUNCTIONS.contains(name)) {
            throw new ExpressionException(
                    "it has " + name.toUpperCase(Locale.ROOT) + ", which is more than a call of a function");
        }
        return any();
    }

    void addColumn(String name) {
        columns.add(name);
    }

    void addFunction(QualifiedName name) {
        functions.add(name);
    }

    /** An operator or a type, which calls functions. */
    void addCaller(QualifiedName name) {
        if (!name.schema().equals("pg_catalog")) {
            callers.add(name);
        }
    }

    Expression expression(String sql) {
        return new Expression(sql, columns, functions, callers);
    }
}
