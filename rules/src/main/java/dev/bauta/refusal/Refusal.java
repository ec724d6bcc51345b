package dev.bauta.refusal;

/**
 * Why a statement is refused, in the words a client sees. Immutable. Holds names of objects and rules, never a constant of
 * the statement or a value of a row.
 *
 * @param code which refusal it is
 * @param message what is refused and by which rule
 * @param hint what would be allowed instead
 * @param offset where in the client's text, in UTF-16 units from 0; -1 when no place is to blame
 */
public record Refusal(RefusalCode code, String message, String hint, int offset) {}
