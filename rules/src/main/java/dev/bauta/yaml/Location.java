package dev.bauta.yaml;

/**
 * A place in a file, or the file as a whole. Immutable.
 *
 * @param file the file's name as it was given
 * @param line 1 and up; 0 when the file as a whole is meant
 * @param column 1 and up, counted in characters; 0 when the file as a whole is meant
 */
public record Location(String file, int line, int column) {
    /** The file as a whole, such as one that cannot be opened. */
    public static Location ofFile(String file) {
        return new Location(file, 0, 0);
    }

    /** The line as told in a message about another place, with the file where that is another one. */
    public String lineFrom(Location other) {
        return "line " + line + (file.equals(other.file) ? "" : " of " + file);
    }

    /** With the file's own name alone, for those who need not know where it lies. */
    public Location withoutFolder() {
        int folder = Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\'));
        return new Location(file.substring(folder + 1), line, column);
    }

    @Override
    public String toString() {
        return line == 0 ? file : file + ":" + line + ":" + column;
    }
}
