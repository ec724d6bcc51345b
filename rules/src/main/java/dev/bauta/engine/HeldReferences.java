package dev.bauta.engine;

import dev.bauta.lexer.TokenRange;
import dev.bauta.lexer.Tokens;
import java.util.HashSet;
import java.util.Set;

/**
 * The names in a statement that can be those of prepared statements or cursors it takes up: EXECUTE, also behind EXPLAIN and
 * CREATE TABLE AS, FETCH and MOVE.
 *
 * @param statements names of which some are prepared statements
 * @param portals names of which some are cursors
 */
record HeldReferences(Set<String> statements, Set<String> portals) {
    static final HeldReferences NONE = new HeldReferences(Set.of(), Set.of());

    /** The references of a statement, {@link #NONE} for nearly all. */
    static HeldReferences of(Tokens tokens, TokenRange statement) {
        int from = statement.from();
        if (tokens.isWord(from, "fetch") || tokens.isWord(from, "move")) {
            return new HeldReferences(Set.of(), names(tokens, new TokenRange(from + 1, statement.to())));
        }
        boolean mayExecute =
                tokens.isWord(from, "execute") || tokens.isWord(from, "explain") || tokens.isWord(from, "create");
        for (int i = from; mayExecute && i < statement.to(); i++) {
            if (tokens.isWord(i, "execute")) {
                return new HeldReferences(names(tokens, new TokenRange(i + 1, statement.to())), Set.of());
            }
        }
        return NONE;
    }

    private static Set<String> names(Tokens tokens, TokenRange range) {
        Set<String> names = new HashSet<>();
        for (int i = range.from(); i < range.to(); i++) {
            String name = tokens.name(i);
            if (name != null) {
                names.add(name);
            }
        }
        return names;
    }

    boolean isEmpty() {
        return statements.isEmpty() && portals.isEmpty();
    }

    HeldReferences and(HeldReferences other) {
        if (isEmpty() || other.isEmpty()) {
            return isEmpty() ? other : this;
        }
        Set<String> both = new HashSet<>(statements);
        both.addAll(other.statements);
        Set<String> cursors = new HashSet<>(portals);
        cursors.addAll(other.portals);
        return new HeldReferences(both, cursors);
    }
}
