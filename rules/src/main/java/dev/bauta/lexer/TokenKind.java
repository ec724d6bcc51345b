package dev.bauta.lexer;

/** The lexical categories of PostgreSQL's scanner (manual, section 4.1 "Lexical Structure"). */
public enum TokenKind {
    /** An unquoted identifier or a key word; which of the two, only the grammar knows. */
    WORD,
    /** {@code "quoted"} identifier. */
    QUOTED_IDENTIFIER,
    /** {@code U&"…"} identifier, with its UESCAPE clause if there is one. */
    UNICODE_IDENTIFIER,
    /** {@code '…'}, and also the continuation of it over line ends. */
    STRING,
    /** {@code E'…'}. */
    ESCAPE_STRING,
    /** {@code U&'…'}, with its UESCAPE clause if there is one. */
    UNICODE_STRING,
    /** {@code N'…'}. */
    NATIONAL_STRING,
    /** {@code B'…'}. */
    BIT_STRING,
    /** {@code X'…'}. */
    HEX_STRING,
    /** {@code $tag$…$tag$}. */
    DOLLAR_STRING,
    /** An integer constant. */
    INTEGER,
    /** A constant with a point or an exponent. */
    NUMERIC,
    /** {@code $1}, and in JDBC text also {@code ?}. */
    PARAMETER,
    /** An operator, by PostgreSQL's longest-match rule; single characters such as {@code *} or {@code <} too. */
    OPERATOR,
    /** One of {@code ( ) [ ] , ; . : :: .. :=} ({@code =>} is an {@link #OPERATOR}). */
    SYMBOL;

    /** True for the kinds whose text is a constant: its value cannot change which relations a statement names. */
    public boolean isConstant() {
        return switch (this) {
            case STRING,
                    ESCAPE_STRING,
                    UNICODE_STRING,
                    NATIONAL_STRING,
                    BIT_STRING,
                    HEX_STRING,
                    DOLLAR_STRING,
                    INTEGER,
                    NUMERIC -> true;
            case WORD, QUOTED_IDENTIFIER, UNICODE_IDENTIFIER, PARAMETER, OPERATOR, SYMBOL -> false;
        };
    }

    /** True for the kinds that can name an object. */
    public boolean isIdentifier() {
        return this == WORD || this == QUOTED_IDENTIFIER || this == UNICODE_IDENTIFIER;
    }
}
