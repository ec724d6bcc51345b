package dev.bauta.yaml;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what is wrong with a file and those that it includes, so that all of it can be told at once. Not thread-safe. */
public final class Problems {
    private final String file;
    private final List<String> files = new ArrayList<>();
    private final List<Problem> found = new ArrayList<>();

    /** @param file the file's name for messages */
    public Problems(String file) {
        this.file = file;
        files.add(file);
    }

    /** The file as a whole. */
    public Location file() {
        return Location.ofFile(file);
    }

    /** A place in the file. */
    public Location at(int line, int column) {
        return new Location(file, line, column);
    }

    /** Adds a problem. */
    public void add(Problem problem) {
        found.add(problem);
    }

    /** Adds a problem at a place. */
    public void add(Location at, String message) {
        add(new Problem(at, message));
    }

    /** Adds a problem where the node starts. */
    public void add(Node node, String message) {
        add(node.at(), message);
    }

    /** Adds what was found in another file, of which more can be found. */
    public void addAll(Problems other) {
        files.addAll(other.files);
        found.addAll(other.found);
    }

    /** True when nothing was found. */
    public boolean isEmpty() {
        return found.isEmpty();
    }

    /** Everything found so far, file by file in their order. */
    public InvalidFileException toException() {
        return new InvalidFileException(found.stream()
                .sorted(Comparator.comparingInt(
                                (Problem problem) -> files.indexOf(problem.at().file()))
                        .thenComparingInt(problem -> problem.at().line())
                        .thenComparingInt(problem -> problem.at().column()))
                .toList());
    }

    /** Ends the reading when something was found. */
    public void throwIfAny() throws InvalidFileException {
        if (!isEmpty()) {
            throw toException();
        }
    }

    @Override
    public String toString() {
        return "Problems" + found;
    }
}
