package dev.bauta.gate;

import dev.bauta.lexer.TokenRange;
import dev.bauta.lexer.Tokens;
import dev.bauta.refusal.RefusalCode;
import dev.bauta.refusal.RefusedException;
import dev.bauta.rulefile.StatementKind;
import java.util.Map;
import java.util.Set;

/** Of which kinds a statement is, from its tokens. In doubt it is of a kind. Immutable and thread-safe. */
final class StatementKinds {
    private static final Map<String, StatementKind> FIRST_WORDS = Map.ofEntries(
            Map.entry("truncate", StatementKind.TRUNCATE),
            Map.entry("explain", StatementKind.EXPLAIN),
            Map.entry("declare", StatementKind.CURSORS),
            Map.entry("fetch", StatementKind.CURSORS),
            Map.entry("move", StatementKind.CURSORS),
            Map.entry("close", StatementKind.CURSORS),
            Map.entry("prepare", StatementKind.PREPARED_STATEMENTS),
            Map.entry("execute", StatementKind.PREPARED_STATEMENTS),
            Map.entry("deallocate", StatementKind.PREPARED_STATEMENTS),
            Map.entry("create", StatementKind.TEMPORARY_TABLES),
            Map.entry("drop", StatementKind.TEMPORARY_TABLES),
            Map.entry("lock", StatementKind.LOCKS),
            Map.entry("listen", StatementKind.NOTIFICATIONS),
            Map.entry("notify", StatementKind.NOTIFICATIONS),
            Map.entry("unlisten", StatementKind.NOTIFICATIONS));

    private static final Map<String, StatementKind> CHANGES = Map.of(
            "insert", StatementKind.INSERT,
            "update", StatementKind.UPDATE,
            "delete", StatementKind.DELETE,
            "merge", StatementKind.MERGE);

    private final Set<StatementKind> denied;

    /** @param denied the kinds that the role is denied */
    StatementKinds(Set<StatementKind> denied) {
        this.denied = Set.copyOf(denied);
    }

    /** Refuses a statement of a kind that the role is denied. */
    void requireAllowed(Tokens tokens, TokenRange statement, StatementHead head) throws RefusedException {
        if (denied.isEmpty()) {
            return;
        }
        int first = statement.from();
        StatementKind kind = tokens.name(first) == null ? null : FIRST_WORDS.get(tokens.name(first));
        if (kind != null) {
            require(kind, first);
        }
        if (tokens.isWord(first, "copy")) {
            require(isCopyFrom(tokens, statement, head) ? StatementKind.COPY_FROM : StatementKind.COPY_TO, first);
        }
        if (head instanceof StatementHead.CopyOut) {
            require(StatementKind.SELECT, first);
        }
        TokenRange query = query(statement, head);
        if (query.from() < query.to()) {
            requireQuery(tokens, query);
        }
        if (head instanceof StatementHead.CreateTemporaryTable) {
            require(StatementKind.TEMPORARY_TABLES, first);
        }
    }

    private static boolean isCopyFrom(Tokens tokens, TokenRange statement, StatementHead head) {
        return head instanceof StatementHead.Plain && tokens.isWord(statement.from(), "copy");
    }

    private static TokenRange query(TokenRange statement, StatementHead head) {
        if (head instanceof StatementHead.Query query) {
            return query.query();
        }
        return head instanceof StatementHead.CreateTemporaryTable create
                ? create.query()
                : new TokenRange(statement.from(), statement.from());
    }

    private void requireQuery(Tokens tokens, TokenRange query) throws RefusedException {
        for (int i = query.from(); i < query.to(); i++) {
            StatementKind change = CHANGES.get(String.valueOf(tokens.name(i)));
            if (change != null && startsStatement(tokens, query, i)) {
                require(change, i);
            } else if (reads(tokens, query, i)) {
                require(StatementKind.SELECT, i);
            } else if (tokens.isWord(i, "for") && isLock(tokens, i + 1)) {
                require(StatementKind.LOCKS, i);
            }
        }
        if (SelectInto.find(tokens, query) >= 0) {
            require(StatementKind.TEMPORARY_TABLES, query.from());
        }
    }

    /** SELECT and TABLE are reserved words; VALUES reads nothing but may be the whole of a query. */
    private static boolean reads(Tokens tokens, TokenRange query, int i) {
        boolean table = tokens.isWord(i, "table")
                && !tokens.isWord(i - 1, "into")
                && !tokens.isWord(i - 1, "temp")
                && !tokens.isWord(i - 1, "temporary");
        return tokens.isWord(i, "select") || table || (i == query.from() && tokens.isWord(i, "values"));
    }

    /**
     * A statement within another one stands in parentheses, where WITH items can come before it; SEARCH and CYCLE end these by a name. ON CONFLICT
     * DO UPDATE is an update, too, and what MERGE does THEN is what it is.
     */
    private static boolean startsStatement(Tokens tokens, TokenRange query, int i) {
        return i == query.from()
                || tokens.is(i - 1, "(")
                || tokens.is(i - 1, ")")
                || tokens.isWord(i - 1, "do")
                || tokens.isWord(i - 1, "then")
                || tokens.isIdentifier(i - 1) && (tokens.isWord(i - 2, "set") || tokens.isWord(i - 2, "using"));
    }

    private static boolean isLock(Tokens tokens, int i) {
        return tokens.isWord(i, "update")
                || tokens.isWord(i, "share")
                || tokens.isWord(i, "no")
                || tokens.isWord(i, "key");
    }

    private void require(StatementKind kind, int token) throws RefusedException {
        if (denied.contains(kind)) {
            throw new RefusedException(
                    RefusalCode.STATEMENT_KIND,
                    "statements of the kind " + kind.word() + " are not allowed to your role",
                    "Ask the DBA to allow them in the rule file, under statements.",
                    token);
        }
    }
}
