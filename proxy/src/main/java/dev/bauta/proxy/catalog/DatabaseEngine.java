package dev.bauta.proxy.catalog;

import dev.bauta.engine.Engine;
import dev.bauta.proxy.postgres.Endpoint;
import dev.bauta.proxy.postgres.ServerChoice;
import dev.bauta.rulefile.RuleSet;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The engine of one database, and the connection by which its catalogs are read. Thread-safe. */
final class DatabaseEngine implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseEngine.class);

    /** A connection that is older is opened anew: what a server process has read of the catalogs it keeps. */
    private static final Duration CONNECTION_LIFE = Duration.ofMinutes(30);

    /** How long the server may take to say that a connection is still good. */
    private static final int VALIDATION_SECONDS = 2;

    private final CatalogSource source;
    private final String database;
    private final Engine engine;
    /** Null after a failure. Written under this object's lock, unless it is closed. */
    private volatile @Nullable Connection connection;
    /** When it was opened, by {@link System#nanoTime}. Under this object's lock, as what follows. */
    private long opened;
    /** The server that it leads to; null where that is one of several. */
    private @Nullable Endpoint from;
    /** The server whose catalogs are in force; null where it is one of several. Written under this object's lock. */
    private volatile @Nullable Endpoint read;

    private volatile @Nullable ServerChoice choice;

    /** When the last look that found everything began, by {@link System#nanoTime}. Written under this object's lock. */
    private volatile long lastLook;

    /** False when that is too long ago, as nobody asks the clock for each statement. */
    private volatile boolean recent = true;

    /** How often the catalogs could not be read. Written under this object's lock. */
    private volatile int failures;

    private @Nullable String failureState;

    private volatile boolean closed;

    private DatabaseEngine(CatalogSource source, String database, Connection connection, Engine engine, long begun) {
        this.source = source;
        this.database = database;
        this.connection = connection;
        this.opened = begun;
        this.engine = engine;
        this.lastLook = begun;
    }

    /** Reads the catalogs of a database. */
    static DatabaseEngine load(CatalogSource source, String database, RuleSet rules)
            throws CatalogUnavailableException {
        long begun = System.nanoTime();
        Connection connection = null;
        try {
            connection = source.connect(database);
            return new DatabaseEngine(source, database, connection, Engine.load(rules, connection), begun);
        } catch (SQLException e) {
            close(connection, database);
            throw new CatalogUnavailableException(source, database, e);
        }
    }

    Engine engine() {
        return engine;
    }

    /** From now on the catalogs are read from the server that sessions go to. */
    void follow(ServerChoice followed) {
        choice = followed;
    }

    /** True when the catalogs in force are those of this server, or there is no other. */
    boolean isOf(Endpoint server) {
        return choice == null || server.equals(read);
    }

    /** When the last look that found everything began, by {@link System#nanoTime}. */
    long lastLook() {
        return lastLook;
    }

    /** False when what was read is too old to decide by. */
    boolean isRecent() {
        return recent;
    }

    /** Time has passed. */
    void age(long now, Duration maxAge) {
        if (now - lastLook > maxAge.toNanos()) {
            recent = false;
        }
    }

    /**
     * Reads the catalogs anew if they have changed. One call at a time: what a call sees was read after the call began. Where they could
     * not be read, the calls that waited meanwhile fail with it, lest each of them waits in its turn for a server that does not answer.
     *
     * @return true when they had
     * @throws SQLException when they cannot be read; the last snapshot then stays in force
     */
    boolean refresh() throws SQLException {
        int before = failures;
        synchronized (this) {
            if (failures != before) {
                throw new SQLException("the catalogs could not be read meanwhile", failureState);
            }
            long begun = System.nanoTime();
            try {
                Connection reading = connect();
                if (!Objects.equals(read, from)) {
                    // Until all of them are read they are nobody's.
                    read = null;
                }
                boolean changed = engine.refresh(reading);
                if (changed) {
                    LOG.atInfo().addKeyValue("database", database).log("catalog has changed and was read anew");
                }
                read = from;
                lastLook = begun;
                recent = true;
                return changed;
            } catch (SQLException e) {
                disconnect();
                failureState = e.getSQLState();
                failures++;
                throw e;
            }
        }
    }

    /** Another server can have other tables, or the same later. */
    private Connection connect() throws SQLException {
        ServerChoice followed = choice;
        List<Endpoint> candidates = followed == null ? List.of() : followed.candidates();
        Endpoint chosen = candidates.isEmpty() ? from : candidates.get(0);
        Connection kept = connection;
        if (kept != null && Objects.equals(chosen, from) && isGood(kept)) {
            return kept;
        }
        disconnect();
        from = chosen;
        opened = System.nanoTime();
        Connection another = (chosen == null ? source : source.only(chosen)).connect(database);
        connection = another;
        if (closed) {
            disconnect();
            throw new SQLException("the proxy stops", "57P01");
        }
        return another;
    }

    private boolean isGood(Connection kept) throws SQLException {
        return System.nanoTime() - opened < CONNECTION_LIFE.toNanos() && kept.isValid(VALIDATION_SECONDS);
    }

    private void disconnect() {
        Connection kept = connection;
        connection = null;
        close(kept, database);
    }

    private static void close(@Nullable Connection connection, String database) {
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException e) {
                LOG.atDebug().addKeyValue("database", database).log("the catalogs' connection is closed already");
            }
        }
    }

    /** Does not wait for a look that goes on, which fails by it. */
    @Override
    public void close() {
        closed = true;
        disconnect();
    }

    @Override
    public String toString() {
        return "DatabaseEngine[" + database + "]";
    }
}
