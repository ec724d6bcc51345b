package dev.bauta.proxy.serving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bauta.rulefile.RuleSet;
import dev.bauta.yaml.InvalidFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a rule file that changes is taken. */
class RulesWatcherTest {
    private static final String HALF = "version: 1\ncolumns:\n  - {match: public.people.email, mask: email}\n";
    private static final String WHOLE = HALF + "  - {match: public.people.phone, mask: redact}\n";

    private final Path file;

    RulesWatcherTest(@TempDir Path directory) {
        this.file = directory.resolve("rules.yaml");
    }

    /** Its first half is a rule file as well, with fewer rules. */
    @Test
    void takesNoFileThatIsBeingWritten() throws IOException, InvalidFileException {
        Files.writeString(file, WHOLE);
        try (RulesWatcher watcher = RulesWatcher.load(file)) {
            String before = watcher.current().version();
            Files.writeString(file, HALF);
            watcher.poll();
            assertThat(watcher.current().version()).isEqualTo(before);
            Files.writeString(file, WHOLE + "# written\n");
            watcher.poll();
            assertThat(watcher.current().version()).isEqualTo(before);
            watcher.poll();
            assertThat(watcher.current().columns()).hasSize(2);
            assertThat(watcher.current().version()).isNotEqualTo(before);
        }
    }

    /** Or rules that are changed afterwards would never be taken. */
    @Test
    void noErrorEndsTheLooks() throws IOException, InvalidFileException {
        Files.writeString(file, HALF);
        try (RulesWatcher watcher = RulesWatcher.load(file)) {
            AtomicInteger told = new AtomicInteger();
            watcher.start(new RulesWatcher.Listener() {
                @Override
                public void onChange(RuleSet changed) {
                    if (told.getAndIncrement() == 0) {
                        throw new OutOfMemoryError("for the test");
                    }
                }

                @Override
                public void onProblems() {
                    // They stand in the log.
                }
            });
            Files.writeString(file, WHOLE);
            Awaitility.await()
                    .untilAsserted(() -> assertThat(watcher.current().columns()).hasSize(2));
            assertThat(told).hasValue(2);
        }
    }

    /** Whoever says that it has changed has written it. */
    @Test
    void takesAtOnceWhatItIsToldToRead() throws IOException, InvalidFileException {
        Files.writeString(file, HALF);
        try (RulesWatcher watcher = RulesWatcher.load(file)) {
            Files.writeString(file, WHOLE);
            assertThat(watcher.look()).isEmpty();
            assertThat(watcher.current().columns()).hasSize(2);
        }
    }
}
