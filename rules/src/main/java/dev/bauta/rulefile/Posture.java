package dev.bauta.rulefile;

/** What is done to a table's columns of which no rule says anything. */
public enum Posture {
    /** They are clear. */
    ALLOW,
    /** They are redacted where {@code redact} fits their type, and NULL elsewhere. */
    MASK,
    /** Statements that take one of them are refused. */
    REFUSE
}
