package dev.bauta.engine;

/** What the result guard says of the origin of a result's column. */
public enum Verdict {
    /** The column may reach the client. */
    CLEAR,
    /** A protected column came through: stop the result, end the session, raise an alarm. */
    PROTECTED,
    /** The catalog snapshot does not know the relation or the column: refresh it before the rows are released. */
    UNKNOWN
}
