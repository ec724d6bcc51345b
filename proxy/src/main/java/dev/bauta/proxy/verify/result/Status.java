package dev.bauta.proxy.verify.result;

/** What a check came to, from the best to the worst. */
public enum Status {
    /** What was to hold, holds. */
    PASSED,
    /** There was nothing to check, or the masked user cannot reach it. */
    SKIPPED,
    /** Nothing is broken, but a person should look at it. */
    WARNING,
    /** What was to hold does not, or could not be checked. */
    FAILED
}
