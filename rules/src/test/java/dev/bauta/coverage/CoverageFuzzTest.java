package dev.bauta.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Looks for texts that both PostgreSQL's grammar and our parser accept and read in two ways: other references, or other ends of
 * statements. {@code docs/coverage.md} says how it is run.
 */
@EnabledIfSystemProperty(named = "bauta.coverage.fuzz", matches = "\\d+", disabledReason = "runs for that many seconds")
class CoverageFuzzTest {
    private static final int ENOUGH = 25;
    /** What PostgreSQL accepts and we do not, for whoever wants to extend the grammar. */
    private static final Path REFUSED = Path.of("target/coverage/refused.txt");

    private final List<String> disagreements = new ArrayList<>();
    private final Set<String> refused = new TreeSet<>();
    private long mutants;
    private long valid;
    private long understood;

    @Test
    void readsMutantsAsPostgresqlDoes() throws Exception {
        long seed = Long.getLong("bauta.test.seed", 20_261_123);
        Duration duration = Duration.ofSeconds(Long.getLong("bauta.coverage.fuzz"));
        Ingredients ingredients = new Ingredients(Path.of("target/coverage"));
        try (Grammar of15 = new Grammar(ingredients.grammar("15.6.3"));
                Grammar of18 = new Grammar(ingredients.grammar("18.1.5"))) {
            Mutator mutator = new Mutator(new Random(seed), Corpora.texts(ingredients, of15));
            long end = System.nanoTime() + duration.toNanos();
            while (System.nanoTime() < end && disagreements.size() < ENOUGH) {
                String text = mutator.next();
                mutants++;
                examine(text, of15);
                examine(text, of18);
            }
        }
        report(seed, duration);
        assertThat(disagreements).as("seed %s", seed).isEmpty();
    }

    private void examine(String text, Grammar grammar) {
        if (!(grammar.parse(text) instanceof GrammarAnswer.Accepted accepted)) {
            return;
        }
        valid++;
        Outcome outcome = Comparison.compare(text, accepted.statements());
        if (outcome instanceof Outcome.Same) {
            understood++;
        } else if (outcome instanceof Outcome.Differs differs) {
            disagreements.add(grammar.version() + ": " + differs.how() + " in " + text);
        } else {
            refused.add(outcome + " in " + text.replace('\n', ' '));
        }
    }

    private void report(long seed, Duration duration) throws IOException {
        Files.write(REFUSED, refused);
        String section = String.format(
                Locale.ROOT,
                "%,d mutants in %d minutes from seed %d, each held to the grammars of PostgreSQL 15 and 18: %,d times valid, %,d times"
                        + " understood just so, %,d times refused, **%d disagreements**.%n",
                mutants,
                duration.toMinutes(),
                seed,
                valid,
                understood,
                valid - understood - disagreements.size(),
                disagreements.size());
        CoverageReport.replaceSection(CoverageReport.page(), "fuzzed", section);
    }
}
