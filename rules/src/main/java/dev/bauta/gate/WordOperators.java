package dev.bauta.gate;

import dev.bauta.lexer.TokenKind;
import dev.bauta.lexer.Tokens;
import java.util.List;

/**
 * Words that stand for operators. PostgreSQL looks these up by their symbols in the search_path, as if the symbols had been written.
 *
 * <pre>
 *   a NOT IN (b, c)     a <> b AND a <> c
 *   a NOT IN (SELECT …) NOT a = ANY (SELECT …)
 *   a LIKE b            a ~~ b
 *   NULLIF(a, b)        a = b
 * </pre>
 */
final class WordOperators {
    private static final List<String> EQUAL = List.of("=");
    private static final List<String> NOT_IN = List.of("<>", "=");

    private WordOperators() {}

    /** The symbols of the operators for which a token stands; none for nearly all. In doubt it stands for them. */
    static List<String> symbols(Tokens tokens, int i) {
        String word = tokens.kind(i) == TokenKind.WORD ? tokens.name(i) : null;
        if (word == null) {
            return List.of();
        }
        boolean not = tokens.isWord(i - 1, "not");
        return switch (word) {
            case "in" -> not ? NOT_IN : EQUAL;
            case "between" -> not ? List.of("<", ">") : List.of(">=", "<=");
            case "like" -> List.of(not ? "!~~" : "~~");
            case "ilike" -> List.of(not ? "!~~*" : "~~*");
            case "similar" -> List.of(not ? "!~" : "~");
            case "nullif", "natural" -> EQUAL;
            case "case" -> tokens.isWord(i + 1, "when") ? List.of() : EQUAL;
            case "distinct" -> tokens.isWord(i + 1, "from") ? EQUAL : List.of();
            case "using" -> tokens.is(i + 1, "(") ? EQUAL : List.of();
            default -> List.of();
        };
    }
}
