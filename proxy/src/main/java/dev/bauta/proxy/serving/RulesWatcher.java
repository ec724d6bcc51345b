package dev.bauta.proxy.serving;

import dev.bauta.rulefile.RuleFile;
import dev.bauta.rulefile.RuleSet;
import dev.bauta.yaml.InvalidFileException;
import dev.bauta.yaml.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a rule file again and again. What changes it hands on; a file that has problems leaves the last good rules in force, and
 * its problems are logged, once for each state of the file. Thread-safe.
 */
final class RulesWatcher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RulesWatcher.class);
    private static final int INTERVAL_SECONDS = 1;

    private final Path file;
    private final ScheduledExecutorService poll = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "rules-watch");
        thread.setDaemon(true);
        return thread;
    });

    private RuleSet current;
    private List<String> problems = List.of();

    private RulesWatcher(Path file, RuleSet current) {
        this.file = file;
        this.current = current;
    }

    /** Reads the file for the first time. */
    static RulesWatcher load(Path file) throws InvalidFileException {
        return new RulesWatcher(file, RuleFile.load(file));
    }

    /** The last good rules. */
    synchronized RuleSet current() {
        return current;
    }

    /** Looks at the file every second from now on, and hands changed rules on. */
    void start(Consumer<RuleSet> onChange) {
        var unused =
                poll.scheduleWithFixedDelay(() -> look(onChange), INTERVAL_SECONDS, INTERVAL_SECONDS, TimeUnit.SECONDS);
    }

    /** Looks at the file once. Any failure leaves the last good rules in force. */
    synchronized void look(Consumer<RuleSet> onChange) {
        try {
            RuleSet read = RuleFile.load(file);
            if (!read.version().equals(current.version())) {
                onChange.accept(read);
                current = read;
                LOG.atInfo()
                        .addKeyValue("file", file)
                        .addKeyValue("version", read.version())
                        .log("rules changed");
            } else if (!problems.isEmpty()) {
                LOG.atInfo().addKeyValue("file", file).log("rules are as they were, without problems");
            }
            problems = List.of();
        } catch (InvalidFileException e) {
            report(e.problems().stream().map(Problem::toString).toList());
        } catch (RuntimeException e) {
            report(List.of(file + ": " + e));
        }
    }

    private void report(List<String> found) {
        if (!found.equals(problems)) {
            LOG.atError().addKeyValue("file", file).log("rules have problems; the last good ones stay in force");
            found.forEach(problem -> LOG.atError().log(problem));
            problems = found;
        }
    }

    @Override
    public void close() {
        poll.shutdownNow();
    }
}
