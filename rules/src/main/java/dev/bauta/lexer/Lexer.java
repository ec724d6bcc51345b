package dev.bauta.lexer;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL's scanner: the rules of {@code src/backend/parser/scan.l}, described in the manual's section 4.1 "Lexical
 * Structure", to the letter. What it reads as a string, a comment or a name is what the server reads so; everything that
 * follows rests on that. Text that server versions read differently is rejected.
 *
 * <p>A lexer is used for one text and thrown away.
 */
public final class Lexer {
    private static final String OPERATOR_CHARACTERS = "~!@#^&|`?+-*/%<>=";
    /** An operator with one of these may end in + or -; other operators may not. */
    private static final String NON_SQL_OPERATOR_CHARACTERS = "~!@#^&|`?%";
    /** {@code NAMEDATALEN - 1}, the longest operator. */
    private static final int LONGEST_OPERATOR = 63;

    /** A long text is often one long string: it must not take many times its size. */
    private static final int MOST_GUESSED = 4_096;

    private static final byte IDENTIFIER_START = 1;
    private static final byte IDENTIFIER_PART = 2;
    private static final byte OPERATOR_CHARACTER = 4;
    private static final byte SPACE = 8;
    private static final byte DIGIT = 16;

    private static final byte[] CLASSES = classes();

    /** Of what an identifier is made of in ASCII, in lower case; 0 for all else. */
    private static final byte[] FOLDED = folded();

    private final String text;
    private final LexerSettings settings;
    /** The text again, and a NUL behind it, which no text holds: an array is read faster than a string, and needs no end. */
    private final char[] chars;

    private final int length;
    private int at;
    /** Where the signs end that were cut off the operator before; each of them is an operator of its own. */
    private int signsEnd;

    private final NameSieve words = new NameSieve();
    private boolean semicolons;
    /** True once a token began with U&, which a UESCAPE may follow. */
    private boolean unicode;

    private TokenKind[] kinds;
    private int[] starts;
    private int[] ends;
    private @Nullable String[] names;
    private int size;

    private Lexer(String text, LexerSettings settings) {
        this.text = text;
        this.settings = settings;
        this.length = text.length();
        this.chars = new char[length + 1];
        text.getChars(0, length, chars, 0);
        int guess = Math.min(length / 3 + 16, MOST_GUESSED);
        kinds = new TokenKind[guess];
        starts = new int[guess];
        ends = new int[guess];
        names = new String[guess];
    }

    /**
     * Splits a text into tokens.
     *
     * @throws LexicalException where the server's scanner would raise an error, and for NUL and unpaired surrogates
     */
    public static Tokens lex(String text, LexerSettings settings) throws LexicalException {
        Lexer lexer = new Lexer(text, settings);
        lexer.run();
        Tokens.Seen seen = new Tokens.Seen(lexer.words, lexer.semicolons);
        return new Tokens(text, lexer.kinds, lexer.starts, lexer.ends, lexer.names, lexer.size, seen);
    }

    private void run() throws LexicalException {
        int nul = text.indexOf('\0');
        if (nul >= 0) {
            throw new LexicalException("invalid character in text", nul);
        }
        for (skipWhitespace(); at < length; skipWhitespace()) {
            next();
        }
        if (unicode) {
            joinUescape();
        }
    }

    private void next() throws LexicalException {
        int start = at;
        char c = chars[at];
        if (is(c, IDENTIFIER_START)) {
            wordOrPrefixed(c, start);
        } else if (is(c, DIGIT) || (c == '.' && isDigit(at + 1))) {
            number(start);
        } else if (is(c, OPERATOR_CHARACTER)) {
            operatorOrPlaceholder(start);
        } else {
            other(c, start);
        }
    }

    private void other(char c, int start) throws LexicalException {
        switch (c) {
            case '\'' ->
                string(start, start, settings.standardConformingStrings() ? TokenKind.STRING : TokenKind.ESCAPE_STRING);
            case '"' -> quotedIdentifier(start);
            case '$' -> dollar(start);
            case '(', ')', '[', ']', ',', ';' -> symbol(start, 1);
            case ':' -> symbol(start, peek(1) == ':' || peek(1) == '=' ? 2 : 1);
            case '.' -> symbol(start, peek(1) == '.' ? 2 : 1);
            default -> throw new LexicalException("syntax error at or near \"" + printable(c) + "\"", start);
        }
    }

