package dev.bauta.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The statements of {@code sqlsmith}, a generator of random queries over whatever the catalogs list, for as many seconds as the
 * system property says: no raw value in any byte, no session that breaks, no error that is the proxy's fault.
 */
@EnabledIfSystemProperty(named = "bauta.sqlsmith", matches = "[0-9]+")
class SqlsmithTest {
    /** What the values of the second world have in common: as they are, backwards, in hexadecimal digits, in Base64. */
    private static final List<String> WORDS = List.of("omegas", "sagemo", "6f6d65676173", "b21lz2fz", "9tzwdhc");

    private static final Path SUMMARY = Path.of("target", "sqlsmith.md");

    @Test
    void findsNothing() throws Exception {
        Instant end = Instant.now().plus(Duration.ofSeconds(Long.getLong("bauta.sqlsmith")));
        long seed = Long.getLong("bauta.test.seed", 20_261_123L);
        try (Worlds worlds = new Worlds();
                ScanningRelay relay = new ScanningRelay(worlds.proxy(), WORDS)) {
            long first = seed;
            while (Instant.now().isBefore(end)) {
                run(worlds, relay, seed++, end);
            }
            Files.writeString(
                    SUMMARY, "* seeds: " + first + " to " + (seed - 1) + System.lineSeparator() + relay.summary());
            assertThat(relay.found()).isEmpty();
            assertThat(relay.faults()).noneMatch(fault -> fault.contains("Bauta"));
            assertThat(relay.broken()).isZero();
            assertThat(relay.summary()).doesNotContain("answered: 0,");
        }
    }

    private static void run(Worlds worlds, ScanningRelay relay, long seed, Instant end)
            throws IOException, InterruptedException {
        Path log = Path.of("target", "sqlsmith.log");
        Process sqlsmith = new ProcessBuilder(
                        "sqlsmith",
                        "--target=host=127.0.0.1 sslmode=disable port=" + relay.port() + " dbname=" + worlds.database(1)
                                + " user=" + Worlds.ATTACKER,
                        "--seed=" + seed,
                        "--max-queries=20000",
                        "--verbose")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        long left = Math.max(1, Duration.between(Instant.now(), end).toMillis());
        if (!sqlsmith.waitFor(left, TimeUnit.MILLISECONDS)) {
            sqlsmith.destroy();
            sqlsmith.waitFor();
        }
    }
}
