package dev.bauta.lexer;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of one text, white space and comments left out. Immutable after the lexer has filled it; held as parallel
 * arrays so that lexing a statement allocates a handful of objects.
 */
public final class Tokens {
    /** {@code NAMEDATALEN - 1}, in bytes. */
    public static final int LONGEST_NAME = 63;

    /** Bytes that a UTF-16 unit takes in UTF-8, at the most. */
    private static final int LONGEST_CHARACTER = 3;

    private final String text;
    private final TokenKind[] kinds;
    private final int[] starts;
    private final int[] ends;
    private final @Nullable String[] names;
    private final int size;
    private final Seen seen;

    /**
     * What the lexer has seen on its way, so that most texts need not be searched for what they do not hold. Immutable.
     *
     * @param words the names
     * @param semicolons whether there is a semicolon
     */
    record Seen(NameSieve words, boolean semicolons) {}

    Tokens(String text, TokenKind[] kinds, int[] starts, int[] ends, @Nullable String[] names, int size, Seen seen) {
        this.text = text;
        this.kinds = kinds;
        this.starts = starts;
        this.ends = ends;
        this.names = names;
        this.size = size;
        this.seen = seen;
    }

    /** The text that was lexed. */
    public String text() {
        return text;
    }

    /** How many tokens there are. */
    public int size() {
        return size;
    }

    /** The kind of token {@code i}. */
    public TokenKind kind(int i) {
        return kinds[i];
    }

    /** Offset of the first UTF-16 unit of token {@code i}. */
    public int start(int i) {
        return starts[i];
    }

    /** Offset after the last UTF-16 unit of token {@code i}. */
    public int end(int i) {
        return ends[i];
    }

    /** The text of token {@code i} as it was written. */
    public String source(int i) {
        return text.substring(starts[i], ends[i]);
    }

    /**
     * The name that an identifier token stands for: unquoted and unescaped, folded to lower case by PostgreSQL's rule
     * (ASCII letters of unquoted identifiers only), truncated to 63 bytes. Null for every other kind.
     */
    public @Nullable String name(int i) {
        return names[i];
    }

    /** False when no token has this name, given in lower case; true when one may have it. */
    public boolean mayHold(String name) {
        return seen.words().mayHold(name);
    }

    /** False when there is only one statement. */
    boolean hasSemicolons() {
        return seen.semicolons();
    }

    /** True when token {@code i} exists and is the unquoted word {@code lower}, given in lower case. */
    public boolean isWord(int i, String lower) {
        return i >= 0 && i < size && kinds[i] == TokenKind.WORD && lower.equals(names[i]);
    }

    /** True when token {@code i} exists and is a symbol or operator spelt exactly {@code spelling}. */
    public boolean is(int i, String spelling) {
        return i >= 0
                && i < size
                && (kinds[i] == TokenKind.SYMBOL || kinds[i] == TokenKind.OPERATOR)
                && ends[i] - starts[i] == spelling.length()
                && text.startsWith(spelling, starts[i]);
    }

    /** True when token {@code i} is a symbol of this one character. */
    boolean isSymbol(int i, char symbol) {
        return kinds[i] == TokenKind.SYMBOL && ends[i] - starts[i] == 1 && text.charAt(starts[i]) == symbol;
    }

    /** True when token {@code i} exists and can name an object. */
    public boolean isIdentifier(int i) {
        return i >= 0 && i < size && kinds[i].isIdentifier();
    }

    /** The tokens of one statement alone, over its own text, which starts with its first token and ends with its last. */
    public Tokens slice(TokenRange range) {
        if (range.from() == 0 && range.to() == size) {
            return this;
        }
        int offset = starts[range.from()];
        int count = range.to() - range.from();
        int[] movedStarts = new int[count];
        int[] movedEnds = new int[count];
        for (int i = 0; i < count; i++) {
            movedStarts[i] = starts[range.from() + i] - offset;
            movedEnds[i] = ends[range.from() + i] - offset;
        }
        return new Tokens(
                text.substring(offset, ends[range.to() - 1]),
                Arrays.copyOfRange(kinds, range.from(), range.to()),
                movedStarts,
                movedEnds,
                Arrays.copyOfRange(names, range.from(), range.to()),
                count,
                seen);
    }

    /**
     * The symbol of an operator token as the server reads it: in JDBC text, the doubled question mark stands for one.
     *
     * @param jdbc true when the text is JDBC text
     */
    public String operator(int i, boolean jdbc) {
        String written = NameTable.folded(text, starts[i], ends[i]);
        return jdbc ? written.replace("??", "?") : written;
    }

    /** Kinds and offsets, never the text: a statement's literals stay out of logs. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "Tokens[%d]", size);
    }

    /** A multi-byte character is never cut in two ({@code pg_mbcliplen}). */
    static String truncate(String name) {
        if (name.length() <= LONGEST_NAME / LONGEST_CHARACTER) {
            return name;
        }
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        if (utf8.length <= LONGEST_NAME) {
            return name;
        }
        int cut = LONGEST_NAME;
        while (cut > 0 && (utf8[cut] & 0xC0) == 0x80) {
            cut--;
        }
        return new String(utf8, 0, cut, StandardCharsets.UTF_8);
    }
}
