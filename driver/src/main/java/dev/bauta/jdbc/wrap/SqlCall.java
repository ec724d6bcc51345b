package dev.bauta.jdbc.wrap;

import java.sql.SQLException;

/**
 * A call of the PostgreSQL driver with a text that was decided.
 *
 * @param <T> what the call gives
 */
@FunctionalInterface
interface SqlCall<T> {
    /** Calls the raw object. */
    T run(String sql) throws SQLException;
}
