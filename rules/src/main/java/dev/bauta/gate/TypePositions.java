package dev.bauta.gate;

import dev.bauta.catalog.UnsafeName.Attribute;
import dev.bauta.lexer.TokenKind;
import dev.bauta.lexer.TokenRange;
import dev.bauta.lexer.Tokens;
import java.util.Set;

/** Where in a statement the name of a type can stand. */
final class TypePositions {
    /** Reserved words behind which a column can stand where a column's definition could begin. */
    private static final Set<String> BEFORE_COLUMNS = Set.of(
            "all", "both", "case", "distinct", "lateral", "leading", "not", "only", "select", "trailing", "variadic");

    /** Words behind which a name is that of a relation, and may be followed by its columns. */
    private static final Set<String> BEFORE_TARGETS = Set.of("copy", "exists", "into", "recursive", "table", "with");

    private TypePositions() {}

    /**
     * True where a possibly qualified name that ends here may be that of a type.
     *
     * @param attribute what the name would be an attribute of
     */
    static boolean contains(Tokens tokens, TokenRange statement, Attribute attribute, int name) {
        int first = name;
        while (tokens.is(first - 1, ".") && tokens.isIdentifier(first - 2)) {
            first -= 2;
        }
        if (tokens.isWord(first - 1, "setof")) {
            first--; // In a cast PostgreSQL reads over it.
        }
        boolean literal = name + 1 < statement.to() && tokens.kind(name + 1).isConstant();
        return literal
                || tokens.is(first - 1, "::")
                || (tokens.is(name + 1, "(") && !isTarget(tokens, first))
                || (tokens.isWord(first - 1, "of") && tokens.isWord(statement.from(), "create"))
                || attribute == Attribute.OF_VALUE
                || isDefined(tokens, statement, first)
                || isParameter(tokens, statement, first)
                || isConverted(tokens, statement, first);
    }

    /** {@code INSERT INTO table (column)}, {@code COPY table (column)}, {@code WITH name (column)} and their like. */
    private static boolean isTarget(Tokens tokens, int first) {
        String before = tokens.kind(first - 1) == TokenKind.WORD ? tokens.name(first - 1) : null;
        return before != null && BEFORE_TARGETS.contains(before);
    }

    /** Behind a column's name: {@code AS x(a type, b type)}, {@code COLUMNS a type}, {@code CREATE TEMP TABLE x (a type)}. */
    private static boolean isDefined(Tokens tokens, TokenRange statement, int first) {
        int column = first - 1;
        boolean begins =
                tokens.is(column - 1, "(") || tokens.is(column - 1, ",") || tokens.isWord(column - 1, "columns");
        if (!begins
                || !tokens.isIdentifier(column)
                || (tokens.kind(column) == TokenKind.WORD
                        && BEFORE_COLUMNS.contains(String.valueOf(tokens.name(column))))) {
            return false;
        }
        int open = opening(tokens, statement, column - 1);
        return open >= 0 && !tokens.isWord(open + 1, "select") && !tokens.isWord(open + 1, "with");
    }

    /** {@code PREPARE x (type, type(length), type) AS}: what stands in the parentheses behind the name. */
    private static boolean isParameter(Tokens tokens, TokenRange statement, int first) {
        return tokens.isWord(statement.from(), "prepare")
                && opening(tokens, statement, first - 1) == statement.from() + 2;
    }

    /** {@code CAST(… AS type)}, {@code XMLSERIALIZE(… AS type)} and {@code JSON_VALUE(… RETURNING type)}. */
    private static boolean isConverted(Tokens tokens, TokenRange statement, int first) {
        boolean json = tokens.isWord(first - 1, "returning");
        if (!json && !tokens.isWord(first - 1, "as")) {
            return false;
        }
        int open = opening(tokens, statement, first - 2);
        if (open < 0) {
            return false;
        }
        return json
                ? String.valueOf(tokens.name(open - 1)).startsWith("json")
                : tokens.isWord(open - 1, "cast") || tokens.isWord(open - 1, "xmlserialize");
    }

    /** The innermost parenthesis that is open behind a token; -1 where none is. */
    private static int opening(Tokens tokens, TokenRange statement, int last) {
        int depth = 0;
        for (int i = last; i > statement.from(); i--) {
            if (tokens.is(i, ")")) {
                depth++;
            } else if (tokens.is(i, "(") && depth-- == 0) {
                return i;
            }
        }
        return -1;
    }
}
