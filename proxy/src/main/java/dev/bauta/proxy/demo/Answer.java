package dev.bauta.proxy.demo;

import java.util.Optional;

/**
 * Everything that a statement brought to the client. Immutable.
 *
 * @param text all of it: cells, column labels, notices, errors with every field
 * @param rows how many rows came
 * @param first the first row, empty when none came
 * @param error the error's message, if the statement ended in one
 */
record Answer(String text, int rows, String first, Optional<String> error) {
    /** Not the text. */
    @Override
    public String toString() {
        return "Answer[" + rows + " rows]";
    }
}
