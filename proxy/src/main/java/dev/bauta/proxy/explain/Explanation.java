package dev.bauta.proxy.explain;

import dev.bauta.engine.StatementFacts.ProtectedColumn;
import dev.bauta.policy.Role;
import dev.bauta.refusal.Refusal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a text for a role, and why. Holds the text, whose constants the one who asks has written. Immutable.
 *
 * @param role the role
 * @param outcome what becomes of it
 * @param text the text
 * @param rewritten what PostgreSQL receives; null when the text is refused
 * @param refusal why it is refused; null when it is not
 * @param protectedColumns the protected columns that it can take
 * @param output the columns of the result, empty where the text has none or PostgreSQL does not describe it
 */
public record Explanation(
        Role role,
        Outcome outcome,
        String text,
        @Nullable String rewritten,
        @Nullable Refusal refusal,
        List<ProtectedColumn> protectedColumns,
        List<OutputColumn> output) {
    public Explanation {
        protectedColumns = List.copyOf(protectedColumns);
        output = List.copyOf(output);
    }

    /** What becomes of a text. */
    public enum Outcome {
        /** The role sees everything; nothing is looked at. */
        RAW,
        /** It reaches PostgreSQL byte for byte: it names nothing protected. */
        PASS,
        /** It reaches PostgreSQL with masked relations in place. */
        REWRITE,
        /** It does not reach PostgreSQL. */
        REFUSE
    }

    /**
     * A column of the result.
     *
     * @param name its name
     * @param type its type
     * @param origin the column that it is copied from, as {@code schema.table.column}; null for a computed one
     * @param mask the mask of that column; null for a clear one, and for a computed one
     * @param rule the rule that decided on the mask; null where there is no mask
     */
    public record OutputColumn(
            String name, String type, @Nullable String origin, @Nullable String mask, @Nullable String rule) {}
}
