package dev.bauta.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bauta.testing.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The whole measurement, which needs npm, Node.js and apt; {@code docs/coverage.md} says how it is run. Fails where the parser
 * reads a reference otherwise than PostgreSQL, and beneath the floors.
 */
@EnabledIfSystemProperty(named = "bauta.coverage", matches = "true", disabledReason = "needs packages from the network")
class CoverageTest {
    private static final double SUITE_FLOOR = 99.8;
    private static final double WHOLE = 100;

    private final List<Measurement> measurements = new ArrayList<>();

    @Test
    void readsWhatPostgresqlReads() throws Exception {
        Ingredients ingredients = new Ingredients(Path.of("target/coverage"));
        try (Grammar of15 = new Grammar(ingredients.grammar("15.6.3"));
                Grammar of18 = new Grammar(ingredients.grammar("18.1.5"));
                Connection connection = TestDatabase.create().connect();
                Statement server = connection.createStatement()) {
            measure(Corpora.suite(ingredients, of15), SUITE_FLOOR, server);
            measure(Corpora.suite(ingredients, of18), SUITE_FLOOR, server);
            measureConstructs(of15, 15, server);
            measureConstructs(of18, 18, server);
            for (Corpus corpus : Corpora.recorded(of15)) {
                measure(corpus, WHOLE, server);
            }
        }
        CoverageReport.replaceSection(
                CoverageReport.page(),
                "measured",
                new CoverageReport(measurements, LocalDate.now(ZoneOffset.UTC)).text());
        assertFloors();
    }

    private void measureConstructs(Grammar grammar, int version, Statement server) throws Exception {
        Corpus corpus = Corpora.constructs(grammar, version);
        assertThat(corpus.statements().keySet())
                .containsAll(Constructs.all().stream()
                        .filter(construct -> construct.since() <= version)
                        .map(Constructs::sql)
                        .toList());
        measure(corpus, WHOLE, server);
    }

    private void measure(Corpus corpus, double floor, Statement server) {
        measurements.add(Measurement.of(corpus, floor, text -> isInvalid(server, text)));
    }

    /** The packed grammar reads {@code 123abc} as earlier versions of PostgreSQL did; the server itself does not. */
    private static boolean isInvalid(Statement server, String text) {
        try {
            server.setEscapeProcessing(false);
            server.execute("PREPARE asked AS " + text);
            server.execute("DEALLOCATE asked");
            return false;
        } catch (SQLException e) {
            return "42601".equals(e.getSQLState());
        }
    }

    private void assertFloors() {
        for (Measurement measurement : measurements) {
            assertThat(measurement.disagreements()).as(measurement.corpus()).isEmpty();
            assertThat(measurement.share().percent())
                    .as("%s, not understood: %s", measurement.corpus(), measurement.constructs())
                    .isGreaterThanOrEqualTo(measurement.floor());
        }
    }
}
