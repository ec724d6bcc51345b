package dev.bauta.rulefile;

import dev.bauta.yaml.Location;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A rule about whole tables. What it does not say is said by the next rule that matches. Immutable.
 *
 * @param tables the tables it is about
 * @param readable false when no statement may read them; null when the rule does not say
 * @param rows which of their rows are shown; null when the rule does not say
 * @param writable true when they may be written although they are protected; null when the rule does not say
 * @param until when the rule ends; null for one that does not
 * @param at where the rule stands
 */
public record TableRule(
        List<TablePattern> tables,
        @Nullable Boolean readable,
        @Nullable RowFilter rows,
        @Nullable Boolean writable,
        @Nullable Instant until,
        Location at)
        implements Expiry {
    public TableRule {
        tables = List.copyOf(tables);
    }

    @Override
    public String subject() {
        return "tables " + tables.stream().map(TablePattern::toString).collect(Collectors.joining(", "));
    }
}
