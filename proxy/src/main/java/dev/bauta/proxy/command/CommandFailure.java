package dev.bauta.proxy.command;

import java.util.List;

/** Why a command ends: lines for the user, who is shown no stack trace, and the exit status. */
public final class CommandFailure extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient List<String> lines;
    private final ExitStatus status;

    /** @param lines at least one; each a whole message of its own, without a line end */
    public CommandFailure(ExitStatus status, List<String> lines) {
        super(String.join("; ", lines), null, false, false);
        this.lines = List.copyOf(lines);
        this.status = status;
    }

    /** A failure with one line. */
    public CommandFailure(ExitStatus status, String line) {
        this(status, List.of(line));
    }

    /** What to show, a line each. */
    public List<String> lines() {
        return lines;
    }

    /** What to exit with. */
    public ExitStatus status() {
        return status;
    }
}
