package dev.bauta.rulefile;

/**
 * A place in a rule file. Immutable.
 *
 * @param file the file's name as it was given
 * @param line 1 and up
 * @param column 1 and up
 */
public record Location(String file, int line, int column) {
    @Override
    public String toString() {
        return file + ":" + line + ":" + column;
    }
}
