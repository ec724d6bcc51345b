package dev.bauta.gate;

import dev.bauta.gate.StatementHead.CopyOut;
import dev.bauta.gate.StatementHead.CreateTemporaryTable;
import dev.bauta.gate.StatementHead.DropTable;
import dev.bauta.gate.StatementHead.Lock;
import dev.bauta.gate.StatementHead.Other;
import dev.bauta.gate.StatementHead.Plain;
import dev.bauta.gate.StatementHead.Query;
import dev.bauta.gate.StatementHead.Setting;
import dev.bauta.lexer.TokenRange;
import dev.bauta.lexer.Tokens;
import java.util.Locale;

/** Reads the head of a statement: finds the query that EXPLAIN, DECLARE, PREPARE, COPY and CREATE TABLE AS carry. */
final class StatementHeads {
    private final Tokens tokens;
    private final int end;

    StatementHeads(Tokens tokens, int end) {
        this.tokens = tokens;
        this.end = end;
    }

    StatementHead classify(int from) {
        if (isQueryStart(from)) {
            return new Query(new TokenRange(from, end));
        }
        String word = tokens.kind(from) == dev.bauta.lexer.TokenKind.WORD ? tokens.name(from) : null;
        if (word == null) {
            return new Other("this statement");
        }
        return switch (word) {
            case "explain" -> explain(from);
            case "declare" -> declare(from);
            case "prepare" -> prepare(from);
            case "copy" -> copy(from);
            case "create" -> create(from);
            case "drop" -> drop(from);
            case "set", "reset", "show" -> new Setting();
            case "begin",
                    "start",
                    "commit",
                    "end",
                    "rollback",
                    "abort",
                    "savepoint",
                    "release",
                    "fetch",
                    "move",
                    "close",
                    "execute",
                    "deallocate",
                    "listen",
                    "unlisten",
                    "notify",
                    "discard" -> new Plain();
            case "lock" -> new Lock();
            case "truncate" -> truncate(from);
            default -> new Other(word.toUpperCase(Locale.ROOT));
        };
    }

    private boolean isQueryStart(int i) {
        return i < end
                && (tokens.is(i, "(")
                        || tokens.isWord(i, "select")
                        || tokens.isWord(i, "with")
                        || tokens.isWord(i, "values")
                        || tokens.isWord(i, "table")
                        || tokens.isWord(i, "insert")
                        || tokens.isWord(i, "update")
                        || tokens.isWord(i, "delete")
                        || tokens.isWord(i, "merge"));
    }

    /** The first token of what an EXPLAIN is of, and of another statement its own first token. */
    static int behindOptions(Tokens tokens, TokenRange statement) {
        return tokens.isWord(statement.from(), "explain")
                ? new StatementHeads(tokens, statement.to()).behindOptions(statement.from())
                : statement.from();
    }

    private int behindOptions(int explain) {
        int i = explain + 1;
        if (tokens.is(i, "(") && !isQueryStart(i + 1)) {
            return afterParentheses(i);
        }
        while (tokens.isWord(i, "analyze") || tokens.isWord(i, "analyse") || tokens.isWord(i, "verbose")) {
            i++;
        }
        return i;
    }

    private StatementHead explain(int from) {
        int i = behindOptions(from);
        if (i >= end) {
            return new Other("EXPLAIN of nothing");
        }
        if (tokens.isWord(i, "explain")) {
            return new Other("EXPLAIN of EXPLAIN");
        }
        StatementHead inner = classify(i);
        boolean explainable = inner instanceof Query
                || inner instanceof CreateTemporaryTable
                || (inner instanceof Plain && tokens.isWord(i, "execute"));
        return explainable ? inner : new Other("EXPLAIN of this statement");
    }

    private StatementHead declare(int from) {
        int i = from;
        while (i < end && !tokens.isWord(i, "cursor")) {
            i++;
        }
        while (i < end && !tokens.isWord(i, "for")) {
            i++;
        }
        return i < end && isQueryStart(i + 1) ? new Query(new TokenRange(i + 1, end)) : new Other("this DECLARE");
    }

