package dev.bauta.rewrite;

import dev.bauta.lexer.TokenRange;
import dev.bauta.lexer.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

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
    private static final String BEFORE = "pg_catalog.regexp_replace((";

    /** Schemas whose names begin so are PostgreSQL's own, and it makes none of this name. */
    private static final String BEHIND = ")::pg_catalog.text, 'pg_temp_', 'pg_none_', 'gi')";

    private SearchPathArguments() {}

    /**
     * The edits for the calls in a statement.
     *
     * @param isCall whether a token is the name of such a call
     */
    public static List<Edit> rewrite(Tokens tokens, TokenRange statement, IntPredicate isCall) {
        List<Edit> edits = new ArrayList<>();
        for (int i = statement.from(); i < statement.to(); i++) {
            if (isCall.test(i)) {
                edits.add(Edit.insert(i + 4, BEFORE));
                edits.add(Edit.insert(DefinitionFunctions.endOfArgument(tokens, i + 4, statement.to()), BEHIND));
            }
        }
        return edits;
    }
}
