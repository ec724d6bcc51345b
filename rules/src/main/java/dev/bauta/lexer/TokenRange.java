package dev.bauta.lexer;

/**
 * A run of tokens. Immutable.
 *
 * @param from index of the first token
 * @param to index after the last token; equal to {@code from} for an empty run
 */
public record TokenRange(int from, int to) {
    public TokenRange {
        if (from < 0 || to < from) {
            throw new IllegalArgumentException("bad token range " + from + ".." + to);
        }
    }

    /** True when the token at {@code index} lies inside. */
    public boolean contains(int index) {
        return index >= from && index < to;
    }

    /** True when the whole of {@code other} lies inside. */
    public boolean contains(TokenRange other) {
        return other.from >= from && other.to <= to;
    }
}
