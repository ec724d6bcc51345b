package dev.bauta.proxy.verify.attack;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Looks for byte strings in whatever passes by, letters in either case. Immutable and thread-safe; each stream is looked at by a
 * {@link Stream} of its own, which also finds what is cut in two.
 */
final class Scanner {
    /** All patterns have at least so many bytes. */
    private static final int START = 8;

    private final Map<Long, List<byte[]>> byStart;
    private final int longest;

    private Scanner(Map<Long, List<byte[]>> byStart, int longest) {
        this.byStart = byStart;
        this.longest = longest;
    }

    /** Collects patterns. Not thread-safe. */
    static final class Builder {
        private final Map<Long, List<byte[]>> byStart = new HashMap<>();
        private int longest = START;

        void add(byte[] pattern) {
            if (pattern.length < START) {
                throw new IllegalArgumentException("a pattern has at least " + START + " bytes");
            }
            byte[] folded = new byte[pattern.length];
            for (int i = 0; i < pattern.length; i++) {
                folded[i] = fold(pattern[i]);
            }
            long start = 0;
            for (int i = 0; i < START; i++) {
                start = start << Byte.SIZE | folded[i] & 0xff;
            }
            byStart.computeIfAbsent(start, s -> new ArrayList<>()).add(folded);
            longest = Math.max(longest, pattern.length);
        }

        Scanner build() {
            return new Scanner(Map.copyOf(byStart), longest);
        }
    }

    /** One stream of bytes. Not thread-safe. */
    final class Stream {
        /** The end of what has been, as long as the longest pattern. */
        private byte[] tail = new byte[0];

        private long looked;
        private boolean found;

        /** Looks at the next bytes. */
        void add(byte[] bytes, int length) {
            looked += length;
            byte[] window = new byte[tail.length + length];
            System.arraycopy(tail, 0, window, 0, tail.length);
            System.arraycopy(bytes, 0, window, tail.length, length);
            found |= contains(window);
            int keep = Math.min(window.length, longest - 1);
            tail = new byte[keep];
            System.arraycopy(window, window.length - keep, tail, 0, keep);
        }

        /** True when a pattern has passed by. */
        boolean found() {
            return found;
        }

        /** How many bytes have passed by. */
        long looked() {
            return looked;
        }
    }

    /** A stream that nothing has passed by yet. */
    Stream newStream() {
        return new Stream();
    }

    /** True when a pattern stands somewhere in the bytes. */
    boolean contains(byte[] bytes) {
        long start = 0;
        for (int i = 0; i < bytes.length; i++) {
            start = start << Byte.SIZE | fold(bytes[i]) & 0xff;
            if (i >= START - 1) {
                List<byte[]> candidates = byStart.get(start);
                if (candidates != null && anyAt(candidates, bytes, i - START + 1)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean anyAt(List<byte[]> patterns, byte[] bytes, int at) {
        for (byte[] pattern : patterns) {
            int i = 0;
            while (i < pattern.length && at + i < bytes.length && fold(bytes[at + i]) == pattern[i]) {
                i++;
            }
            if (i == pattern.length) {
                return true;
            }
        }
        return false;
    }

    private static byte fold(byte b) {
        return b >= 'A' && b <= 'Z' ? (byte) (b + ('a' - 'A')) : b;
    }
}
