package dev.bauta.engine;

import dev.bauta.refusal.RefusedException;
import dev.bauta.rewrite.Edit;
import java.util.List;

/**
 * What was found about one statement, in tokens counted from its first, so that it holds for every statement of the shape.
 */
sealed interface Ruling {
    /**
     * It goes to the server with these edits; there may be none.
     *
     * @param edits in any order, not overlapping
     */
    record Allowed(List<Edit> edits) implements Ruling {
        static final Allowed UNCHANGED = new Allowed(List.of());

        public Allowed {
            edits = List.copyOf(edits);
        }
    }

    /**
     * It is refused.
     *
     * @param reason why
     */
    record Refused(RefusedException reason) implements Ruling {}
}
