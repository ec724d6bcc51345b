package dev.bauta.engine;

import dev.bauta.lexer.Statements;
import dev.bauta.lexer.TokenRange;
import dev.bauta.lexer.Tokens;
import java.util.List;
import java.util.function.Supplier;

/**
 * A text that can change the search_path: as often as it is run, and not only when it was decided.
 *
 * @param rollback true where it is a ROLLBACK alone
 * @param lexed gives the tokens of the text, which are not kept
 */
record FollowedText(Held text, FollowedPath searchPath, boolean rollback, Supplier<Tokens> lexed) implements Held {
    /** The text as it was ruled on, with what it was read from. */
    static FollowedText of(RuledText text, FollowedPath searchPath, Tokens tokens, List<TokenRange> statements) {
        boolean rollback = statements.size() == 1 && FollowedPath.isRollback(tokens, statements.get(0));
        return new FollowedText(text, searchPath, rollback, text::lex);
    }

    /** True while there is nothing to follow. */
    boolean changesNothing() {
        return rollback && !searchPath.isChangedInTransaction();
    }

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
        return new FollowedText(text.open(), searchPath, rollback, lexed);
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