    private StatementHead prepare(int from) {
        if (tokens.isWord(from + 1, "transaction") && from + 3 == end) {
            return new Plain();
        }
        int i = from + 2;
        if (tokens.is(i, "(")) {
            i = afterParentheses(i);
        }
        return tokens.isWord(i, "as") && isQueryStart(i + 1)
                ? new Query(new TokenRange(i + 1, end))
                : new Other("this PREPARE");
    }

    private StatementHead copy(int from) {
        int i = from + 1;
        if (tokens.is(i, "(")) {
            int close = afterParentheses(i);
            boolean out = tokens.isWord(close, "to") && tokens.isWord(close + 1, "stdout");
            return out && isQueryStart(i + 1)
                    ? new Query(new TokenRange(i + 1, close - 1))
                    : new Other("COPY to a file or program");
        }
        if (tokens.isWord(i, "binary")) {
            i++;
        }
        int name = i;
        while (tokens.isIdentifier(i) && tokens.is(i + 1, ".")) {
            i += 2;
        }
        i++;
        if (tokens.is(i, "(")) {
            i = afterParentheses(i);
        }
        if (tokens.isWord(i, "to") && tokens.isWord(i + 1, "stdout")) {
            return new CopyOut(new TokenRange(name, i));
        }
        return tokens.isWord(i, "from") && tokens.isWord(i + 1, "stdin")
                ? new Plain()
                : new Other("COPY to or from a file or program");
    }

    private StatementHead create(int from) {
        int i = from + 1;
        if (tokens.isWord(i, "local") || tokens.isWord(i, "global")) {
            i++;
        }
        if (!(tokens.isWord(i, "temp") || tokens.isWord(i, "temporary")) || !tokens.isWord(i + 1, "table")) {
            return new Other("CREATE other than CREATE TEMP TABLE");
        }
        i += 2;
        if (tokens.isWord(i, "if") && tokens.isWord(i + 1, "not") && tokens.isWord(i + 2, "exists")) {
            i += 3;
        }
        while (tokens.isIdentifier(i) && tokens.is(i + 1, ".")) {
            i += 2;
        }
        return tokens.isIdentifier(i) && i < end
                ? new CreateTemporaryTable(i, queryBehindAs(i + 1))
                : new Other("this CREATE TABLE");
    }

    private TokenRange queryBehindAs(int from) {
        for (int i = from; i < end; i++) {
            if (tokens.is(i, "(")) {
                i = afterParentheses(i) - 1;
            } else if (tokens.isWord(i, "as")) {
                return new TokenRange(i + 1, Math.max(i + 1, withoutDataClause(i + 1)));
            }
        }
        return new TokenRange(end, end);
    }

    /** Where the query ends and {@code WITH [NO] DATA} begins. */
    private int withoutDataClause(int from) {
        if (end - from < 3 || !tokens.isWord(end - 1, "data")) {
            return end;
        }
        if (tokens.isWord(end - 2, "no") && tokens.isWord(end - 3, "with")) {
            return end - 3;
        }
        return tokens.isWord(end - 2, "with") ? end - 2 : end;
    }

    private StatementHead drop(int from) {
        if (!tokens.isWord(from + 1, "table")) {
            return new Other("DROP other than DROP TABLE of a temporary table");
        }
        int i = from + 2;
        if (tokens.isWord(i, "if") && tokens.isWord(i + 1, "exists")) {
            i += 2;
        }
        int last = end;
        if (tokens.isWord(last - 1, "restrict")) {
            last--;
        }
        return i < last ? new DropTable(new TokenRange(i, last)) : new Other("this DROP TABLE");
    }

    private StatementHead truncate(int from) {
        for (int i = from; i < end; i++) {
            if (tokens.isWord(i, "cascade")) {
                return new Other("TRUNCATE … CASCADE");
            }
        }
        return new Plain();
    }

    /** The token after the parenthesis that closes the one at {@code open}; the statement's end when none does. */
    private int afterParentheses(int open) {
        int depth = 0;
        for (int i = open; i < end; i++) {
            if (tokens.is(i, "(")) {
                depth++;
            } else if (tokens.is(i, ")") && --depth == 0) {
                return i + 1;
            }
        }
        return end;
    }
}
