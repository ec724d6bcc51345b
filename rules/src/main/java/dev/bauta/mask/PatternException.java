package dev.bauta.mask;

/** A pattern that cannot be used. The message follows on the words "parameter 'pattern' of mask 'regex'". */
final class PatternException extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * @param at the position of the fault in the pattern, in UTF-16 units from 0
     * @param message what is wrong there
     */
    PatternException(int at, String message) {
        super("has at character " + (at + 1) + " " + message, null, false, false);
    }

    /** A fault of the pattern as a whole. */
    PatternException(String message) {
        super(message, null, false, false);
    }
}
