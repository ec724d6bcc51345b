package dev.bauta.jdbc.wrap;

import java.sql.Connection;
import java.sql.SQLException;

/** Keeps the engine's picture of the server's catalogs fresh. Thread-safe. */
public interface CatalogWatch {
    /** True when the last look at the rule file or the catalogs is some seconds ago. This is asked for each statement. */
    boolean isDue();

    /** True when the last look at the catalogs is so long ago that the caller, and nobody else, should now {@link #refresh}. */
    boolean takeLook();

    /** Tells that a statement may have changed the catalogs: whoever decides by them next has to {@link #refresh} first. */
    void announceChange();

    /** True when a change was announced and the catalogs were not read since. */
    boolean hasChanged();

    /** Reads the rule file when it has changed, if that was not looked at for some seconds; needs no connection. */
    void lookAtRules();

    /**
     * Compares the catalogs' fingerprint with the snapshot's and loads a new snapshot when they differ.
     *
     * @param connection the session's raw connection, which serves while it is not inside a transaction
     */
    void refresh(Connection connection) throws SQLException;

    /**
     * As {@link #refresh}, by another connection than the session's, where a look is due within a transaction. Where no other connection can be
     * opened, the look is left out, and due again later; not when that has gone on for minutes.
     */
    void refreshBeside() throws SQLException;
}
