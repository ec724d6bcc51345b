package dev.bauta.proxy.verify;

/** A pattern fits nothing that could be verified. The message says which and what to do. */
public final class UnknownTableException extends Exception {
    private static final long serialVersionUID = 1L;

    UnknownTableException(TablePattern pattern, boolean clear) {
        super(
                "no " + (clear ? "" : "protected ") + "table or view is called '" + pattern.text() + "'"
                        + (clear ? "" : "; add --clear to look at others too"),
                null,
                false,
                false);
    }
}
