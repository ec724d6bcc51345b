package dev.bauta.proxy.catalog;

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
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration READ_TIMEOUT = Duration.ofMinutes(1);

    /** The same of one of the servers alone. */
    CatalogSource only(Endpoint host) {
        return new CatalogSource(servers.only(host), user, password);
    }

    /** A connection of its own. */
    Connection connect(String database) throws SQLException {
        PGSimpleDataSource source =
                servers.dataSource(database, user, password, "bauta catalog", CONNECT_TIMEOUT, READ_TIMEOUT);
        // The other time is that of the connection alone, without the login on it.
        source.setLoginTimeout(Math.toIntExact(CONNECT_TIMEOUT.toSeconds()));
        return source.getConnection();
    }

    /** Not the password. */
    @Override
    public String toString() {
        return user + "@" + servers;
    }
}
