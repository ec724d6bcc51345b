package dev.bauta.proxy.demo;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The raw values of protected columns, as canaries: none of them may stand anywhere in an answer. Found whatever their case, and
 * as part of longer text, by a look-up of each six characters of the answer. Immutable and thread-safe.
 */
final class RawValues {
    /** Shorter values stand in masked answers by chance. */
    static final int SHORTEST = 6;

    private final Map<String, Set<String>> byStart = new HashMap<>();
    private final int count;

    /** @param values values shorter than {@link #SHORTEST} are left out */
    RawValues(Collection<String> values) {
        int added = 0;
        for (String value : values) {
            String folded = fold(value.strip());
            if (folded.length() >= SHORTEST) {
                boolean isNew = byStart.computeIfAbsent(folded.substring(0, SHORTEST), start -> new HashSet<>())
                        .add(folded);
                added += isNew ? 1 : 0;
            }
        }
        count = added;
    }

    /** How many different values there are. */
    int count() {
        return count;
    }

    /** A raw value that stands in the text, lower-cased, if there is one. */
    Optional<String> findIn(String text) {
        String folded = fold(text);
        for (int at = 0; at + SHORTEST <= folded.length(); at++) {
            for (String value : byStart.getOrDefault(folded.substring(at, at + SHORTEST), Set.of())) {
                if (folded.startsWith(value, at)) {
                    return Optional.of(value);
                }
            }
        }
        return Optional.empty();
    }

    private static String fold(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return "RawValues[" + count + "]";
    }
}
