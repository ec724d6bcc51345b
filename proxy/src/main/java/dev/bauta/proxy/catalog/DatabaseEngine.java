package dev.bauta.proxy.catalog;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import dev.bauta.engine.Engine;
import dev.bauta.rulefile.RuleSet;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The engine of one database, and the pool through which its catalogs are read. Thread-safe. */
final class DatabaseEngine implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseEngine.class);

    private final String database;
    private final HikariDataSource pool;
    private final Engine engine;
    /** How often the catalogs could not be read. Written under this object's lock. */
    private volatile int failures;

    private @Nullable String failureState;

    private DatabaseEngine(String database, HikariDataSource pool, Engine engine) {
        this.database = database;
        this.pool = pool;
        this.engine = engine;
    }

    /** Reads the catalogs of a database. */
    static DatabaseEngine load(CatalogSource source, String database, RuleSet rules)
            throws CatalogUnavailableException {
        HikariDataSource pool = null;
        try {
            pool = source.open(database);
            try (Connection connection = pool.getConnection()) {
                return new DatabaseEngine(database, pool, Engine.load(rules, connection));
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

    /**
     * Reads the catalogs anew if they have changed. One call at a time: what a call sees was read after the call began. Where they could
     * not be read, the calls that waited meanwhile fail with it, lest each of them waits in its turn for a server that does not answer.
     *
     * @throws SQLException when they cannot be read; the last snapshot then stays in force
     */
    void refresh() throws SQLException {
        int before = failures;
        synchronized (this) {
            if (failures != before) {
                throw new SQLException("the catalogs could not be read meanwhile", failureState);
            }
            try (Connection connection = pool.getConnection()) {
                if (engine.refresh(connection)) {
                    LOG.atInfo().addKeyValue("database", database).log("catalog has changed and was read anew");
                }
            } catch (SQLException e) {
                failureState = e.getSQLState();
                failures++;
                throw e;
            }
        }
    }

    @Override
    public void close() {
        pool.close();
    }

    @Override
    public String toString() {
        return "DatabaseEngine[" + database + "]";
    }
}
