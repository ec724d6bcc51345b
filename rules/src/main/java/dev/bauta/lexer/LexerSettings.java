package dev.bauta.lexer;

/**
 * What a session decides about the reading of text. Immutable.
 *
 * @param standardConformingStrings the session's {@code standard_conforming_strings}
 * @param jdbcPlaceholders true for JDBC text, in which {@code ?} is a parameter and {@code ??} the operator character
 */
public record LexerSettings(boolean standardConformingStrings, boolean jdbcPlaceholders) {
    /** What a server reads with default settings. */
    public static final LexerSettings SERVER = new LexerSettings(true, false);

    /** What the JDBC driver is handed. */
    public static final LexerSettings JDBC = new LexerSettings(true, true);
}
