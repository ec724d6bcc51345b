package dev.bauta.lexer;

import org.jspecify.annotations.Nullable;

/** The place in tokens that a parser written by hand has come to: each question is about the token there. Not thread-safe. */
public final class TokenCursor {
    private final Tokens tokens;
    private int at;

    /** A cursor at the first token. */
    public TokenCursor(Tokens tokens) {
        this.tokens = tokens;
    }

    /** True when every token was taken. */
    public boolean atEnd() {
        return at >= tokens.size();
    }

    /** The kind of the token; null at the end. */
    public @Nullable TokenKind kind() {
        return atEnd() ? null : tokens.kind(at);
    }

    /** True for a number without a sign. */
    public boolean isNumber() {
        return kind() == TokenKind.INTEGER || kind() == TokenKind.NUMERIC;
    }

    /** True for a symbol or operator that is spelt so, and for an unquoted word, given in lower case. */
    public boolean is(String spelling) {
        return isThere(at, spelling);
    }

    /** True when the token after this one is spelt so, as {@link #is} has it. */
    public boolean isBefore(String spelling) {
        return isThere(at + 1, spelling);
    }

    /** True when the token after this one is of a kind. */
    public boolean isBefore(TokenKind kind) {
        return at + 1 < tokens.size() && tokens.kind(at + 1) == kind;
    }

    /** Takes the token if {@link #is} holds; returns whether it did. */
    public boolean accept(String spelling) {
        if (!is(spelling)) {
            return false;
        }
        at++;
        return true;
    }

    /** The name that the token stands for, as {@link Tokens#name}; null at the end and for what is no identifier. */
    public @Nullable String name() {
        return atEnd() ? null : tokens.name(at);
    }

    /** The token as it was written. There must be one. */
    public String source() {
        return tokens.source(at);
    }

    /** The token as it was written, and goes on to the next. There must be one. */
    public String take() {
        return tokens.source(at++);
    }

    /** A clause that says that nothing of a kind, such as "an expression", can go on here, for an error's text. */
    public String unexpected(String what) {
        return atEnd()
                ? "it ends too early"
                : "character " + (tokens.start(at) + 1) + " is not where " + what + " can go on";
    }

    private boolean isThere(int token, String spelling) {
        return tokens.is(token, spelling) || tokens.isWord(token, spelling);
    }
}
