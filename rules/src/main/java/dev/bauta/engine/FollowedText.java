package dev.bauta.engine;

import dev.bauta.lexer.Statements;
import dev.bauta.lexer.Tokens;

/**
 * A text that can change the search_path: as often as it is run, and not only when it was decided.
 *
 * @param tokens of the text
 */
record FollowedText(Held text, FollowedPath searchPath, Tokens tokens) implements Held {
    @Override
    public boolean isCurrent() {
        return text.isCurrent();
    }

    @Override
    public boolean isKnownCurrent() {
        return text.isKnownCurrent();
    }

    @Override
    public Held open() {
        return new FollowedText(text.open(), searchPath, tokens);
    }

    @Override
    public void run() {
        Statements.split(tokens).forEach(statement -> searchPath.follow(tokens, statement));
        text.run();
    }

    @Override
    public boolean mayBeExplained() {
        return text.mayBeExplained();
    }

    /** Not the text. */
    @Override
    public String toString() {
        return "FollowedText[]";
    }
}
