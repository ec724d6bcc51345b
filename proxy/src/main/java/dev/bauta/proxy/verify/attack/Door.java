package dev.bauta.proxy.verify.attack;

import java.sql.Connection;
import java.sql.SQLException;

/** A way in for clients, and what can be seen of what comes back through it. */
interface Door extends AutoCloseable {
    /** Its name for people. */
    String name();

    /** Opens a connection of the masked user. */
    Connection open() throws SQLException;

    /** Tells whether a canary was in the bytes of the wire since the last call, where those can be seen. */
    default boolean takeFound() {
        return false;
    }

    /** How many bytes of the wire were looked at. */
    default long bytes() {
        return 0;
    }

    @Override
    default void close() {}
}
