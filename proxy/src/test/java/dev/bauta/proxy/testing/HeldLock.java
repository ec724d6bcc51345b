package dev.bauta.proxy.testing;

import dev.bauta.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.awaitility.Awaitility;

/** What a statement of a test database waits for until the test lets it go on, however long the test takes meanwhile. */
public final class HeldLock implements AutoCloseable {
    /** Waits in a statement, as an expression or a table. */
    public static final String WAIT = "pg_advisory_xact_lock_shared(4711)";

    private final Connection connection;
    private final Statement statement;

    private HeldLock(Connection connection) throws SQLException {
        this.connection = connection;
        this.statement = connection.createStatement();
        statement.execute("SELECT pg_advisory_lock(4711)");
    }

    /** Holds statements of this database from now on. */
    public static HeldLock in(TestDatabase database) throws SQLException {
        return new HeldLock(database.connect());
    }

    /** Returns when a statement waits. */
    public void awaitWaiting() {
        Awaitility.await().until(() -> {
            try (ResultSet waiting =
                    statement.executeQuery("SELECT FROM pg_locks l JOIN pg_database d ON d.oid = l.database"
                            + " WHERE l.locktype = 'advisory' AND NOT l.granted AND d.datname = current_database()")) {
                return waiting.next();
            }
        });
    }

    /** Lets statements go on. */
    public void release() throws SQLException {
        statement.execute("SELECT pg_advisory_unlock_all()");
    }

    /** Lets statements go on, and waits for none. */
    @Override
    public void close() throws SQLException {
        try (connection) {
            release();
        }
    }
}
