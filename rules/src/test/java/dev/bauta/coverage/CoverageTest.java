package dev.bauta.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bauta.testing.TestDatabase;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
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
    private final Map<String, String> sources = new LinkedHashMap<>();

    @Test
    void readsWhatPostgresqlReads() throws Exception {
        Ingredients ingredients = new Ingredients(Path.of("target/coverage"));
        try (Grammar of15 = new Grammar(ingredients.grammar("15.6.3"));
                Grammar of18 = new Grammar(ingredients.grammar("18.1.5"))) {
            measureSuite(of15, ingredients.suite("bookworm", "postgresql-15"));
            measureSuite(of18, ingredients.suite("bookworm", "postgresql-15"));
            measureConstructs(of15, 15);
            measureConstructs(of18, 18);
            String corpora = System.getProperty("bauta.corpora");
            if (corpora != null) {
                measureFolder(of15, Path.of(corpora));
            }
            measureFolder(of15, Path.of("../integration-tests/src/test/resources/clients"));
        }
        new CoverageReport(measurements, sources, LocalDate.now(ZoneOffset.UTC))
                .writeInto(Path.of(System.getProperty("bauta.coverage.report", "../docs/coverage.md")));
        assertFloors();
    }

    private void measureSuite(Grammar grammar, Ingredients.Unpacked suite) throws IOException, SQLException {
        Corpus corpus = new Corpus("regression suite of PostgreSQL " + suite.version(), grammar);
        try (Stream<Path> files = Files.walk(suite.folder())) {
            for (Path file : files.filter(file -> file.toString().endsWith(".sql"))
                    .sorted()
                    .toList()) {
                corpus.addScript(read(file));
            }
        }
        measure(corpus, SUITE_FLOOR);
    }

    private void measureConstructs(Grammar grammar, int version) throws IOException, SQLException {
        Corpus corpus = new Corpus("constructs of PostgreSQL " + version, grammar);
        List<String> texts = Constructs.all().stream()
                .filter(construct -> construct.since() <= version)
                .map(Constructs::sql)
                .toList();
        texts.forEach(corpus::add);
        assertThat(corpus.statements().keySet()).containsAll(texts);
        measure(corpus, WHOLE);
    }

    private static String read(Path file) throws IOException {
        try {
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        }
    }

    private void measureFolder(Grammar grammar, Path folder) throws IOException, SQLException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        ObjectMapper json = new ObjectMapper();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(file -> file.toString().endsWith(".jsonl"))
                    .sorted()
                    .toList()) {
                Corpus corpus = new Corpus(file.getFileName().toString().replace(".jsonl", ""), grammar);
                for (String line : Files.readAllLines(file)) {
                    corpus.add(json.readTree(line).get("sql").asText());
                }
                measure(corpus, WHOLE);
            }
        }
    }

    private void measure(Corpus corpus, double floor) throws SQLException {
        sources.put("libpg-query, PostgreSQL's grammar", corpus.grammar().version());
        try (Connection connection = TestDatabase.create().connect();
                Statement statement = connection.createStatement()) {
            measurements.add(Measurement.of(corpus, floor, text -> isInvalid(statement, text)));
        }
    }

    private static boolean isInvalid(Statement statement, String text) {
        try {
            statement.setEscapeProcessing(false);
            statement.execute("PREPARE asked AS " + text);
            statement.execute("DEALLOCATE asked");
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
