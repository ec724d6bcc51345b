package dev.bauta.proxy.command;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.regex.Pattern;

/**
 * What a command line came to.
 *
 * @param status the exit status
 * @param out standard output
 * @param err standard error
 */
record CommandRun(int status, String out, String err) {
    /** How far long work is: whether that is said depends on how long the work takes on this machine. */
    private static final Pattern PROGRESS =
            Pattern.compile("(?m)^bauta: (\\d+ of \\d+ (tables|statements)|reading the catalogs|applying the rules"
                    + "|looking for what the rules name|looking at what role ).*\\R");

    /** Runs {@code bauta} with these arguments in this process. What it says of its progress is left out. */
    static CommandRun of(String... arguments) {
        CommandRun whole = withProgress(arguments);
        return new CommandRun(
                whole.status, whole.out, PROGRESS.matcher(whole.err).replaceAll(""));
    }

    /** The same with all that it says. */
    static CommandRun withProgress(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int status = BautaCommand.run(new PrintWriter(out), new PrintWriter(err), arguments);
        return new CommandRun(status, out.toString(), err.toString());
    }

    /** All that was shown. */
    String all() {
        return out + err;
    }
}
