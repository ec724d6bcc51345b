package dev.bauta.rewrite;

import dev.bauta.lexer.TokenKind;
import dev.bauta.lexer.TokenRange;
import dev.bauta.lexer.Tokens;
import java.util.ArrayList;
import java.util.List;

/**
 * Calls of {@code set_config} that set the search_path to what only the server knows. The temporary schemas of other sessions, which hold
 * views that show what these see, must not come into it: such a name is made another one, which no schema can have.
 *
 * <pre>
 *   set_config('search_path', $1, false)
 *   set_config('search_path', pg_catalog.regexp_replace(($1)::pg_catalog.text, 'pg_temp_', 'pg_none_', 'gi'), false)
 * </pre>
 */
public final class SearchPathArguments {
    private static final String NAME = "'search_path'";

    private static final String BEFORE = "pg_catalog.regexp_replace((";

    /** Schemas whose names begin so are PostgreSQL's own, and it makes none of this name. */
    private static final String BEHIND = ")::pg_catalog.text, 'pg_temp_', 'pg_none_', 'gi')";

    private SearchPathArguments() {}

    /** The edits for the calls in a statement. */
    public static List<Edit> rewrite(Tokens tokens, TokenRange statement) {
        List<Edit> edits = new ArrayList<>();
        for (int i = statement.from(); i < statement.to(); i++) {
            if (isCall(tokens, i) && !isPlain(tokens, i + 4)) {
                edits.add(Edit.insert(i + 4, BEFORE));
                edits.add(Edit.insert(DefinitionFunctions.endOfArgument(tokens, i + 4, statement.to()), BEHIND));
            }
        }
        return edits;
    }

    private static boolean isCall(Tokens tokens, int i) {
        return "set_config".equals(tokens.name(i))
                && tokens.is(i + 1, "(")
                && tokens.is(i + 3, ",")
                && tokens.source(i + 2).equalsIgnoreCase(NAME);
    }

    private static boolean isPlain(Tokens tokens, int value) {
        return value < tokens.size() && tokens.kind(value) == TokenKind.STRING && tokens.is(value + 1, ",");
    }
}
