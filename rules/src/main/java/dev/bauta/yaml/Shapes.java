package dev.bauta.yaml;

import java.util.List;
import java.util.Optional;

/** Takes nodes for what is expected in their place, and reports those that are something else. Not thread-safe. */
public final class Shapes {
    private final Problems problems;

    /** @param problems where what does not fit is reported */
    public Shapes(Problems problems) {
        this.problems = problems;
    }

    /** A list, empty where the node is none and was reported. */
    public List<Node> list(Node node, String what) {
        if (node instanceof Node.Sequence sequence) {
            return sequence.items();
        }
        mismatch(node, what + " must be a list");
        return List.of();
    }

    /** A list with something in it. */
    public List<Node> filledList(Node node, String what) {
        if (node instanceof Node.Sequence sequence && sequence.items().isEmpty()) {
            problems.add(node, what + " must not be empty");
        }
        return list(node, what);
    }

    /** A list, or a single value standing for a list of one. */
    public List<Node> listOrOne(Node node, String what) {
        if (node instanceof Node.Scalar scalar && !scalar.isMissing()) {
            return List.of(node);
        }
        if (node instanceof Node.Mapping) {
            mismatch(node, what + " must be a list or a single value");
            return List.of();
        }
        return filledList(node, what);
    }

    /** Keys with values. */
    public Optional<Node.Mapping> mapping(Node node, String what) {
        if (node instanceof Node.Mapping mapping) {
            return Optional.of(mapping);
        }
        mismatch(node, what + " must be keys with values");
        return Optional.empty();
    }

    /** A value that is not empty, as text. */
    public Optional<Node.Scalar> text(Node node, String what) {
        if (node instanceof Node.Scalar scalar && !scalar.isMissing()) {
            if (!scalar.text().isEmpty()) {
                return Optional.of(scalar);
            }
            problems.add(node, what + " must not be empty");
            return Optional.empty();
        }
        mismatch(node, what + " must be a single value");
        return Optional.empty();
    }

    private void mismatch(Node node, String message) {
        boolean missing = node instanceof Node.Scalar scalar && scalar.isMissing();
        problems.add(node, message + (missing ? ", but there is none" : ", not " + node.kind()));
    }
}