    private static String printable(char c) {
        return c > ' ' && c < 0x7f ? String.valueOf(c) : String.format(Locale.ROOT, "U+%04X", (int) c);
    }

    // ---- white space and comments

    private void skipWhitespace() throws LexicalException {
        int i = at;
        while (true) {
            char c = chars[i];
            if (is(c, SPACE)) {
                i++;
            } else if (c == '-' && chars[i + 1] == '-') {
                i = endOfLine(i);
            } else if (c == '/' && chars[i + 1] == '*') {
                i = afterBlockComment(i);
            } else {
                at = i;
                return;
            }
        }
    }

    private int endOfLine(int from) {
        int i = from;
        while (i < length && chars[i] != '\n' && chars[i] != '\r') {
            i++;
        }
        return i;
    }

    /** Comments nest. */
    private int afterBlockComment(int start) throws LexicalException {
        int depth = 1;
        int i = start + 2;
        while (depth > 0) {
            if (i + 1 >= length) {
                throw new LexicalException("unterminated /* comment", start);
            }
            char c = chars[i];
            if (c == '/' && chars[i + 1] == '*') {
                depth++;
                i += 2;
            } else if (c == '*' && chars[i + 1] == '/') {
                depth--;
                i += 2;
            } else {
                i++;
            }
        }
        return i;
    }

    // ---- identifiers

    private void wordOrPrefixed(char c, int start) throws LexicalException {
        char second = peek(1);
        if (second == '\'') {
            TokenKind kind = stringKind(c);
            if (kind != null) {
                string(start, start + 1, kind);
                return;
            }
        } else if (second == '&' && (c == 'u' || c == 'U')) {
            unicode = true;
            char third = peek(2);
            if (third == '"') {
                unicodeIdentifier(start);
                return;
            }
            if (third == '\'') {
                requireStandardConformingStrings(start);
                string(start, start + 2, TokenKind.UNICODE_STRING);
                return;
            }
        }
        word(start);
    }

    private static @Nullable TokenKind stringKind(char prefix) {
        return switch (prefix) {
            case 'e', 'E' -> TokenKind.ESCAPE_STRING;
            case 'b', 'B' -> TokenKind.BIT_STRING;
            case 'x', 'X' -> TokenKind.HEX_STRING;
            case 'n', 'N' -> TokenKind.NATIONAL_STRING;
            default -> null;
        };
    }

    private void requireStandardConformingStrings(int start) throws LexicalException {
        if (!settings.standardConformingStrings()) {
            throw new LexicalException(
                    "unsafe use of string constant with Unicode escapes while standard_conforming_strings is off",
                    start);
        }
    }

    private void word(int start) throws LexicalException {
        int i = start;
        int hash = 0;
        char c = chars[i];
        for (byte folded; c < 128 && (folded = FOLDED[c]) != 0; c = chars[++i]) {
            hash = NameTable.hash(hash, folded);
        }
        if (c < 128 && i - start <= Tokens.LONGEST_NAME) {
            at = i;
            words.add(hash);
            add(TokenKind.WORD, start, NameTable.folded(chars, start, i, hash));
        } else {
            longOrForeignWord(start, i);
        }
    }

    /** A word of more than 63 characters, or with some that are not ASCII. */
    private void longOrForeignWord(int start, int from) throws LexicalException {
        int i = from;
        while (is(chars[i], IDENTIFIER_PART)) {
            i++;
        }
        at = i;
        words.addAll();
        requireWellFormed(text, start, i);
        add(TokenKind.WORD, start, Tokens.truncate(NameTable.folded(text, start, i)));
    }

    private void quotedIdentifier(int start) throws LexicalException {
        String name = quoted(start, start);
        words.addAll();
        add(TokenKind.QUOTED_IDENTIFIER, start, Tokens.truncate(name));
    }

    private void unicodeIdentifier(int start) throws LexicalException {
        quoted(start, start + 2);
        words.addAll();
        add(TokenKind.UNICODE_IDENTIFIER, start, "");
    }

