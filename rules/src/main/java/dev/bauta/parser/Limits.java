package dev.bauta.parser;

import dev.bauta.lexer.TokenRange;
import dev.bauta.lexer.Tokens;

/** What the parser refuses to look at, so that no statement can hold it up or exhaust its stack. */
final class Limits {
    private static final int NESTING = 200;

    private Limits() {}

    /** Parentheses, brackets and CASE are the ways to nest that a text can use without end. */
    static void require(Tokens tokens, TokenRange range) throws NotAnalysableException {
        if (range.to() == range.from()) {
            throw new NotAnalysableException("the statement is empty", -1);
        }
        if (tokens.end(range.to() - 1) - tokens.start(range.from()) > QueryParser.MOST_CHARACTERS) {
            throw new NotAnalysableException(
                    "the statement is longer than " + QueryParser.MOST_CHARACTERS + " characters", -1);
        }
        if (range.to() - range.from() > QueryParser.MOST_TOKENS) {
            throw new NotAnalysableException("the statement has more than " + QueryParser.MOST_TOKENS + " tokens", -1);
        }
        int depth = 0;
        for (int i = range.from(); i < range.to(); i++) {
            if (tokens.is(i, "(") || tokens.is(i, "[") || tokens.isWord(i, "case")) {
                depth++;
            } else if (tokens.is(i, ")") || tokens.is(i, "]") || tokens.isWord(i, "end")) {
                depth--;
            }
            if (depth > NESTING) {
                throw new NotAnalysableException("the statement is nested more than " + NESTING + " deep", i);
            }
        }
    }
}
