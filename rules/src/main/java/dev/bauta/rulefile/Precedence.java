package dev.bauta.rulefile;

import dev.bauta.yaml.Node;
import dev.bauta.yaml.Words;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;

/**
 * Patterns in the order in which they are tried. Tells of a pattern that can never match, because an earlier one matches all that it
 * does; one that only several earlier ones together cover is not found. Not thread-safe.
 */
final class Precedence<P> {
    private final BiPredicate<P, P> covers;
    private final Map<P, Node.Scalar> all = new HashMap<>();
    private final Map<P, Node.Scalar> broad = new LinkedHashMap<>();

    /** @param covers true when the first pattern matches everything that the second does */
    Precedence(BiPredicate<P, P> covers) {
        this.covers = covers;
    }

    /**
     * Puts a pattern last.
     *
     * @param exact true when it can match one thing only, so that it covers no pattern but its like
     * @param written the pattern as it stands in the file
     * @return the earlier pattern that covers it, in the file's spelling
     */
    Optional<Node.Scalar> add(P pattern, boolean exact, Node.Scalar written) {
        Optional<Node.Scalar> earlier = find(pattern);
        if (earlier.isEmpty()) {
            all.put(pattern, written);
            if (!exact) {
                broad.put(pattern, written);
            }
        }
        return earlier;
    }

    /** The earlier pattern that covers one, in the file's spelling. */
    Optional<Node.Scalar> find(P pattern) {
        Node.Scalar same = all.get(pattern);
        if (same != null) {
            return Optional.of(same);
        }
        return broad.entrySet().stream()
                .filter(entry -> covers.test(entry.getKey(), pattern))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /** That a pattern never matches because of an earlier one. */
    static String unreachable(Node.Scalar written, Node.Scalar earlier) {
        return "%s can never match, because %s in %s comes first"
                .formatted(
                        Words.quoted(written.text()),
                        Words.quoted(earlier.text()),
                        earlier.at().lineFrom(written.at()));
    }

    /**
     * Looks whether an earlier pattern covers one, and puts it last.
     *
     * @param alone true when the pattern alone decides, so that it takes what it matches from later ones
     * @return the problem, if it can never match
     */
    Optional<String> place(P pattern, boolean exact, boolean alone, Node.Scalar written) {
        Optional<Node.Scalar> earlier = alone ? add(pattern, exact, written) : find(pattern);
        return earlier.map(first -> unreachable(written, first));
    }
}
