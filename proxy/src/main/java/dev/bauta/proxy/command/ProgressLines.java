package dev.bauta.proxy.command;

import dev.bauta.proxy.discovery.Discovery;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Says how far long work is, a line every few seconds; work that is done before is not spoken of. Not thread-safe. */
final class ProgressLines implements Discovery.Progress {
    private static final Duration INTERVAL = Duration.ofSeconds(3);

    private final PrintWriter err;
    private final Clock clock;
    private Instant next;

    ProgressLines(PrintWriter err, Clock clock) {
        this.err = err;
        this.clock = clock;
        this.next = clock.instant().plus(INTERVAL);
    }

    @Override
    public void at(int done, int tables) {
        at(done + " of " + tables + " tables");
    }

    /** Says what is being done now. */
    void at(String step) {
        if (!clock.instant().isBefore(next)) {
            next = clock.instant().plus(INTERVAL);
            err.println("bauta: " + step);
            err.flush();
        }
    }
}
