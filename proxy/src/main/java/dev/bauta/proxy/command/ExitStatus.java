package dev.bauta.proxy.command;

/** What the process's exit status says. 3 is the launcher's own: Java, Maven or the build is missing or fails. */
public enum ExitStatus {
    /** All went well, a proxy that was told to end included. */
    OK(0),
    /** Something raw came through in {@code demo --once}, a check of {@code verify} failed, or a defect of ours. */
    FAILED(1),
    /** The command line is not understood. */
    USAGE(2),
    /** The configuration or the rule file has problems, or {@code check} found errors. */
    CONFIGURATION(4),
    /** The PostgreSQL server cannot be reached, or does not let the catalog user in. */
    UNREACHABLE(5),
    /** The address to listen on is in use or is not this machine's. */
    ADDRESS(6),
    /** The file to write exists already, or cannot be written. */
    OUTPUT(7),
    /** What the command line names is not in the database. */
    NOT_FOUND(8),
    /** All was done as far as it goes, and something waits for a person: what could not be translated, warnings, or differences. */
    REVIEW(9),
    /** Ctrl-C, as shells count signals. */
    INTERRUPTED(130);

    private final int code;

    ExitStatus(int code) {
        this.code = code;
    }

    /** The number that the shell sees. */
    public int code() {
        return code;
    }
}
