package dev.bauta.proxy.authentication;

/** A SCRAM exchange cannot go on. The message never holds what was exchanged. */
public final class ScramException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String sqlState;

    ScramException(String sqlState, String message) {
        super(message, null, false, false);
        this.sqlState = sqlState;
    }

    static ScramException malformed() {
        return new ScramException("08P01", "malformed SCRAM message");
    }

    /** Five characters. */
    public String sqlState() {
        return sqlState;
    }

    /** What is wrong; never null. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
