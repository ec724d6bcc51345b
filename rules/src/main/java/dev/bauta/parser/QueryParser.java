package dev.bauta.parser;

import dev.bauta.lexer.TokenRange;
import dev.bauta.lexer.Tokens;

/** Finds the relation references of a query. */
public final class QueryParser {
    private QueryParser() {}

    /**
     * Parses one query.
     *
     * @throws NotAnalysableException always, until the grammar is in place: whatever names something protected is refused
     */
    @SuppressWarnings("DoNotCallSuggester")
    public static ParsedQuery parse(Tokens tokens, TokenRange query) throws NotAnalysableException {
        throw new NotAnalysableException("no grammar for " + tokens.size() + " tokens", query.from());
    }
}
