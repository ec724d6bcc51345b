package dev.bauta.proxy.explain;

import dev.bauta.engine.Outcome;
import dev.bauta.engine.ResultColumn;
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
 * @param masks of a rewrite, whether it puts masks in place
 * @param text the text
 * @param rewritten what PostgreSQL receives; null when the text is refused
 * @param refusal why it is refused; null when it is not
 * @param protectedColumns the protected columns that it can take
 * @param output the columns of the result, empty where the text has none
 */
public record Explanation(
        Role role,
        Outcome outcome,
        boolean masks,
        String text,
        @Nullable String rewritten,
        @Nullable Refusal refusal,
        List<ProtectedColumn> protectedColumns,
        List<ResultColumn> output) {
    public Explanation {
        protectedColumns = List.copyOf(protectedColumns);
        output = List.copyOf(output);
    }
}
