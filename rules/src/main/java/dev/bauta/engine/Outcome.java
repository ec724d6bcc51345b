package dev.bauta.engine;

/** What becomes of a text, as people are told. */
public enum Outcome {
    /** The role sees everything; nothing is looked at. */
    RAW,
    /** It reaches PostgreSQL byte for byte: it names nothing protected. */
    PASS,
    /** It reaches PostgreSQL changed. */
    REWRITE,
    /** It does not reach PostgreSQL. */
    REFUSE
}
