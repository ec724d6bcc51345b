package dev.bauta.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A column of a statement's result and where its values come from. Immutable.
 *
 * @param name its name; {@code *} for the columns of a join whose order is known to the server alone
 * @param type its type; null where PostgreSQL was not asked
 * @param copied true when it is the one column of {@code sources}, unchanged but for the mask
 * @param sources the columns of tables and views that it is made of, empty for a constant and its like;
 *     null where they are not known
 */
public record ResultColumn(String name, @Nullable String type, boolean copied, @Nullable List<Source> sources) {
    public ResultColumn {
        sources = sources == null ? null : List.copyOf(sources);
    }

    /** The same with the name and the type that PostgreSQL says. */
    public ResultColumn as(String describedName, String describedType) {
        return new ResultColumn(describedName, describedType, copied, sources);
    }

    /**
     * A column that a result is made of.
     *
     * @param column its name, as {@code schema.table.column}
     * @param mask the name of its mask; null for a clear one
     * @param rule where the rule stands that decided on the mask; null where there is none
     */
    public record Source(String column, @Nullable String mask, @Nullable String rule) {}
}
