package dev.bauta.rulefile;

import dev.bauta.catalog.QualifiedName;
import dev.bauta.mask.Mask;
import dev.bauta.yaml.Location;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A rule that protects columns. Immutable.
 *
 * @param columns the columns it is about
 * @param tag what kind of data they hold, such as {@code pii.email}; null when the file gives none
 * @param mask the mask; null for {@code mask: none}, which leaves the columns clear and ends the search for a rule
 * @param at where the rule stands
 */
public record ColumnRule(List<ColumnPattern> columns, @Nullable String tag, @Nullable Mask mask, Location at) {
    public ColumnRule {
        columns = List.copyOf(columns);
    }

    /** True when one of the patterns matches. */
    public boolean matches(QualifiedName relation, String column) {
        return columns.stream().anyMatch(pattern -> pattern.matches(relation, column));
    }

    /** With the mask's name alone: its parameters may tell about the data. */
    @Override
    public String toString() {
        return at + ": " + columns + " " + (mask == null ? "none" : mask.name());
    }
}
