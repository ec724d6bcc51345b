package dev.bauta.proxy.files;

import java.nio.file.Path;

/** A file cannot be used for what it is there for. The message names the file, and shows nothing of what it holds. */
public final class UnusableFileException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Path file;

    /**
     * @param file the file
     * @param problem what is wrong with it, and what to do
     */
    public UnusableFileException(Path file, String problem) {
        super(file + ": " + problem, null, false, false);
        this.file = file;
    }

    /** The file. */
    public Path file() {
        return file;
    }

    /** What is wrong; never null. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
