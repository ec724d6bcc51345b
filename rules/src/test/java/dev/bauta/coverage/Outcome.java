package dev.bauta.coverage;

/** What became of a statement that PostgreSQL's grammar accepts. */
sealed interface Outcome {
    /** Understood, with the references that PostgreSQL finds. */
    record Same() implements Outcome {}

    /** Rejected by the lexer. */
    record NotLexed(String message) implements Outcome {}

    /**
     * Not analysed.
     *
     * @param construct the message and the words around the place
     */
    record NotAnalysed(String construct) implements Outcome {}

    /** Understood in another way than PostgreSQL understands it: a leak may follow. */
    record Differs(String how) implements Outcome {}
}
