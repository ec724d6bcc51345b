package dev.bauta.gate;

import dev.bauta.lexer.TokenRange;
import dev.bauta.lexer.Tokens;
import java.util.BitSet;

/**
 * Where in a statement a name can be that of a relation of the database. In a query that is anywhere; other statements have names of their own:
 * those of cursors, prepared statements, savepoints, channels, settings, and of the columns that a temporary table is given.
 */
public final class RelationNames {
    private RelationNames() {}

    /** The tokens that can be, or be a part of, the name of a relation. */
    static BitSet find(Tokens tokens, TokenRange statement, StatementHead head) {
        BitSet found = new BitSet(statement.to());
        if (head instanceof StatementHead.CreateTemporaryTable create) {
            found.set(statement.from(), statement.to());
            found.andNot(definedColumns(tokens, definition(statement, create)));
        } else if (head instanceof StatementHead.Plain && tokens.isWord(statement.from(), "copy")) {
            found.set(statement.from(), endOfTarget(tokens, statement));
        } else if (head instanceof StatementHead.Plain && tokens.isWord(statement.from(), "truncate")) {
            found.set(statement.from(), statement.to());
        } else if (!(head instanceof StatementHead.Plain || head instanceof StatementHead.Setting)) {
            found.set(statement.from(), statement.to());
        }
        return found;
    }

    /** What stands before the query of a {@code CREATE TEMP TABLE}, or the whole of it where it has none. */
    public static TokenRange definition(TokenRange statement, StatementHead.CreateTemporaryTable create) {
        boolean hasQuery = create.query().from() < create.query().to();
        return new TokenRange(statement.from(), hasQuery ? create.query().from() : statement.to());
    }

    /**
     * Names that stand first in parentheses, or behind a comma in them, and are followed by no point: those of columns that are defined, or belong to
     * a key. Behind INHERITS they are those of tables.
     *
     * @param definition of a {@code CREATE TEMP TABLE}, without its query
     */
    public static BitSet definedColumns(Tokens tokens, TokenRange definition) {
        BitSet columns = new BitSet(definition.to());
        int depth = 0;
        int inherits = 0;
        for (int i = definition.from(); i < definition.to(); i++) {
            if (tokens.is(i, "(")) {
                depth++;
                inherits = inherits == 0 && tokens.isWord(i - 1, "inherits") ? depth : inherits;
            } else if (tokens.is(i, ")")) {
                inherits = inherits == depth ? 0 : inherits;
                depth--;
            } else if (depth > 0 && inherits == 0 && (tokens.is(i - 1, "(") || tokens.is(i - 1, ","))) {
                columns.set(i, !tokens.is(i + 1, "."));
            }
        }
        return columns;
    }

    /** Where the name of the table into which a COPY copies ends: before its columns, or the word FROM. */
    private static int endOfTarget(Tokens tokens, TokenRange statement) {
        int i = statement.from() + 1;
        while (i < statement.to() && !tokens.is(i, "(") && !tokens.isWord(i, "from")) {
            i++;
        }
        return i;
    }
}
