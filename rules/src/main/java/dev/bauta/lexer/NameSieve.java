package dev.bauta.lexer;

import java.util.Arrays;

/**
 * A set of names that forgets all but a bit of each one's hash: it can be wrong in holding a name, never in holding none (a Bloom
 * filter of one function). Not thread-safe while names are added.
 */
final class NameSieve {
    private static final int WORDS = 4;

    private final long[] bits = new long[WORDS];

    /** @param hash that of a name in lower case, as {@link String#hashCode} reckons it */
    void add(int hash) {
        bits[word(hash)] |= bit(hash);
    }

    /** Adds a name that can be any. */
    void addAll() {
        Arrays.fill(bits, -1L);
    }

    /** False when the name, in lower case, was never added. */
    boolean mayHold(String name) {
        int hash = name.hashCode();
        return (bits[word(hash)] & bit(hash)) != 0;
    }

    private static int word(int hash) {
        return (hash >>> 6 ^ hash >>> 14) & (WORDS - 1);
    }

    private static long bit(int hash) {
        return 1L << (hash ^ hash >>> 16);
    }
}
