package dev.bauta.proxy.verify.result;

/** What kind of promise a check is about. */
public enum Area {
    /** Names, types, nullability, order of columns, and row counts are those of the raw table. */
    SCHEMA("schema"),
    /** Unprotected columns are the same with and without masks. */
    INTEGRITY("integrity"),
    /** Protected columns show what their masks make, and nothing else. */
    COMPLIANCE("compliance"),
    /** What can be told about a person from masked data. */
    ANONYMITY("anonymity"),
    /** Hostile statements show nothing. */
    ATTACKS("attacks");

    private final String label;

    Area(String label) {
        this.label = label;
    }

    /** One word for people and programs. */
    public String label() {
        return label;
    }
}
