package dev.bauta.proxy.catalog;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import dev.bauta.engine.Engine;
import dev.bauta.proxy.postgres.Endpoint;
import dev.bauta.proxy.postgres.ServerChoice;
import dev.bauta.rulefile.RuleSet;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The engine of one database, and the pool through which its catalogs are read. Thread-safe. */
final class DatabaseEngine implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseEngine.class);

    private final CatalogSource source;
    private final String database;
    private final Engine engine;
    /** Closed after a failure. Under this object's lock, as what follows. */
    private HikariDataSource pool;
    /** The server that the pool leads to; null where it is one of several. */
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

    private boolean closed;

    private DatabaseEngine(CatalogSource source, String database, HikariDataSource pool, Engine engine, long lastLook) {
        this.source = source;
        this.database = database;
        this.pool = pool;
        this.engine = engine;
        this.lastLook = lastLook;
    }

    /** Reads the catalogs of a database. */
    static DatabaseEngine load(CatalogSource source, String database, RuleSet rules)
            throws CatalogUnavailableException {
        HikariDataSource pool = null;
        long begun = System.nanoTime();
        try {
            pool = source.open(database);
            try (Connection connection = pool.getConnection()) {
                return new DatabaseEngine(source, database, pool, Engine.load(rules, connection), begun);
            }
        } catch (SQLException | PoolInitializationException e) {
            if (pool != null) {
                pool.close();
            }
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
            try (Connection connection = connect()) {
                if (!Objects.equals(read, from)) {
                    // Until all of them are read they are nobody's.
                    read = null;
                }
                boolean changed = engine.refresh(connection);
                if (changed) {
                    LOG.atInfo().addKeyValue("database", database).log("catalog has changed and was read anew");
                }
                read = from;
                lastLook = begun;
                recent = true;
                return changed;
            } catch (SQLException e) {
                pool.close();
                failureState = e.getSQLState();
                failures++;
                throw e;
            }
        }
    }

    /**
     * Another server can have other tables, or the same later. A pool that has no connection left opens others in the background, and does not
     * say before its time is up that it cannot; a new one says so at once.
     */
    private Connection connect() throws SQLException {
        ServerChoice followed = choice;
        List<Endpoint> candidates = followed == null ? List.of() : followed.candidates();
        Endpoint chosen = candidates.isEmpty() ? from : candidates.get(0);
        if (Objects.equals(chosen, from) && !pool.isClosed()) {
            try {
                return pool.getConnection();
            } catch (SQLTransientConnectionException e) {
                LOG.atDebug()
                        .addKeyValue("database", database)
                        .log("connections to read the catalogs by are opened anew");
            }
        }
        from = null;
        pool.close();
        pool = open(chosen);
        from = chosen;
        return pool.getConnection();
    }

    private HikariDataSource open(@Nullable Endpoint chosen) throws SQLException {
        if (closed) {
            throw new SQLException("the proxy stops", "57P01");
        }
        try {
            return (chosen == null ? source : source.only(chosen)).open(database);
        } catch (PoolInitializationException e) {
            throw e.getCause() instanceof SQLException cause
                    ? cause
                    : new SQLException("the server cannot be reached", "08001", e);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        pool.close();
    }

    @Override
    public String toString() {
        return "DatabaseEngine[" + database + "]";
    }
}
