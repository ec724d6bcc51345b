package dev.bauta.engine;

import dev.bauta.lexer.Statements;
import dev.bauta.lexer.Tokens;
import java.util.function.Supplier;

/**
 * A text that can change the search_path: as often as it is run, and not only when it was decided.
 *
 * @param lexed gives the tokens of the text, which are not kept
 */
record FollowedText(Held text, FollowedPath searchPath, Supplier<Tokens> lexed) implements Held {
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
        return new FollowedText(text.open(), searchPath, lexed);
    }

    @Override
    public void run() {
        Tokens tokens = lexed.get();
        Statements.split(tokens).forEach(statement -> searchPath.follow(tokens, statement));
        text.run();
    }

    @Override
    public boolean mayBeExplained() {
        return text.mayBeExplained();
    }

    @Override
    public long length() {
        return text.length();
    }

    /** Not the text. */
    @Override
    public String toString() {
        return "FollowedText[]";
    }
}
