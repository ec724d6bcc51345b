package dev.bauta.engine;

import dev.bauta.lexer.TokenKind;
import dev.bauta.lexer.TokenRange;
import dev.bauta.lexer.Tokens;
import dev.bauta.text.Sha256;
import java.util.Locale;

/**
 * What statements have in common that differ in constants, comments, white space and the case of key words alone. Immutable.
 *
 * <pre>
 *   SELECT name FROM Customers WHERE id IN (1, 2, 3) -- Ada's
 *   select name from customers where id in (?, …)
 * </pre>
 *
 * @param hash the start of the SHA-256 of the whole text, 16 hexadecimal digits; empty where there is none
 * @param text the statement with {@code ?} for each constant, cut off after {@value #LONGEST} characters
 */
public record Fingerprint(String hash, String text) {
    /** The fingerprint of what is no statement. */
    public static final Fingerprint NONE = new Fingerprint("", "");

    /** In characters. */
    static final int LONGEST = 2_000;

    private static final String CONSTANT = "?";
    private static final String MORE = "…";
    private static final int HASH_DIGITS = 16;

    static Fingerprint of(Tokens tokens, TokenRange statement) {
        String text = normalize(tokens, statement);
        String shown = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + MORE;
        return new Fingerprint(Sha256.hex(text).substring(0, HASH_DIGITS), shown);
    }

    private static String normalize(Tokens tokens, TokenRange statement) {
        StringBuilder text = new StringBuilder();
        int end = endOfNames(tokens, statement);
        int lastValue = -1;
        for (int i = statement.from(); i < end; i++) {
            if (isRepeatedConstant(tokens, statement, i)) {
                if (!endsWith(text, MORE)) {
                    text.append(", " + MORE);
                }
                i++;
            } else {
                if (i > statement.from() && tokens.start(i) > tokens.end(i - 1)) {
                    text.append(' ');
                }
                boolean value = isSettingValue(tokens, statement, i, lastValue);
                lastValue = value ? i : lastValue;
                text.append(value ? CONSTANT : spelling(tokens, i));
            }
        }
        return end < statement.to() ? text.append(" " + CONSTANT).toString() : text.toString();
    }

    /** What SET gives a setting can be a bare word, and counts as a constant all the same. */
    private static int endOfNames(Tokens tokens, TokenRange statement) {
        if (!tokens.isWord(statement.from(), "set")) {
            return statement.to();
        }
        for (int i = statement.from(); i < statement.to(); i++) {
            if (tokens.is(i, "=") || tokens.isWord(i, "to")) {
                return Math.min(i + 1, statement.to());
            }
        }
        return statement.to();
    }

    /**
     * The same for SET within ALTER and CREATE.
     *
     * @param lastValue the last such value before, for lists of ALTER
     */
    private static boolean isSettingValue(Tokens tokens, TokenRange statement, int i, int lastValue) {
        boolean alter = tokens.isWord(statement.from(), "alter");
        if (!tokens.isIdentifier(i) || !alter && !tokens.isWord(statement.from(), "create")) {
            return false;
        }
        if (alter && tokens.is(i - 1, ",")) {
            return lastValue == i - 2;
        }
        int name = tokens.is(i - 1, "=") || tokens.isWord(i - 1, "to") ? i - 2 : -1;
        while (name > statement.from() && tokens.is(name - 1, ".")) {
            name -= 2;
        }
        return name > statement.from() && tokens.isWord(name - 1, "set");
    }

    /** A comma and a constant behind another constant. */
    private static boolean isRepeatedConstant(Tokens tokens, TokenRange statement, int i) {
        return i > statement.from()
                && i + 1 < statement.to()
                && tokens.is(i, ",")
                && tokens.kind(i - 1).isConstant()
                && tokens.kind(i + 1).isConstant()
                && (i + 2 == statement.to() || tokens.is(i + 2, ",") || tokens.is(i + 2, ")"));
    }

    private static boolean endsWith(StringBuilder text, String end) {
        return text.lastIndexOf(end) >= 0 && text.lastIndexOf(end) == text.length() - end.length();
    }

    private static String spelling(Tokens tokens, int i) {
        TokenKind kind = tokens.kind(i);
        if (kind.isConstant()) {
            return CONSTANT;
        }
        return kind == TokenKind.WORD ? tokens.source(i).toLowerCase(Locale.ROOT) : tokens.source(i);
    }
}
