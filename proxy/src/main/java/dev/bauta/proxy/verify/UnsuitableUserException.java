package dev.bauta.proxy.verify;

/** There is nothing to verify through the eyes of this user. The message says why and what to do. */
public final class UnsuitableUserException extends Exception {
    private static final long serialVersionUID = 1L;

    UnsuitableUserException(String message) {
        super(message, null, false, false);
    }
}
