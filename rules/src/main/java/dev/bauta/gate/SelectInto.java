package dev.bauta.gate;

import dev.bauta.lexer.TokenKind;
import dev.bauta.lexer.TokenRange;
import dev.bauta.lexer.Tokens;
import dev.bauta.refusal.RefusalCode;
import dev.bauta.refusal.RefusedException;
import java.util.BitSet;
import java.util.Set;

/** SELECT … INTO: INTO is a reserved word that stands behind INSERT and MERGE, or makes a SELECT create a table. */
public final class SelectInto {
    /** What can follow the name of the table; all of them are reserved. */
    private static final Set<String> CLAUSES = Set.of(
            "from",
            "where",
            "group",
            "having",
            "window",
            "union",
            "intersect",
            "except",
            "order",
            "limit",
            "offset",
            "fetch",
            "for");

    private SelectInto() {}

    /** The token of an INTO that creates a table, -1 when there is none. */
    public static int find(Tokens tokens, TokenRange statement) {
        if (!tokens.mayHold("into")) {
            return -1;
        }
        // The levels of parentheses on which a SELECT stands: INSERT is the name of one of its columns there.
        BitSet selects = new BitSet();
        int depth = 0;
        for (int i = statement.from(); i < statement.to(); i++) {
            if (tokens.is(i, "(")) {
                selects.clear(++depth);
            } else if (tokens.is(i, ")")) {
                depth = Math.max(0, depth - 1);
            } else if (tokens.isWord(i, "select")) {
                selects.set(depth);
            } else if (i > statement.from()
                    && tokens.isWord(i, "into")
                    && (selects.get(depth) || !isTarget(tokens, i))
                    && !isLabel(tokens, i)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isTarget(Tokens tokens, int into) {
        return tokens.isWord(into - 1, "insert") || tokens.isWord(into - 1, "merge");
    }

    /** Behind a point, and behind AS; AS can itself be a label, as in {@code SELECT 1 AS as INTO t}. */
    private static boolean isLabel(Tokens tokens, int into) {
        int first = into;
        while (tokens.isWord(first - 1, "as")) {
            first--;
        }
        boolean even = (into - first) % 2 == 0;
        return tokens.is(first - 1, ".") == even;
    }

    /** Refuses a SELECT that creates a permanent table. */
    static void requireTemporary(Tokens tokens, TokenRange statement) throws RefusedException {
        int into = find(tokens, statement);
        if (into < 0) {
            return;
        }
        boolean scoped = tokens.isWord(into + 1, "local") || tokens.isWord(into + 1, "global");
        int next = scoped ? into + 2 : into + 1;
        boolean temporary = tokens.isWord(next, "temp") || tokens.isWord(next, "temporary");
        if (!temporary || !isNamed(tokens, statement, next + 1)) {
            throw new RefusedException(
                    RefusalCode.STATEMENT_KIND,
                    "SELECT INTO a permanent table is not allowed to a masked role",
                    "Write SELECT … INTO TEMP, or CREATE TEMP TABLE … AS.",
                    into);
        }
    }

    /** True where a table's name follows: in {@code INTO temp FROM …} the word is the name of a permanent table. */
    private static boolean isNamed(Tokens tokens, TokenRange statement, int i) {
        boolean clause = i < statement.to() && tokens.kind(i) == TokenKind.WORD && CLAUSES.contains(tokens.name(i));
        return i < statement.to() && tokens.isIdentifier(i) && !clause;
    }
}
