package dev.bauta.refusal;

import org.jspecify.annotations.Nullable;

/**
 * Which messages of the server's errors and notices may reach a masked session. A function can read what its caller cannot, so
 * the words of an error that arose inside one are withheld; detail, context and internal query never pass at all.
 */
public final class ErrorDisclosure {
    /** Where the server's context speaks of a parameter that the client itself has bound. */
    private static final String PARAMETER_CONTEXT = "unnamed portal parameter ";
    /** Where it speaks of a line that the client itself sends; a trigger's context would stand before this one. */
    private static final String COPY_CONTEXT = "COPY ";

    private ErrorDisclosure() {}

    /**
     * True when message and hint must be withheld.
     *
     * @param sqlState the SQLSTATE; class P0 is what functions raise
     * @param context the context field, null when there is none
     */
    public static boolean mustWithhold(@Nullable String sqlState, @Nullable String context) {
        return (sqlState != null && sqlState.startsWith("P0"))
                || (context != null && !context.startsWith(PARAMETER_CONTEXT) && !context.startsWith(COPY_CONTEXT));
    }

    /** What stands in the message's place. */
    public static String withheld(@Nullable String sqlState) {
        return "the message of a function is withheld (SQLSTATE " + sqlState + ")";
    }
}
