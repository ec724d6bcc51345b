package dev.bauta.parser;

/** A statement that cannot be analysed; whoever catches it refuses the statement if it names anything protected. */
public final class NotAnalysableException extends Exception {
    private static final long serialVersionUID = 1L;
    private final int token;

    /**
     * @param message what was not understood; never holds text of the statement beyond key words and names
     * @param token index of the offending token, -1 when there is none
     */
    public NotAnalysableException(String message, int token) {
        super(message, null, false, false);
        this.token = token;
    }

    /** Index of the offending token, -1 when there is none. */
    public int token() {
        return token;
    }
}
