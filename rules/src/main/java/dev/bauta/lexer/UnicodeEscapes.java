package dev.bauta.lexer;

/** The escapes of {@code U&} identifiers: {@code \XXXX}, {@code \+XXXXXX}, and the escape character doubled. */
final class UnicodeEscapes {
    private UnicodeEscapes() {}

    static String unescape(String written, char escape, int offset) throws LexicalException {
        StringBuilder name = new StringBuilder(written.length());
        for (int i = 0; i < written.length(); i++) {
            char c = written.charAt(i);
            if (c != escape) {
                name.append(c);
            } else if (i + 1 < written.length() && written.charAt(i + 1) == escape) {
                name.append(escape);
                i++;
            } else {
                boolean wide = i + 1 < written.length() && written.charAt(i + 1) == '+';
                int from = wide ? i + 2 : i + 1;
                int digits = wide ? 6 : 4;
                name.appendCodePoint(codePoint(written, from, digits, offset));
                i = from + digits - 1;
            }
        }
        return name.toString();
    }

    private static int codePoint(String written, int from, int digits, int offset) throws LexicalException {
        int value = 0;
        for (int i = from; i < from + digits; i++) {
            int digit = i < written.length() && written.charAt(i) < 128 ? Character.digit(written.charAt(i), 16) : -1;
            if (digit < 0) {
                throw new LexicalException("invalid Unicode escape", offset);
            }
            value = value * 16 + digit;
        }
        if (!Character.isValidCodePoint(value) || value == 0) {
            throw new LexicalException("invalid Unicode escape value", offset);
        }
        return value;
    }
}
