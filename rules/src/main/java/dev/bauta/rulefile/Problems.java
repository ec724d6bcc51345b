package dev.bauta.rulefile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what is wrong with one file, so that all of it can be told at once. Not thread-safe. */
final class Problems {
    private final String file;
    private final List<Problem> found = new ArrayList<>();

    Problems(String file) {
        this.file = file;
    }

    /** The file as a whole. */
    Location file() {
        return Location.ofFile(file);
    }

    /** A place in the file. */
    Location at(int line, int column) {
        return new Location(file, line, column);
    }

    void add(Problem problem) {
        found.add(problem);
    }

    void add(Location at, String message) {
        add(new Problem(at, message));
    }

    void add(Node node, String message) {
        add(node.at(), message);
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    /** Everything found so far, in the file's order. */
    RuleFileException toException() {
        return new RuleFileException(found.stream()
                .sorted(Comparator.comparingInt(
                                (Problem problem) -> problem.at().line())
                        .thenComparingInt(problem -> problem.at().column()))
                .toList());
    }

    /** Ends the reading when something was found. */
    void throwIfAny() throws RuleFileException {
        if (!isEmpty()) {
            throw toException();
        }
    }

    @Override
    public String toString() {
        return "Problems" + found;
    }
}
