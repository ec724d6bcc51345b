package dev.bauta.engine;

import dev.bauta.engine.ResultColumn.Source;
import dev.bauta.engine.StatementFacts.ProtectedColumn;
import dev.bauta.refusal.Refusal;
import dev.bauta.text.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The words in which it is explained what becomes of a statement, in a session and by {@code bauta explain}. Stateless. */
public final class ExplanationText {
    /** The most lines of anything that can be long. */
    static final int MOST_LINES = 1000;

    private static final int MOST_SOURCES = 10;

    private ExplanationText() {}

    /** The line about the role. */
    public static String role(String name) {
        return "role      " + name;
    }

    /**
     * The line about the decision.
     *
     * @param masks of a rewrite, whether it puts masks in place or only names schemas
     */
    public static String decision(Outcome outcome, boolean masks) {
        return "decision  "
                + switch (outcome) {
                    case RAW -> "raw: the role sees everything, no statement is looked at";
                    case PASS -> "pass: it names nothing protected and reaches PostgreSQL byte for byte";
                    case REWRITE ->
                        masks
                                ? "rewrite: PostgreSQL receives it with masks in place of protected columns"
                                : "rewrite: PostgreSQL receives it with the schema of what it names";
                    case REFUSE -> "refuse: it does not reach PostgreSQL";
                };
    }

    /** The lines about a refusal: why, what would be allowed, and where in the text. */
    public static List<String> refusal(Refusal refusal, String text) {
        List<String> lines = new ArrayList<>();
        lines.add("reason    " + Shown.oneLine(refusal.message()) + " (SQLSTATE "
                + refusal.code().sqlState() + ")");
        lines.add("allowed   " + Shown.oneLine(refusal.hint()));
        Place.of(text, refusal).ifPresent(place -> {
            lines.add("place     line " + place.line() + ", column " + place.column());
            lines.add("  " + text.lines().skip(place.line() - 1L).findFirst().orElse(""));
            lines.add("  " + " ".repeat(place.column() - 1) + "^");
        });
        return lines;
    }

    /**
     * Where in a text a refusal points.
     *
     * @param line from 1
     * @param column from 1, in UTF-16 units
     */
    public record Place(int line, int column) {
        /** Empty when the refusal blames no place of the text. */
        public static Optional<Place> of(String text, Refusal refusal) {
            if (refusal.offset() < 0 || refusal.offset() > text.length()) {
                return Optional.empty();
            }
            String before = text.substring(0, refusal.offset());
            int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
            return Optional.of(new Place(line, before.length() - before.lastIndexOf('\n')));
        }
    }

    /** The lines about protected columns, none where there are no such columns. */
    public static List<String> protectedColumns(List<ProtectedColumn> columns) {
        return section(
                "protected columns within reach",
                columns.stream()
                        .map(column -> column.relation() + "." + column.column() + "  mask " + column.mask() + "  by "
                                + column.rule())
                        .map(Shown::oneLine)
                        .toList());
    }

    /** The lines about the columns of the result, none where there are no columns. */
    public static List<String> result(List<ResultColumn> columns) {
        return section(
                "result",
                columns.stream()
                        .map(column -> column.name() + "  " + (column.type() == null ? "" : column.type() + "  ")
                                + origin(column))
                        .map(Shown::oneLine)
                        .toList());
    }

    /** Where a column of a result comes from, in words. */
    private static String origin(ResultColumn column) {
        List<Source> all = column.sources();
        if (all == null || all.isEmpty()) {
            return all == null ? "computed" : "computed from no column";
        }
        String sources =
                all.stream().limit(MOST_SOURCES).map(ExplanationText::source).collect(Collectors.joining("; "));
        int more = all.size() - MOST_SOURCES;
        return (column.copied() ? "from " : "computed from ") + sources + (more > 0 ? "; and " + more + " more" : "");
    }

    private static String source(Source source) {
        return source.mask() == null
                ? source.column()
                : source.column() + ", mask " + source.mask() + " by " + source.rule();
    }

    /** A heading and the lines below it, up to {@link #MOST_LINES} of them. */
    static List<String> section(String heading, List<String> lines) {
        List<String> section = new ArrayList<>();
        if (!lines.isEmpty()) {
            section.add(heading);
            lines.stream().limit(MOST_LINES).forEach(line -> section.add("  " + line));
            if (lines.size() > MOST_LINES) {
                section.add("  the rest is not shown, as it is longer than " + MOST_LINES + " lines");
            }
        }
        return section;
    }
}
