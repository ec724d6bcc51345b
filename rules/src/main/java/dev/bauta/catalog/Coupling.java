package dev.bauta.catalog;

import java.util.Set;

/**
 * Columns of one table that the server looks at together when a row is written, so that the outcome of a write to some of them can
 * tell of the others. Immutable.
 *
 * @param kind how they are looked at
 * @param columns their numbers
 */
public record Coupling(Kind kind, Set<Integer> columns) {
    /** How columns are looked at. */
    public enum Kind {
        /** Rows are compared with each other: a unique index or an exclusion constraint. */
        KEY,
        /** Such a key that can compare rows, too, of which none of the columns has a value: a new row need not name them to be compared. */
        KEY_OF_NULLS,
        /** The entry of a row in an index that is no key, or what a trigger does: where none of them changes, an UPDATE can leave it as it is. */
        INDEX,
        /** An UPDATE or DELETE looks at the row that was there: the condition of a trigger. */
        TRIGGER,
        /** A row that is written is looked at alone: a check, a generated column, an index over expressions. */
        CHECK,
        /** A check that rows need not pass that are there: every UPDATE of such a row fails. One that is not validated, or that of a policy. */
        UNVALIDATED_CHECK,
        /** Each row is looked at alone, also when it is read: a row security policy. */
        POLICY,
        /** The partition that a row is kept in is chosen by them. */
        PARTITION
    }

    public Coupling {
        columns = Set.copyOf(columns);
    }
}
