package dev.bauta.jdbc;

import dev.bauta.engine.Session;
import dev.bauta.jdbc.rules.RuleSource;
import dev.bauta.policy.Principal;
import java.sql.Connection;
import java.sql.SQLException;

/** Opens the engine's sessions for one database under one rule file. Thread-safe. */
interface SessionSource {
    /** Opens a session that reads JDBC text. */
    Session open(Principal principal) throws SQLException;

    /** True when the rule file or the catalogs have not been looked at for some seconds. */
    boolean isDue();

    /** True for one caller every few seconds, who then looks at the catalogs; for all while they are too old. */
    boolean takeLook();

    /** True when the catalogs could not be looked at for minutes: nothing may be decided by what was read of them. */
    boolean isTooOld();

    /** Tells that a statement may have changed the catalogs. */
    void announceChange();

    /** True when a change was announced and the catalogs were not read since. */
    boolean hasChanged();

    /**
     * Reads the rule file anew when it has changed, unless it was looked at in the last seconds: two looks that follow upon each other at
     * once would find half a file the same.
     */
    void lookAtRules();

    /**
     * Reads the catalogs anew when their fingerprint has changed.
     *
     * @param connection a raw connection to the database, not inside a transaction
     */
    void refresh(Connection connection) throws SQLException;

    /**
     * As {@link #refresh}, for a session in a transaction: it waits for another one's reading for some seconds at most, since that could wait for
     * what the transaction has locked, which the server does not see.
     *
     * @throws SQLException with SQLSTATE 55P03 when the other one is not through by then
     */
    void refreshSoon(Connection connection) throws SQLException;

    /** Makes sources. */
    interface Factory {
        /**
         * Reads the rules and the catalogs.
         *
         * @param rules the rules
         * @param connection a raw connection to the database, not inside a transaction
         * @throws SQLException one clear line when the file cannot be used
         */
        SessionSource create(RuleSource rules, Connection connection) throws SQLException;
    }
}
