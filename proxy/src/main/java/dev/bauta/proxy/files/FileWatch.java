package dev.bauta.proxy.files;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks every second whether files have changed. Thread-safe. */
public final class FileWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FileWatch.class);
    private static final int INTERVAL_SECONDS = 1;

    private final List<Reloaded<?>> watched;
    private final ScheduledExecutorService poll = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "file-watch");
        thread.setDaemon(true);
        return thread;
    });

    private FileWatch(List<Reloaded<?>> watched) {
        this.watched = List.copyOf(watched);
    }

    /** Starts looking. */
    public static FileWatch start(List<Reloaded<?>> watched) {
        FileWatch watch = new FileWatch(watched);
        if (!watched.isEmpty()) {
            var unused = watch.poll.scheduleWithFixedDelay(
                    watch::look, INTERVAL_SECONDS, INTERVAL_SECONDS, TimeUnit.SECONDS);
        }
        return watch;
    }

    /** Looks at all files now. A defect in one look must not be the last look. @return what is wrong with them */
    public List<String> look() {
        List<String> problems = new ArrayList<>();
        for (Reloaded<?> files : watched) {
            try {
                files.look().ifPresent(problems::add);
            } catch (RuntimeException | Error e) {
                LOG.atError()
                        .addKeyValue("files", files)
                        .addKeyValue("failure", e.getClass().getName())
                        .log("defect: files could not be looked at");
                problems.add(files + ": " + e.getClass().getSimpleName());
            }
        }
        return problems;
    }

    @Override
    public void close() {
        poll.shutdownNow();
    }
}
