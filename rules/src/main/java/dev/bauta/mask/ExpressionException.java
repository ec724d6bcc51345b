package dev.bauta.mask;

import dev.bauta.lexer.TokenCursor;

/** A text that is no expression of the mask {@code sql}. The message is a clause with the place in the text. */
final class ExpressionException extends Exception {
    private static final long serialVersionUID = 1L;

    ExpressionException(String reason) {
        super(reason, null, false, false);
    }

    /** What stands at the cursor does not belong there. */
    static ExpressionException at(TokenCursor cursor) {
        return new ExpressionException(cursor.unexpected("an expression"));
    }

    /** Takes a token that must be there. */
    static void expect(TokenCursor cursor, String spelling) throws ExpressionException {
        if (!cursor.accept(spelling)) {
            throw at(cursor);
        }
    }
}
