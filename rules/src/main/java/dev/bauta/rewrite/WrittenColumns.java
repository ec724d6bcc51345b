package dev.bauta.rewrite;

import dev.bauta.lexer.TokenRange;
import dev.bauta.lexer.Tokens;
import dev.bauta.parser.ParsedQuery;
import dev.bauta.parser.TableReference;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Where a statement that is an INSERT or UPDATE names the columns that it writes. Used for one statement. */
final class WrittenColumns {
    private final Tokens tokens;
    private final TokenRange statement;
    private final TableReference target;

    private WrittenColumns(Tokens tokens, TokenRange statement, TableReference target) {
        this.tokens = tokens;
        this.statement = statement;
        this.target = target;
    }

    /**
     * The tokens of the names; those of other columns get their defaults, or stay what they are.
     *
     * @param target what the statement itself writes, not a WITH query in it
     * @return none for a DELETE; empty where they are not named, or not each as a whole
     */
    static Optional<Set<Integer>> find(
            Tokens tokens, TokenRange statement, ParsedQuery.Kind kind, TableReference target) {
        WrittenColumns columns = new WrittenColumns(tokens, statement, target);
        return switch (kind) {
            case INSERT -> columns.ofInsert();
            case UPDATE -> columns.ofUpdate();
            case DELETE -> Optional.of(Set.of());
            default -> Optional.empty();
        };
    }

    private Optional<Set<Integer>> ofInsert() {
        int i = target.name().to();
        if (tokens.isWord(i, "as")) {
            i += 2;
        }
        if (tokens.isWord(i, "default")) {
            return Optional.of(Set.of());
        }
        List<Integer> list = list(i);
        return list.isEmpty() ? Optional.empty() : Optional.of(new HashSet<>(list));
    }

    private Optional<Set<Integer>> ofUpdate() {
        Set<Integer> written = new HashSet<>();
        int depth = 0;
        boolean inside = false;
        for (int i = target.name().to(); i < statement.to(); i++) {
            boolean item = depth == 0 && (inside ? tokens.is(i, ",") : tokens.isWord(i, "set"));
            if (item) {
                inside = true;
                List<Integer> names = item(i + 1);
                if (names.isEmpty()) {
                    return Optional.empty();
                }
                written.addAll(names);
            } else if (depth == 0 && endsList(i)) {
                break;
            }
            depth += tokens.is(i, "(") || tokens.is(i, "[") ? 1 : tokens.is(i, ")") || tokens.is(i, "]") ? -1 : 0;
        }
        return written.isEmpty() ? Optional.empty() : Optional.of(written);
    }

    /** FROM is also a part of IS DISTINCT FROM. */
    private boolean endsList(int i) {
        return tokens.isWord(i, "where")
                || tokens.isWord(i, "returning")
                || tokens.isWord(i, "from") && !tokens.isWord(i - 1, "distinct");
    }

    private List<Integer> item(int i) {
        if (tokens.is(i, "(")) {
            List<Integer> list = list(i);
            return tokens.is(i + 2 * list.size() + 1, "=") ? list : List.of();
        }
        return tokens.isIdentifier(i) && tokens.is(i + 1, "=") ? List.of(i) : List.of();
    }

    /** The tokens of plain names in parentheses; empty when something else stands there. */
    private List<Integer> list(int open) {
        List<Integer> list = new ArrayList<>();
        if (!tokens.is(open, "(")) {
            return list;
        }
        for (int i = open + 1; tokens.isIdentifier(i); i += 2) {
            list.add(i);
            if (tokens.is(i + 1, ")")) {
                return list;
            } else if (!tokens.is(i + 1, ",")) {
                break;
            }
        }
        return List.of();
    }
}
