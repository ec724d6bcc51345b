package dev.bauta.proxy.review;

import dev.bauta.text.Shown;
import java.util.Locale;

/**
 * Something that people who keep rules should know. Holds names, never a value. Immutable.
 *
 * @param severity how much it matters
 * @param kind what it is about
 * @param where the rule's place as {@code file:line:column}, or the database object that it is about
 * @param message what is so, a clause on one line
 * @param advice what to do about it, a clause on one line
 */
public record Finding(Severity severity, Kind kind, String where, String message, String advice) {
    /** What findings are about. */
    public enum Kind {
        /** A name in a rule that nothing has. */
        UNKNOWN_NAME,
        /** A pattern in a rule that nothing matches. */
        UNMATCHED_PATTERN,
        /** A role that shows raw values to whoever comes. */
        RAW_ROLE,
        /** A rule that decides nothing, as earlier ones match all that it does. */
        OVERRULED,
        /** An entry that has ended by its {@code until}. */
        ENDED,
        /** A mask that its column's type does not allow. */
        UNFIT_MASK,
        /** A mask that hides less than it seems to. */
        WEAK_MASK,
        /** A relation that is refused without a rule that says so. */
        REFUSED,
        /** A view that shows what its table hides, or NULL where it could show something. */
        VIEW,
        /** A table whose writers can try out guesses. */
        WRITES,
        /** A foreign key whose ends are not protected alike. */
        FOREIGN_KEY,
        /** An index that has rows in the order of a protected column. */
        INDEX,
        /** A function that reads something protected. */
        FUNCTION,
        /** A column of which no rule says anything and that seems to hold personal data. */
        LIKELY_PERSONAL,
        /** Columns of which no rule says anything. */
        UNCLASSIFIED,
        /** Something that was otherwise at the last check. */
        DRIFT;

        /** As programs read it, such as {@code unknown-name}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    public Finding {
        where = Shown.oneLine(where);
        message = Shown.oneLine(message);
        advice = Shown.oneLine(advice);
    }

    /** The same for some of the roles alone. */
    Finding forRoles(String roles) {
        return new Finding(severity, kind, where, message + " (for " + roles + ")", advice);
    }
}
