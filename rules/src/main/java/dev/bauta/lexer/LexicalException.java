package dev.bauta.lexer;

/** Text that PostgreSQL's scanner rejects, or that different server versions read differently. */
public final class LexicalException extends Exception {
    private static final long serialVersionUID = 1L;
    private final int offset;

    LexicalException(String message, int offset) {
        super(message, null, false, false);
        this.offset = offset;
    }

    /** Where the offending token starts, in UTF-16 units from the start of the text. */
    public int offset() {
        return offset;
    }
}
