package dev.bauta.coverage;

import dev.bauta.coverage.Measurement.Share;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The measurements as Markdown, put between two marks of a page. */
final class CoverageReport {
    private final StringBuilder text = new StringBuilder();

    /** Writes the measurements down. */
    CoverageReport(List<Measurement> measurements, LocalDate date) {
        line("Measured on " + date + " with the grammars of libpg-query of the given versions.");
        line("");
        corpora(measurements);
        kinds(measurements);
        constructs(measurements);
    }

    /** The page that reports are written into. */
    static Path page() {
        return Path.of(System.getProperty("bauta.coverage.report", "../docs/coverage.md"));
    }

    String text() {
        return text.toString();
    }

    private void corpora(List<Measurement> measurements) {
        line("| corpus | grammar | statements | understood | share | floor | disagreements |");
        line("| --- | --- | ---: | ---: | ---: | ---: | ---: |");
        for (Measurement measurement : measurements) {
            Share share = measurement.share();
            line(String.format(
                    Locale.ROOT,
                    "| %s | %s | %,d | %,d | %s | %.1f %% | %d |",
                    measurement.corpus(),
                    measurement.grammar(),
                    share.statements(),
                    share.understood(),
                    percent(share),
                    measurement.floor(),
                    measurement.disagreements().size()));
        }
        line("");
        int invalid = measurements.stream().mapToInt(Measurement::invalid).sum();
        line("Not counted: " + invalid
                + " texts such as `SELECT 123abc`, which the packed grammar reads as PostgreSQL 14 did and which the"
                + " server of version 15 rejects.");
        line("");
    }

    private void kinds(List<Measurement> measurements) {
        Map<String, Share> kinds = new TreeMap<>();
        String first = measurements.get(0).grammar();
        for (Measurement measurement : measurements.stream()
                .filter(measurement -> measurement.grammar().equals(first))
                .toList()) {
            measurement.kinds().forEach((kind, share) -> kinds.merge(kind, share, Share::plus));
        }
        line("By the statements' first word, with the grammar " + first + ":");
        line("");
        line("| first word | statements | understood | share |");
        line("| --- | ---: | ---: | ---: |");
        kinds.forEach((kind, share) -> line(String.format(
                Locale.ROOT, "| %s | %,d | %,d | %s |", kind, share.statements(), share.understood(), percent(share))));
        line("");
    }

    private void constructs(List<Measurement> measurements) {
        boolean any = measurements.stream()
                .anyMatch(measurement -> !measurement.constructs().isEmpty());
        if (!any) {
            line("Nothing that PostgreSQL accepts was left out.");
            return;
        }
        line("| corpus | not understood | statements |");
        line("| --- | --- | ---: |");
        for (Measurement measurement : measurements) {
            measurement
                    .constructs()
                    .forEach((construct, count) -> line("| " + measurement.corpus() + " | `"
                            + construct.replace("|", "\\|").replace("`", "'") + "` | " + count + " |"));
        }
    }

    private static String percent(Share share) {
        return String.format(Locale.ROOT, "%.2f %%", Math.floor(share.percent() * 100) / 100);
    }

    private void line(String line) {
        text.append(line).append('\n');
    }

    /**
     * Replaces what stands between {@code <!-- name -->} and {@code <!-- end of name -->}; makes the page where there is none.
     *
     * @param page has both marks
     */
    static void replaceSection(Path page, String name, String section) throws IOException {
        String begin = "<!-- " + name + " -->\n";
        String end = "<!-- end of " + name + " -->";
        String old = Files.exists(page) ? Files.readString(page) : begin + end + "\n";
        int from = old.indexOf(begin);
        int to = old.indexOf(end);
        if (from < 0 || to < from) {
            throw new IOException(page + " has no marks of a section " + name);
        }
        Files.writeString(page, old.substring(0, from + begin.length()) + section + old.substring(to));
    }
}
