package dev.bauta.proxy.catalog;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.bauta.proxy.tls.ServerTlsSettings;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Where the catalogs are read and as whom. Immutable.
 *
 * @param host the server's name or address, an IPv6 address without brackets
 * @param port the server's port
 * @param user a user who may connect to every database that clients use; needs no further privilege
 * @param tls how connections are encrypted
 * @param password the user's password, which {@link #toString} does not show
 */
public record CatalogSource(String host, int port, ServerTlsSettings tls, String user, String password) {
    /** Reading a snapshot and looking for changes can go on side by side. */
    private static final int CONNECTIONS = 2;

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration IDLE_TIMEOUT = Duration.ofMinutes(1);
    private static final Duration READ_TIMEOUT = Duration.ofMinutes(1);

    /** A pool for one database; opens its first connection now. @throws RuntimeException when it cannot */
    HikariDataSource open(String database) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("catalog of " + database);
        config.setDataSource(toDataSource(database));
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(0);
        config.setIdleTimeout(IDLE_TIMEOUT.toMillis());
        config.setConnectionTimeout(CONNECT_TIMEOUT.toMillis());
        config.setInitializationFailTimeout(1);
        return new HikariDataSource(config);
    }

    private PGSimpleDataSource toDataSource(String database) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {host});
        source.setPortNumbers(new int[] {port});
        source.setDatabaseName(database);
        source.setUser(user);
        source.setPassword(password);
        source.setApplicationName("bauta catalog");
        source.setConnectTimeout(Math.toIntExact(CONNECT_TIMEOUT.toSeconds()));
        source.setSocketTimeout(Math.toIntExact(READ_TIMEOUT.toSeconds()));
        source.setTcpKeepAlive(true);
        source.setSslMode(tls.mode().label());
        if (tls.mode() != ServerTlsSettings.Mode.DISABLE) {
            source.setSslfactory(CatalogSocketFactory.class.getName());
            source.setSslRootCert(text(tls.rootCertificate()));
            source.setSslCert(text(tls.certificate()));
            source.setSslKey(text(tls.key()));
        }
        return source;
    }

    private static @Nullable String text(@Nullable Path file) {
        return file == null ? null : file.toString();
    }

    /** Not the password. */
    @Override
    public String toString() {
        return user + "@" + host + ":" + port;
    }
}