    /** Reads a double-quoted run whose opening quote stands at {@code open}, and returns what is inside. */
    private String quoted(int start, int open) throws LexicalException {
        int i = open + 1;
        while (true) {
            int quote = text.indexOf('"', i);
            if (quote < 0) {
                throw new LexicalException("unterminated quoted identifier", start);
            }
            if (quote + 1 < length && chars[quote + 1] == '"') {
                i = quote + 2;
                continue;
            }
            at = quote + 1;
            String inside = text.substring(open + 1, quote).replace("\"\"", "\"");
            if (inside.isEmpty()) {
                throw new LexicalException("zero-length delimited identifier", start);
            }
            requireWellFormed(inside, start);
            return inside;
        }
    }

    // ---- strings

    /** Reads a quoted string whose opening quote stands at {@code open}, and its continuations over line ends. */
    private void string(int start, int open, TokenKind kind) throws LexicalException {
        boolean escapes = kind == TokenKind.ESCAPE_STRING
                || (kind == TokenKind.NATIONAL_STRING && !settings.standardConformingStrings());
        boolean digits = kind == TokenKind.BIT_STRING || kind == TokenKind.HEX_STRING;
        int quote = open;
        while (quote >= 0) {
            at = (digits ? plainQuote(start, quote) : closingQuote(start, quote, escapes)) + 1;
            quote = continuation();
        }
        requireWellFormed(text, start, at);
        add(kind, start, null);
    }

    /** In B'' and X'' a doubled quote is no quote: the first of the two ends the string. */
    private int plainQuote(int start, int open) throws LexicalException {
        int quote = text.indexOf('\'', open + 1);
        if (quote < 0) {
            throw new LexicalException("unterminated quoted string", start);
        }
        return quote;
    }

    private int closingQuote(int start, int open, boolean escapes) throws LexicalException {
        int i = open + 1;
        while (i < length) {
            char c = chars[i];
            if (c == '\\' && escapes) {
                i += 2;
            } else if (c == '\'') {
                if (i + 1 < length && chars[i + 1] == '\'') {
                    i += 2;
                } else {
                    return i;
                }
            } else {
                i++;
            }
        }
        throw new LexicalException("unterminated quoted string", start);
    }

    /**
     * The opening quote of a continuation, or -1: white space with at least one line end, and then a quote. Comments
     * introduced by two hyphens count as white space here, block comments do not.
     */
    private int continuation() {
        int i = at;
        boolean lineEnd = false;
        while (i < length) {
            char c = chars[i];
            if (c == '\n' || c == '\r') {
                lineEnd = true;
                i++;
            } else if (is(c, SPACE)) {
                i++;
            } else if (c == '-' && i + 1 < length && chars[i + 1] == '-') {
                i = endOfLine(i);
            } else {
                return c == '\'' && lineEnd ? i : -1;
            }
        }
        return -1;
    }

    private void dollar(int start) throws LexicalException {
        if (isDigit(start + 1)) {
            parameter(start);
            return;
        }
        int i = start + 1;
        while (i < length && isDollarTagPart(chars[i], i == start + 1)) {
            i++;
        }
        if (i >= length || chars[i] != '$') {
            throw new LexicalException("syntax error at or near \"$\"", start);
        }
        String delimiter = text.substring(start, i + 1);
        int end = text.indexOf(delimiter, i + 1);
        if (end < 0) {
            throw new LexicalException("unterminated dollar-quoted string", start);
        }
        at = end + delimiter.length();
        requireWellFormed(text, start, at);
        add(TokenKind.DOLLAR_STRING, start, null);
    }

    private static boolean isDollarTagPart(char c, boolean first) {
        return is(c, IDENTIFIER_START) || (!first && is(c, DIGIT));
    }

    private void parameter(int start) throws LexicalException {
        at = digits(start + 1);
        rejectJunk(start, "trailing junk after parameter");
        add(TokenKind.PARAMETER, start, null);
    }

    // ---- numbers

