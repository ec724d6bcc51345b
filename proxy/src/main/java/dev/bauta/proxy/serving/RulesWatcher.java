package dev.bauta.proxy.serving;

import dev.bauta.rulefile.RuleFile;
import dev.bauta.rulefile.RuleSet;
import dev.bauta.yaml.InvalidFileException;
import dev.bauta.yaml.Problem;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a rule file again and again. What changes it hands on once it is written; a file that has problems leaves the last good rules in force, and
 * its problems are logged, once for each state of the file. Thread-safe.
 */
final class RulesWatcher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RulesWatcher.class);
    private static final int INTERVAL_MILLIS = 500;

    private final Path file;
    private final ScheduledExecutorService poll = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "rules-watch");
        thread.setDaemon(true);
        return thread;
    });

    private Listener listener = new Unheard();
    private RuleSet current;
    /** What was found at the last look. */
    private String lastVersion;

    private Instant loadedAt;
    private List<String> problems = List.of();

    private static final class Unheard implements Listener {
        @Override
        public void onChange(RuleSet changed) {
            // Nothing is served yet.
        }

        @Override
        public void onProblems() {
            // They stand in the log.
        }
    }

    private RulesWatcher(Path file, RuleSet current) {
        this.file = file;
        this.current = current;
        this.lastVersion = current.version();
        this.loadedAt = Instant.now();
    }

    /** Reads the file for the first time. */
    static RulesWatcher load(Path file) throws InvalidFileException {
        return new RulesWatcher(file, RuleFile.load(file));
    }

    /** The last good rules. */
    synchronized RuleSet current() {
        return current;
    }

    /** When the last good rules were read for the first time. */
    synchronized Instant loadedAt() {
        return loadedAt;
    }

    /** What was wrong with the file when it was looked at last. */
    synchronized List<String> problems() {
        return problems;
    }

    /** Who is told of the file. */
    interface Listener {
        /** Other rules are to be put in force; they are not while this throws an exception. */
        void onChange(RuleSet changed);

        /** The file has problems that it did not have before. */
        void onProblems();
    }

    /** Looks at the file from time to time from now on, and hands changed rules on. */
    synchronized void start(Listener told) {
        listener = told;
        var unused = poll.scheduleWithFixedDelay(this::poll, INTERVAL_MILLIS, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Reads the file now. Any failure leaves the last good rules in force, and is not the last look. @return what is wrong with the file */
    synchronized List<String> look() {
        return look(true);
    }

    /** Looks at the file. What has changed is taken at the second look that finds it: half a file can be a rule file as well. */
    synchronized void poll() {
        look(false);
    }

    private List<String> look(boolean written) {
        try {
            RuleSet read = RuleFile.load(file);
            boolean settled = written || read.version().equals(lastVersion);
            lastVersion = read.version();
            if (!settled) {
                return problems;
            }
            if (!read.version().equals(current.version())) {
                listener.onChange(read);
                current = read;
                loadedAt = Instant.now();
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
        } catch (RuntimeException | Error e) {
            report(List.of(file + ": " + e.getClass().getSimpleName()));
        }
        return problems;
    }

    private void report(List<String> found) {
        if (!found.equals(problems)) {
            LOG.atError().addKeyValue("file", file).log("rules have problems; the last good ones stay in force");
            found.forEach(problem -> LOG.atError().log(problem));
            problems = found;
            listener.onProblems();
        }
    }

    @Override
    public void close() {
        poll.shutdownNow();
    }
}
