package dev.bauta.rulefile;

/** What a role may see. */
public enum Access {
    /** Everything, as PostgreSQL itself would show it; no statement is looked at. */
    RAW,
    /** Protected columns masked. */
    MASKED,
    /** Nothing: the session is refused. */
    REFUSED
}