    private void number(int start) throws LexicalException {
        TokenKind kind = TokenKind.INTEGER;
        boolean letters = chars[start] == '0' && isRadix(peek(1));
        if (letters) {
            at = start + 2;
            while (at < length && (isHexDigit(chars[at]) || chars[at] == '_')) {
                at++;
            }
        } else {
            at = digits(start);
            if (at < length && chars[at] == '.' && peek(1) != '.') {
                kind = TokenKind.NUMERIC;
                at = digits(at + 1);
            }
            int exponent = exponent();
            if (exponent > 0) {
                kind = TokenKind.NUMERIC;
                at = exponent;
                letters = true;
            }
        }
        if (letters && at < length && chars[at] == '$') {
            // PostgreSQL from 15 on reads 1e5$1 as 1 with the junk e5$1, earlier ones as 1e5 and $1.
            throw new LexicalException("trailing junk after numeric literal", start);
        }
        rejectJunk(start, "trailing junk after numeric literal");
        add(kind, start, null);
    }

    private static boolean isRadix(char c) {
        return "xXoObB".indexOf(c) >= 0;
    }

    private static boolean isHexDigit(char c) {
        return is(c, DIGIT) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    }

    private int digits(int from) {
        int i = from;
        while (i < length && (is(chars[i], DIGIT) || (chars[i] == '_' && i > from && isDigit(i + 1)))) {
            i++;
        }
        return i;
    }

    /** Where an exponent that starts here ends, or -1. */
    private int exponent() {
        if (at >= length || (chars[at] != 'e' && chars[at] != 'E')) {
            return -1;
        }
        int i = at + 1;
        if (i < length && (chars[i] == '+' || chars[i] == '-')) {
            i++;
        }
        return isDigit(i) ? digits(i) : -1;
    }

    /** PostgreSQL up to 14 reads {@code 1abc} as two tokens, later ones raise an error. */
    private void rejectJunk(int start, String message) throws LexicalException {
        if (at < length && is(chars[at], IDENTIFIER_START)) {
            throw new LexicalException(message, start);
        }
    }

    // ---- operators and symbols

    private void operatorOrPlaceholder(int start) throws LexicalException {
        if (settings.jdbcPlaceholders() && chars[start] == '?' && peek(1) != '?') {
            at = start + 1;
            add(TokenKind.PARAMETER, start, null);
            return;
        }
        if (start < signsEnd) {
            at = start + 1;
        } else {
            int run = operatorRun(start);
            at = withoutTrailingSign(start, run);
            signsEnd = run;
        }
        if (at - start > LONGEST_OPERATOR) {
            throw new LexicalException("operator too long", start);
        }
        add(TokenKind.OPERATOR, start, null);
    }

    /** The longest run of operator characters that holds no start of a comment. */
    private int operatorRun(int start) {
        int i = start;
        while (i < length && is(chars[i], OPERATOR_CHARACTER)) {
            char c = chars[i];
            char after = i + 1 < length ? chars[i + 1] : '\0';
            if ((c == '/' && after == '*') || (c == '-' && after == '-')) {
                break;
            }
            if (settings.jdbcPlaceholders() && c == '?') {
                if (after != '?') {
                    break;
                }
                i++;
            }
            i++;
        }
        return i;
    }

    private int withoutTrailingSign(int start, int end) {
        if (end - start <= 1 || !isSign(chars[end - 1])) {
            return end;
        }
        for (int i = start; i < end - 1; i++) {
            if (NON_SQL_OPERATOR_CHARACTERS.indexOf(chars[i]) >= 0) {
                return end;
            }
        }
        int cut = end;
        do {
            cut--;
        } while (cut - start > 1 && isSign(chars[cut - 1]));
        return cut;
    }

    private static boolean isSign(char c) {
        return c == '+' || c == '-';
    }

    private void symbol(int start, int characters) {
        semicolons |= chars[start] == ';';
        at = start + characters;
        add(TokenKind.SYMBOL, start, null);
    }

    // ---- U& with UESCAPE

    /** Joins {@code U&"…"} or {@code U&'…'} with a following {@code UESCAPE 'c'}, and unescapes the identifiers. */
    private void joinUescape() throws LexicalException {
        int to = 0;
        for (int i = 0; i < size; i++) {
            TokenKind kind = kinds[i];
            int start = starts[i];
            int end = ends[i];
            String name = names[i];
            if (kind == TokenKind.UNICODE_IDENTIFIER || kind == TokenKind.UNICODE_STRING) {
                int written = end;
                char escape = '\\';
                if (i + 1 < size && kinds[i + 1] == TokenKind.WORD && "uescape".equals(names[i + 1])) {
                    escape = escapeCharacter(i + 2, start);
                    i += 2;
                    end = ends[i];
                }
                if (kind == TokenKind.UNICODE_IDENTIFIER) {
                    name = unicodeName(start, written, escape);
                }
            }
            kinds[to] = kind;
            starts[to] = start;
            ends[to] = end;
            names[to++] = name;
        }
        size = to;
    }

