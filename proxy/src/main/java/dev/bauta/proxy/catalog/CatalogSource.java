package dev.bauta.proxy.catalog;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.bauta.proxy.postgres.Endpoint;
import dev.bauta.proxy.postgres.PostgresServers;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Where the catalogs are read and as whom. Immutable.
 *
 * @param servers the server, or several of which one is chosen
 * @param user a user who may connect to every database that clients use; needs no further privilege
 * @param password the user's password, which {@link #toString} does not show
 */
public record CatalogSource(PostgresServers servers, String user, String password) {
    /** Reading a snapshot and looking for changes can go on side by side. */
    private static final int CONNECTIONS = 2;

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    /** How long one of those that there are may take to be had. */
    private static final Duration POOL_TIMEOUT = Duration.ofSeconds(1);

    private static final Duration IDLE_TIMEOUT = Duration.ofMinutes(1);
    private static final Duration READ_TIMEOUT = Duration.ofMinutes(1);

    /** A pool for one database; opens its first connection now. @throws RuntimeException when it cannot */
    HikariDataSource open(String database) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("catalog of " + database);
        config.setDataSource(dataSource(database));
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(0);
        config.setIdleTimeout(IDLE_TIMEOUT.toMillis());
        config.setConnectionTimeout(POOL_TIMEOUT.toMillis());
        config.setInitializationFailTimeout(1);
        return new HikariDataSource(config);
    }

    /** The same of one of the servers alone. */
    CatalogSource only(Endpoint host) {
        return new CatalogSource(servers.only(host), user, password);
    }

    /** A connection of its own. */
    Connection connect(String database) throws SQLException {
        return dataSource(database).getConnection();
    }

    private PGSimpleDataSource dataSource(String database) {
        return servers.dataSource(database, user, password, "bauta catalog", CONNECT_TIMEOUT, READ_TIMEOUT);
    }

    /** Not the password. */
    @Override
    public String toString() {
        return user + "@" + servers;
    }
}
