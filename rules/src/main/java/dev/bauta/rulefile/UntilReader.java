package dev.bauta.rulefile;

import dev.bauta.yaml.Node;
import dev.bauta.yaml.Problems;
import dev.bauta.yaml.Shapes;
import dev.bauta.yaml.Words;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/** Reads {@code until}: a day, which counts to its end in UTC, or a moment with its offset from UTC. Not thread-safe. */
final class UntilReader {
    private static final int DAY_LENGTH = "2027-01-31".length();

    private final Problems problems;
    private final Shapes shapes;

    UntilReader(Problems problems) {
        this.problems = problems;
        this.shapes = new Shapes(problems);
    }

    /** The moment from which on the entry is not there. */
    Optional<Instant> read(Node node) {
        return shapes.text(node, "'until'").flatMap(this::parse);
    }

    private Optional<Instant> parse(Node.Scalar scalar) {
        String text = scalar.text();
        try {
            return Optional.of(
                    text.length() == DAY_LENGTH
                            ? LocalDate.parse(text).plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC)
                            : OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            problems.add(
                    scalar,
                    Words.quoted(text)
                            + " is no day such as 2027-01-31 and no moment such as 2027-01-31T18:00:00+01:00");
            return Optional.empty();
        }
    }
}
