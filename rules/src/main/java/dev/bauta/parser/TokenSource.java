package dev.bauta.parser;

import dev.bauta.lexer.TokenRange;
import dev.bauta.lexer.Tokens;
import dev.bauta.parser.generated.PostgresParser;
import dev.bauta.parser.generated.PostgresParserConstants;
import dev.bauta.parser.generated.Token;
import dev.bauta.parser.generated.TokenManager;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Hands PostgreSQL's tokens to Calcite's parser in the place of Calcite's own lexer, which reads text otherwise than
 * PostgreSQL does and never sees any. A token's image says its kind and nothing more; its column is its index plus one. Used for
 * one statement, by one thread.
 */
final class TokenSource implements TokenManager, PostgresParserConstants {
    private static final Map<String, Integer> KEY_WORDS = keyWords();
    private static final Map<String, Integer> OPERATORS = operators();

    private final Tokens tokens;
    private final int end;
    private int next;

    TokenSource(Tokens tokens, TokenRange range) {
        this.tokens = tokens;
        this.next = range.from();
        this.end = range.to();
    }

    @Override
    public Token getNextToken() {
        int index = next < end ? next++ : end;
        Token token = new Token();
        token.kind = index < end ? kind(tokens, index) : EOF;
        token.image = tokenImage[token.kind];
        token.beginLine = 1;
        token.endLine = 1;
        token.beginColumn = index + 1;
        token.endColumn = index + 1;
        return token;
    }

    /** True when the token is a key word wherever it is not read as a name. */
    static boolean isKeyWord(Tokens tokens, int index) {
        return kind(tokens, index) != IDENTIFIER;
    }

    private static int kind(Tokens tokens, int index) {
        return switch (tokens.kind(index)) {
            case WORD -> KEY_WORDS.getOrDefault(name(tokens, index), IDENTIFIER);
            case QUOTED_IDENTIFIER, UNICODE_IDENTIFIER -> IDENTIFIER;
            case STRING, ESCAPE_STRING, UNICODE_STRING, NATIONAL_STRING, BIT_STRING, HEX_STRING, DOLLAR_STRING ->
                QUOTED_STRING;
            case INTEGER -> UNSIGNED_INTEGER_LITERAL;
            case NUMERIC -> DECIMAL_NUMERIC_LITERAL;
            case PARAMETER -> HOOK;
            case OPERATOR, SYMBOL -> OPERATORS.getOrDefault(tokens.source(index), OTHER_OPERATOR);
        };
    }

    private static String name(Tokens tokens, int index) {
        String name = tokens.name(index);
        return name == null ? "" : name;
    }

    private static Map<String, Integer> keyWords() {
        Map<String, Integer> kinds = new HashMap<>();
        for (int kind : PostgresParser.KEY_WORDS) {
            String quoted = tokenImage[kind];
            kinds.put(quoted.substring(1, quoted.length() - 1).toLowerCase(Locale.ROOT), kind);
        }
        return Map.copyOf(kinds);
    }

    private static Map<String, Integer> operators() {
        return Map.ofEntries(
                Map.entry("(", LPAREN),
                Map.entry(")", RPAREN),
                Map.entry("[", LBRACKET),
                Map.entry("]", RBRACKET),
                Map.entry(",", COMMA),
                Map.entry(";", SEMICOLON),
                Map.entry(".", DOT),
                Map.entry("..", DOUBLE_PERIOD),
                Map.entry(":", COLON),
                Map.entry("::", CAST_OPERATOR),
                Map.entry(":=", ASSIGNMENT_OPERATOR),
                Map.entry("=>", NAMED_ARGUMENT_ASSIGNMENT),
                Map.entry("=", EQ),
                Map.entry("<", LT),
                Map.entry(">", GT),
                Map.entry("<=", LE),
                Map.entry(">=", GE),
                Map.entry("<>", NE),
                Map.entry("!=", NE2),
                Map.entry("+", PLUS),
                Map.entry("-", MINUS),
                Map.entry("*", STAR),
                Map.entry("/", SLASH),
                Map.entry("%", PERCENT_REMAINDER),
                Map.entry("^", CARET));
    }
}
