package dev.bauta.catalog;

/** {@code pg_class.relkind} of what can stand in FROM. */
public enum RelationKind {
    TABLE('r'),
    PARTITIONED_TABLE('p'),
    VIEW('v'),
    MATERIALIZED_VIEW('m'),
    FOREIGN_TABLE('f'),
    SEQUENCE('S'),
    TOAST('t');

    private final char code;

    RelationKind(char code) {
        this.code = code;
    }

    /** The kind for a {@code relkind} code. @throws IllegalArgumentException for a code that is not a relation here */
    public static RelationKind of(char code) {
        for (RelationKind kind : values()) {
            if (kind.code == code) {
                return kind;
            }
        }
        throw new IllegalArgumentException("unknown relkind " + code);
    }
}
