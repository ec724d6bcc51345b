package dev.bauta.refusal;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which messages of the server's errors and notices may reach a masked session. A function can read what its caller cannot, so
 * the words of an error that arose inside one are withheld; detail, context and internal query never pass at all.
 */
public enum ErrorDisclosure {
    /** What stands behind the client's own words never fails on raw values. */
    OWN_TEXT,

    /**
     * What the rules put into queries, or a view or policy does, can fail on raw values: messages about data are withheld, but for those that point to a place in
     * the statement, which arise before any row is read.
     */
    NO_DATA;

    /** Where the server's context speaks of a parameter that the client itself has bound. */
    private static final String PARAMETER_CONTEXT = "unnamed portal parameter ";
    /**
     * Where it speaks of a line that the client itself sends; a trigger's context would stand before this one. A foreign table over a file says the
     * same of its lines.
     */
    private static final String COPY_CONTEXT = "COPY ";

    /**
     * Classes of SQLSTATE that say nothing about data: success, connections, features, transactions, cursors, authorization, names of
     * databases and schemas, resources, states of objects, operators, the system.
     */
    private static final Set<String> ABOUT_NO_DATA =
            Set.of("00", "08", "0A", "24", "25", "26", "28", "34", "3B", "3D", "3F", "40", "53", "55", "57", "58");

    private static final String PRIVILEGES = "42501";

    /**
     * True when message and hint must be withheld.
     *
     * @param sqlState the SQLSTATE; class P0 is what functions raise
     * @param context the context field, null when there is none
     * @param positioned whether the message points to a place in the statement
     */
    public boolean mustWithhold(@Nullable String sqlState, @Nullable String context, boolean positioned) {
        if (isOfFunction(sqlState, context)) {
            return true;
        }
        boolean ofParameter = context != null && context.startsWith(PARAMETER_CONTEXT);
        return this == NO_DATA && !positioned && !ofParameter && mayBeAboutData(sqlState);
    }

    /**
     * True for what a function may have said: it can put values into the names of objects too.
     *
     * @param sqlState the SQLSTATE
     * @param context the context field, null when there is none
     */
    public static boolean isOfFunction(@Nullable String sqlState, @Nullable String context) {
        return sqlState != null && sqlState.startsWith("P0")
                || context != null && !context.startsWith(PARAMETER_CONTEXT) && !context.startsWith(COPY_CONTEXT);
    }

    private static boolean mayBeAboutData(@Nullable String sqlState) {
        return sqlState == null
                || sqlState.length() < 2
                || !sqlState.equals(PRIVILEGES) && !ABOUT_NO_DATA.contains(sqlState.substring(0, 2));
    }

    /** What stands in the message's place. */
    public String withheld(@Nullable String sqlState) {
        return (this == OWN_TEXT
                        ? "the message of a function is withheld"
                        : "the message is withheld, as it could show a raw value")
                + " (SQLSTATE " + sqlState + ")";
    }
}
