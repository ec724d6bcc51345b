package dev.bauta.engine;

import dev.bauta.gate.Gate;
import dev.bauta.lexer.TokenRange;
import dev.bauta.lexer.Tokens;
import dev.bauta.policy.SearchPath;
import java.util.ArrayList;
import java.util.List;

/**
 * The search_path as far as a session's texts tell. A text can fail, be rolled back, or be prepared and never be run, so that
 * after each text that could have changed the path the server should be asked. Not thread-safe.
 */
final class FollowedPath {
    private final String user;
    private SearchPath path = SearchPath.Unknown.UNKNOWN;
    private SearchPath initial = SearchPath.Unknown.UNKNOWN;
    private boolean doubtful;
    /** The end of the transaction, or of a subtransaction, can bring an earlier path back. */
    private boolean changedInTransaction;

    /** What changes it can have been prepared, so that EXECUTE changes it without a word. */
    private boolean prepared;

    FollowedPath(String user) {
        this.user = user;
    }

    SearchPath current() {
        return path;
    }

    /** The server has answered. */
    void set(List<String> effectiveSchemas) {
        path = new SearchPath.Known(effectiveSchemas);
        if (initial instanceof SearchPath.Unknown) {
            initial = path;
        }
        doubtful = false;
    }

    /** True when the server may look elsewhere than is believed. */
    boolean isDoubtful() {
        return doubtful;
    }

    /**
     * Follows a statement as if it were run at once and without an error.
     *
     * @return false when there is nothing to follow, as in nearly all
     */
    boolean follow(Tokens tokens, TokenRange statement) {
        boolean changes = Gate.changesSearchPath(tokens, statement);
        if (!changes && !(prepared && executes(tokens, statement))) {
            return false;
        }
        boolean rollback = isRollback(tokens, statement);
        prepared |= changes && !rollback;
        doubtful |= !rollback || changedInTransaction;
        changedInTransaction |= !rollback;
        path = Gate.searchPathOf(tokens, statement)
                .<SearchPath>map(this::effective)
                .orElse(initialAfter(tokens, statement));
        return true;
    }

    private static boolean executes(Tokens tokens, TokenRange statement) {
        return !HeldReferences.of(tokens, statement).statements().isEmpty();
    }

    /** The server says that it has changed, as PostgreSQL 18 and later do, whatever has changed it. */
    void doubt() {
        doubtful = true;
    }

    /** True when a rollback could bring an earlier path back. */
    boolean isChangedInTransaction() {
        return changedInTransaction;
    }

    /** No transaction is open any more. What SET LOCAL did, or what a failed transaction did, is undone. */
    void endTransaction() {
        doubtful |= changedInTransaction;
        changedInTransaction = false;
    }

    /** A reset leads back to the path of the session's start; anything else is not followed. */
    private SearchPath initialAfter(Tokens tokens, TokenRange statement) {
        boolean reset = tokens.isWord(statement.from(), "reset") || tokens.isWord(statement.from(), "discard");
        if (isRollback(tokens, statement)) {
            return changedInTransaction ? SearchPath.Unknown.UNKNOWN : path;
        }
        return reset ? initial : SearchPath.Unknown.UNKNOWN;
    }

    /** True for what ends a transaction, or a subtransaction, without what was done in it. */
    static boolean isRollback(Tokens tokens, TokenRange statement) {
        return tokens.isWord(statement.from(), "rollback") || tokens.isWord(statement.from(), "abort");
    }

    /** The implicit schemas come first, and {@code "$user"} is the schema named like the user, where there is one. */
    private SearchPath effective(List<String> schemas) {
        List<String> effective = new ArrayList<>();
        if (!schemas.contains("pg_catalog")) {
            effective.add("pg_catalog");
        }
        for (String schema : schemas) {
            effective.add(schema.equals("$user") ? user : schema);
        }
        return new SearchPath.Known(effective);
    }
}
