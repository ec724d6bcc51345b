package dev.bauta.policy;

/** Why the outcome of a write to a relation can tell of protected values elsewhere. */
public enum WriteProbe {
    /** Its foreign key refers to protected columns or to hidden rows. */
    REFERRING("its foreign key would tell whether a protected value exists"),
    /** Protected columns or hidden rows refer to it by a foreign key. */
    REFERRED("the foreign key of a protected table that refers to it would tell whether a protected value exists"),
    /** It is a view whose definition reads protected columns, and with which a written row is compared. */
    VIEW("the view reads protected columns and would tell of them by the rows that it takes"),
    /** It is a view of the server's settings, and a write to it sets them. */
    SETTINGS("a write to it would change settings that are fixed"),
    /** Masks read columns of it beside their own: who sets them has a say in what the masks show. */
    MASKED_BY("a mask goes by what would be set, and would show another part of a protected value"),
    /** Constraints of child tables of it compare its columns with protected ones that it lacks. */
    ABOVE("constraints of its child tables would compare what is written with protected values"),
    /** What is written to it is written to a protected relation, or rules of it read or write one. */
    BEHIND("a view or a rule leads to a protected relation, or to one of which a write would tell");

    private final String reason;

    WriteProbe(String reason) {
        this.reason = reason;
    }

    /** Why, a clause. */
    public String reason() {
        return reason;
    }
}
