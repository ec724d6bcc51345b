package dev.bauta.proxy.postgres;

import dev.bauta.proxy.files.UnusableFileException;
import dev.bauta.proxy.tls.ServerTls;
import dev.bauta.proxy.tls.ServerTlsSettings;
import dev.bauta.proxy.tls.ServerTlsSettings.Mode;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGProperty;
import org.postgresql.ssl.WrappedFactory;

/**
 * Gives PostgreSQL JDBC the TLS that sessions have too, from the same files. The driver makes one for each connection, so that changed
 * files are used by the next one, and checks by itself whom the server's certificate is for.
 */
public final class DriverSocketFactory extends WrappedFactory {
    /**
     * Called by the driver.
     *
     * @throws UnusableFileException when a certificate cannot be used
     */
    public DriverSocketFactory(Properties connection) throws UnusableFileException {
        String label = PGProperty.SSL_MODE.getOrDefault(connection);
        Mode mode = Arrays.stream(Mode.values())
                .filter(candidate -> candidate.label().equals(label))
                .findFirst()
                .orElseThrow();
        factory = ServerTls.load(new ServerTlsSettings(
                        mode,
                        path(PGProperty.SSL_ROOT_CERT, connection),
                        path(PGProperty.SSL_CERT, connection),
                        path(PGProperty.SSL_KEY, connection)))
                .socketFactory();
    }

    private static @Nullable Path path(PGProperty property, Properties connection) {
        String path = property.getOrDefault(connection);
        return path == null || path.isEmpty() ? null : Path.of(path);
    }
}
