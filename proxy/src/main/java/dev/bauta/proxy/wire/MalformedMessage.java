package dev.bauta.proxy.wire;

/**
 * A message's framing is right, but its content is not; the server would answer with an ordinary error and go on. The message
 * never holds what was sent.
 */
public final class MalformedMessage extends Exception {
    private static final long serialVersionUID = 1L;

    private final String sqlState;

    private MalformedMessage(String sqlState, String message) {
        super(message);
        this.sqlState = sqlState;
    }

    /** The parts of the message do not add up to its length. */
    static MalformedMessage layout() {
        return new MalformedMessage("08P01", "invalid message format");
    }

    /** A string is not UTF-8. */
    static MalformedMessage encoding() {
        return new MalformedMessage("22021", "invalid byte sequence for encoding \"UTF8\"");
    }

    /** The error that the client receives. */
    public ErrorResponse toErrorResponse() {
        return ErrorResponse.of("ERROR", sqlState, String.valueOf(getMessage()));
    }
}
