package dev.bauta.mask;

/** A text that is no expression of the mask {@code sql}. The message is a clause with the place in the text. */
final class ExpressionException extends Exception {
    private static final long serialVersionUID = 1L;

    ExpressionException(String reason) {
        super(reason, null, false, false);
    }
}
