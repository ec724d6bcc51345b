package dev.bauta.lexer;

/**
 * Names as strings, of which those that come again and again are made once: key words, operators, the names of an application's
 * tables. A fixed number of places, in which a new name displaces the old; strings being immutable, threads that race for a
 * place at worst make one twice. Thread-safe.
 */
final class NameTable {
    /** A power of two. */
    private static final int PLACES = 4096;

    private static final String[] NAMES = new String[PLACES];

    private NameTable() {}

    /**
     * A stretch of a text as a name, with ASCII capital letters in lower case.
     *
     * @param from offset of its first UTF-16 unit
     * @param to offset after its last
     */
    static String folded(String text, int from, int to) {
        char[] chars = new char[to - from];
        text.getChars(from, to, chars, 0);
        int hash = 0;
        for (char c : chars) {
            hash = hash(hash, fold(c));
        }
        return folded(chars, 0, chars.length, hash);
    }

    /** The same for one who has reckoned the hash on the way. */
    static String folded(char[] text, int from, int to, int hash) {
        int place = (hash ^ (hash >>> 16)) & (PLACES - 1);
        String known = NAMES[place];
        if (known != null && isFolded(known, text, from, to)) {
            return known;
        }
        String name = make(text, from, to);
        NAMES[place] = name;
        return name;
    }

    /** The hash of a name that goes on by one more UTF-16 unit, in lower case; 0 is that of the empty one. It is {@link String#hashCode}. */
    static int hash(int before, int folded) {
        return 31 * before + folded;
    }

    private static boolean isFolded(String known, char[] text, int from, int to) {
        int length = to - from;
        if (known.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            char c = text[from + i];
            char k = known.charAt(i);
            if (k != c && k != fold(c)) {
                return false;
            }
        }
        return true;
    }

    private static String make(char[] text, int from, int to) {
        char[] name = new char[to - from];
        for (int i = 0; i < name.length; i++) {
            name[i] = fold(text[from + i]);
        }
        return new String(name);
    }

    /** Folds ASCII letters alone, as PostgreSQL does in multi-byte encodings; never {@link Character#toLowerCase}. */
    static char fold(char c) {
        return c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c;
    }
}
