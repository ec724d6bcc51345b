package dev.bauta.engine;

import dev.bauta.lexer.TokenRange;
import dev.bauta.parser.QueryParser;
import dev.bauta.refusal.RefusalCode;
import dev.bauta.refusal.RefusedException;

/**
 * What a text of several statements costs to decide, so that none holds up whoever waits for the same thread: statements that have to be
 * analysed have together no more tokens than a single one may have. Used for one text.
 */
final class TextCost {
    /** A text has no more statements, whatever they are. */
    private static final int MOST_STATEMENTS = 100_000;
    /** A statement counts as having at least so many tokens. */
    private static final int LEAST_TOKENS = 25;

    private static final String FEWER = "Send fewer statements at a time.";

    private final int statements;
    private int tokens;

    /** @param statements how many the text has */
    TextCost(int statements) {
        this.statements = statements;
    }

    /** What a statement counts as, in tokens. */
    static int of(TokenRange statement) {
        return Math.max(LEAST_TOKENS, statement.to() - statement.from());
    }

    /**
     * Counts a statement.
     *
     * @return what was ruled on it, or a refusal where the text is too costly
     */
    @SuppressWarnings("ReferenceEquality") // One that was analysed can be without edits too.
    Ruling add(Ruling ruling, TokenRange statement) {
        if (statements > MOST_STATEMENTS) {
            return refuse("the text has more than " + MOST_STATEMENTS + " statements");
        }
        if (statements == 1 || ruling == Ruling.Allowed.UNCHANGED) {
            return ruling;
        }
        tokens += of(statement);
        return tokens > QueryParser.MOST_TOKENS
                ? refuse("the statements of the text that name something protected have together more than "
                        + QueryParser.MOST_TOKENS + " tokens, of which a short one counts as " + LEAST_TOKENS)
                : ruling;
    }

    private static Ruling refuse(String message) {
        return new Ruling.Refused(new RefusedException(RefusalCode.NOT_ANALYSABLE, message, FEWER, -1));
    }
}