    private char escapeCharacter(int token, int blame) throws LexicalException {
        boolean oneCharacter =
                token < size && kinds[token] == TokenKind.STRING && ends[token] - starts[token] == "'c'".length();
        if (!oneCharacter) {
            throw new LexicalException("UESCAPE must be followed by a simple string literal", blame);
        }
        char c = chars[starts[token] + 1];
        if (isHexDigit(c) || c == '+' || c == '\'' || c == '"' || is(c, SPACE)) {
            throw new LexicalException("invalid Unicode escape character", blame);
        }
        return c;
    }

    private String unicodeName(int start, int end, char escape) throws LexicalException {
        String inside = text.substring(start + "U&\"".length(), end - 1).replace("\"\"", "\"");
        String name = UnicodeEscapes.unescape(inside, escape, start);
        requireWellFormed(name, start);
        return Tokens.truncate(name);
    }

    // ---- small things

    private void add(TokenKind kind, int start, @Nullable String name) {
        if (size == kinds.length) {
            int larger = size * 2;
            kinds = Arrays.copyOf(kinds, larger);
            starts = Arrays.copyOf(starts, larger);
            ends = Arrays.copyOf(ends, larger);
            names = Arrays.copyOf(names, larger);
        }
        kinds[size] = kind;
        starts[size] = start;
        ends[size] = at;
        if (name != null) {
            names[size] = name;
        }
        size++;
    }

    /** NUL behind the end. */
    private char peek(int ahead) {
        return at + ahead < length ? chars[at + ahead] : '\0';
    }

    private boolean isDigit(int index) {
        return index < length && is(chars[index], DIGIT);
    }

    private static void requireWellFormed(String piece, int offset) throws LexicalException {
        requireWellFormed(piece, 0, piece.length(), offset);
    }

    private static void requireWellFormed(String whole, int from, int to) throws LexicalException {
        requireWellFormed(whole, from, to, from);
    }

    private static void requireWellFormed(String whole, int from, int to, int offset) throws LexicalException {
        for (int i = from; i < to; i++) {
            char c = whole.charAt(i);
            if (c == 0 || (Character.isSurrogate(c) && !isPairAt(whole, i, to))) {
                throw new LexicalException("invalid character in text", offset);
            }
            if (Character.isHighSurrogate(c)) {
                i++;
            }
        }
    }

    private static boolean isPairAt(String whole, int i, int to) {
        return Character.isHighSurrogate(whole.charAt(i))
                && i + 1 < to
                && Character.isLowSurrogate(whole.charAt(i + 1));
    }

    private static boolean is(char c, int mask) {
        return c < 128 ? (CLASSES[c] & mask) != 0 : (mask & (IDENTIFIER_START | IDENTIFIER_PART)) != 0;
    }

    private static byte[] classes() {
        byte[] classes = new byte[128];
        for (char c = 0; c < 128; c++) {
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
            boolean digit = c >= '0' && c <= '9';
            if (letter) {
                classes[c] |= IDENTIFIER_START | IDENTIFIER_PART;
            }
            if (digit) {
                classes[c] |= DIGIT | IDENTIFIER_PART;
            }
            if (OPERATOR_CHARACTERS.indexOf(c) >= 0) {
                classes[c] |= OPERATOR_CHARACTER;
            }
        }
        classes['$'] |= IDENTIFIER_PART;
        for (char c : new char[] {' ', '\t', '\n', '\r', '\f'}) {
            classes[c] |= SPACE;
        }
        return classes;
    }

    private static byte[] folded() {
        byte[] folded = new byte[128];
        for (char c = 0; c < 128; c++) {
            folded[c] = is(c, IDENTIFIER_PART) ? (byte) NameTable.fold(c) : 0;
        }
        return folded;
    }
}
