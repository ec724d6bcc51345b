package dev.bauta.engine;

import java.util.List;

/**
 * Something that was decided once and that the server keeps ready to be run again: a prepared statement, a portal or a cursor.
 * Rules and catalogs can change under it.
 */
public interface Held {
    /** True when the rules and catalogs in force would decide the same. */
    boolean isCurrent();

    /** True when nothing else has been put in force since {@link #isCurrent} said yes. Cheaper, and may be asked by any thread. */
    default boolean isKnownCurrent() {
        return false;
    }

    /**
     * The server is about to open it as a portal.
     *
     * @return what the portal is current by
     */
    default Held open() {
        return this;
    }

    /** The server is about to run it: whatever it leaves behind, such as a cursor, is remembered, as often as it is run. */
    default void run() {}

    /** True when its plan may be shown: nothing in it tells of protected values. False where that is not known. */
    default boolean mayBeExplained() {
        return false;
    }

    /** How many characters of text are kept for it, about. */
    default long length() {
        return 0;
    }

    /** The same of several. */
    static long length(List<? extends Held> all) {
        long length = 0;
        for (int i = 0; i < all.size(); i++) {
            length += all.get(i).length();
        }
        return length;
    }

    /** True for a cursor WITH HOLD, which is there until the session ends. */
    default boolean outlivesTransaction() {
        return false;
    }
}
