package dev.bauta.rulefile;

import java.util.List;
import java.util.stream.Collectors;

/** A rule file that cannot be used, with everything that is wrong with it. Immutable. The message holds a line for each problem. */
public final class RuleFileException extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient List<Problem> problems;

    /** @param problems in the file's order, at least one */
    RuleFileException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** All problems, in the file's order, at least one. */
    public List<Problem> problems() {
        return problems;
    }
}
