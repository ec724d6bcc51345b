package dev.bauta.engine;

import dev.bauta.gate.Gate;
import dev.bauta.lexer.TokenRange;
import dev.bauta.lexer.Tokens;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The names in a statement that can be those of prepared statements or cursors it takes up: EXECUTE, also behind EXPLAIN and
 * CREATE TABLE AS, FETCH and MOVE.
 *
 * @param statements names of which some are prepared statements
 * @param portals names of which some are cursors
 * @param explained names of prepared statements whose plans are shown
 */
record HeldReferences(Set<String> statements, Set<String> portals, Set<String> explained) {
    static final HeldReferences NONE = new HeldReferences(Set.of(), Set.of(), Set.of());

    /** The references of a statement, {@link #NONE} for nearly all. */
    static HeldReferences of(Tokens tokens, TokenRange statement) {
        int from = statement.from();
        if (tokens.isWord(from, "fetch") || tokens.isWord(from, "move")) {
            return new HeldReferences(Set.of(), names(tokens, new TokenRange(from + 1, statement.to())), Set.of());
        }
        boolean mayExecute =
                tokens.isWord(from, "execute") || tokens.isWord(from, "explain") || tokens.isWord(from, "create");
        for (int i = from; mayExecute && i < statement.to(); i++) {
            if (tokens.isWord(i, "execute")) {
                Set<String> names = names(tokens, new TokenRange(i + 1, statement.to()));
                int explained = Gate.explainedName(tokens, statement);
                return new HeldReferences(
                        names, Set.of(), explained < 0 ? Set.of() : Set.of(String.valueOf(tokens.name(explained))));
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
        return statements.isEmpty() && portals.isEmpty() && explained.isEmpty();
    }

    HeldReferences and(HeldReferences other) {
        if (isEmpty() || other.isEmpty()) {
            return isEmpty() ? other : this;
        }
        return new HeldReferences(
                both(statements, other.statements), both(portals, other.portals), both(explained, other.explained));
    }

    private static Set<String> both(Collection<String> some, Collection<String> others) {
        return Stream.concat(some.stream(), others.stream()).collect(Collectors.toUnmodifiableSet());
    }
}
