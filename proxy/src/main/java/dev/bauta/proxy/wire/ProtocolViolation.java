package dev.bauta.proxy.wire;

/**
 * What a peer sent is not the protocol, and the connection cannot go on. The message never holds what was sent, so that it
 * may go to the client and into the log.
 */
public final class ProtocolViolation extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String sqlState;

    /**
     * @param sqlState five characters
     * @param message what is wrong, for the client
     */
    public ProtocolViolation(String sqlState, String message) {
        super(message);
        this.sqlState = sqlState;
    }

    /** A violation with SQLSTATE 08P01, {@code protocol_violation}. */
    public ProtocolViolation(String message) {
        this("08P01", message);
    }

    /** Five characters. */
    public String sqlState() {
        return sqlState;
    }

    /** What is wrong; never null. */
    @Override
    public String getMessage() {
        String message = super.getMessage();
        return message == null ? "protocol violation" : message;
    }
}
