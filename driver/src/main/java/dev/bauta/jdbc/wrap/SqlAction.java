package dev.bauta.jdbc.wrap;

import java.sql.SQLException;

/**
 * Something done under the session's lock.
 *
 * @param <T> what it gives
 */
@FunctionalInterface
interface SqlAction<T> {
    /** Does it. */
    T run() throws SQLException;
}
