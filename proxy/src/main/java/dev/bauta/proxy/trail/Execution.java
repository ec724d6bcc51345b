package dev.bauta.proxy.trail;

import dev.bauta.catalog.QualifiedName;
import dev.bauta.engine.StatementFacts;
import dev.bauta.engine.StatementFacts.ProtectedColumn;
import dev.bauta.refusal.RefusalCode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One statement that was run, or was refused. Immutable.
 *
 * @param statement what the statement is about
 * @param relations what it names, and what the prepared statement or cursor names that it takes up
 * @param columns likewise
 * @param outcome what was decided
 * @param refusal why it was refused, null when it was not
 * @param sqlState how it ended, {@code 00000} for well
 * @param rows how many rows, or messages of COPY data, went to the client
 * @param bytes how long they were
 * @param cells how many values those rows had
 * @param nanos from the request to the end of the answer
 */
public record Execution(
        StatementFacts statement,
        Set<QualifiedName> relations,
        List<ProtectedColumn> columns,
        Outcome outcome,
        @Nullable RefusalCode refusal,
        String sqlState,
        long rows,
        long bytes,
        Cells cells,
        long nanos) {
    public Execution {
        relations = Set.copyOf(relations);
        columns = List.copyOf(columns);
    }

    /** What was decided on a text. */
    public enum Outcome {
        PASS,
        REWRITE,
        REFUSE
    }

    /**
     * Values that went to the client.
     *
     * @param masked those that come from masks, or were computed where masks may be among the arguments
     * @param raw those that the tables hold, or that were computed without anything protected
     * @param masksByColumn those of protected columns that were masked, where they can be told apart
     * @param rawByColumn those of protected columns that a raw session was shown
     */
    public record Cells(
            long masked, long raw, Map<ProtectedColumn, Long> masksByColumn, Map<ProtectedColumn, Long> rawByColumn) {
        /** No values at all. */
        public static final Cells NONE = new Cells(0, 0, Map.of(), Map.of());

        public Cells {
            masksByColumn = Map.copyOf(masksByColumn);
            rawByColumn = Map.copyOf(rawByColumn);
        }
    }
}
