package dev.bauta.refusal;

/**
 * Thrown while a statement is examined, where it must be refused. Message and hint hold names of objects and rules, never a
 * constant of the statement.
 */
public final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;
    private final RefusalCode code;
    private final String hint;
    private final int token;

    /**
     * @param code which refusal
     * @param message what is refused and why
     * @param hint what would be allowed
     * @param token index of the token to blame, -1 for none
     */
    public RefusedException(RefusalCode code, String message, String hint, int token) {
        super(message, null, false, false);
        this.code = code;
        this.hint = hint;
        this.token = token;
    }

    /** Which refusal. */
    public RefusalCode code() {
        return code;
    }

    /** What would be allowed instead. */
    public String hint() {
        return hint;
    }

    /** Index of the token to blame, -1 for none. */
    public int token() {
        return token;
    }

    /** The same, with its token counted from another one. */
    public RefusedException relativeTo(int first) {
        return new RefusedException(code, String.valueOf(getMessage()), hint, token < 0 ? -1 : token - first);
    }

    /** The refusal, with the place it is about: an offset in the client's text, -1 for none. */
    public Refusal at(int offset) {
        return new Refusal(code, String.valueOf(getMessage()), hint, offset);
    }
}
