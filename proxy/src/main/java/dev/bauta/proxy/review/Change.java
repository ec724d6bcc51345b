package dev.bauta.proxy.review;

import java.util.List;
import java.util.Locale;

/**
 * Something that one survey has otherwise than another. Immutable.
 *
 * @param kind what has become of it
 * @param object a column, a table or view, a role, a function, an entry of the rules, or the key
 * @param roles the roles for which it is so; empty where it does not depend on the role
 * @param before what it was, a few words
 * @param after what it is
 * @param exposes true when raw values show that did not show before, or when it is not known whether they do
 */
public record Change(Kind kind, String object, List<String> roles, String before, String after, boolean exposes) {
    /** What becomes of things. */
    public enum Kind {
        /** A column that was masked or refused is shown as it is. */
        RAW,
        /** A column that was raw or refused is masked. */
        MASKED,
        /** A masked column has another mask, or one with other parameters. */
        MASKED_OTHERWISE,
        /** Statements that take a column are refused. */
        REFUSED,
        /** A column has another type. */
        RETYPED,
        /** A column was not there. */
        NEW_COLUMN,
        /** A column is no longer there. */
        DROPPED_COLUMN,
        /** A table or view was not there. */
        NEW_TABLE,
        /** A table or view is no longer there. */
        DROPPED_TABLE,
        /** Other rows of a table are shown. */
        ROWS,
        /** A protected table may be written, or may not any more. */
        WRITES,
        /** Other kinds of statements may be used. */
        STATEMENTS,
        /** An entry of the rules ends at another moment. */
        UNTIL,
        /** A role was not there, is no longer there, or has other access or other conditions; or roles are tried in another order. */
        ROLE,
        /** A function that masked sessions may call, or may not any more. */
        FUNCTION,
        /** The master key is another one. */
        KEY;

        /** As programs read it, such as {@code masked-otherwise}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    public Change {
        roles = List.copyOf(roles);
    }

    /** Such as {@code raw, was masked by email (rules.yaml:3:5), for roles a, b}. */
    public String sentence() {
        String forRoles =
                roles.isEmpty() ? "" : (roles.size() == 1 ? ", for role " : ", for roles ") + String.join(", ", roles);
        return after + ", was " + before + forRoles;
    }
}
