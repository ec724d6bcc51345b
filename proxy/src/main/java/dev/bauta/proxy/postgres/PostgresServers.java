package dev.bauta.proxy.postgres;

import dev.bauta.proxy.tls.ServerTlsSettings;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGProperty;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The PostgreSQL server, or several of which one is chosen. Immutable.
 *
 * @param hosts where they are, at least one, in the order in which they are tried; a Unix-domain socket only by itself
 * @param target which of them sessions go to
 * @param tls how connections are encrypted
 */
public record PostgresServers(List<Endpoint> hosts, SessionTarget target, ServerTlsSettings tls) {
    public PostgresServers {
        hosts = List.copyOf(hosts);
        if (hosts.isEmpty()) {
            throw new IllegalArgumentException("there must be a server");
        }
        if (hosts.size() > 1 && hosts.stream().anyMatch(Endpoint::isUnixSocket)) {
            throw new IllegalArgumentException("a Unix-domain socket must be the only server");
        }
    }

    /** One server, without TLS. */
    public static PostgresServers of(Endpoint host) {
        return new PostgresServers(List.of(host), SessionTarget.ANY, ServerTlsSettings.NONE);
    }

    /** The same servers with other TLS. */
    public PostgresServers withTls(ServerTlsSettings changed) {
        return new PostgresServers(hosts, target, changed);
    }

    /** One of them by itself. */
    public PostgresServers only(Endpoint host) {
        return new PostgresServers(List.of(host), SessionTarget.ANY, tls);
    }

    /**
     * For PostgreSQL JDBC.
     *
     * @param application what the server shows as the connections' application
     * @param connect how long opening a connection may take
     * @param read how long an answer may take
     */
    public PGSimpleDataSource dataSource(
            String database, String user, String password, String application, Duration connect, Duration read) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(hosts.stream().map(PostgresServers::jdbcHost).toArray(String[]::new));
        source.setPortNumbers(hosts.stream().mapToInt(Endpoint::port).toArray());
        source.setDatabaseName(database);
        source.setUser(user);
        source.setPassword(password);
        source.setApplicationName(application);
        source.setConnectTimeout(Math.toIntExact(connect.toSeconds()));
        source.setSocketTimeout(Math.toIntExact(read.toSeconds()));
        source.setTcpKeepAlive(true);
        properties().forEach((name, value) -> set(source, name, value));
        return source;
    }

    private static void set(PGSimpleDataSource source, String name, String value) {
        try {
            source.setProperty(name, value);
        } catch (SQLException e) {
            throw new IllegalStateException("PostgreSQL JDBC does not know " + name, e);
        }
    }

    /** What PostgreSQL JDBC must be told beside hosts and ports. */
    public Map<String, String> properties() {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put(PGProperty.TARGET_SERVER_TYPE.getName(), target.driver());
        properties.put(PGProperty.SSL_MODE.getName(), tls.mode().label());
        if (hosts.get(0).isUnixSocket()) {
            properties.put(PGProperty.SOCKET_FACTORY.getName(), UnixSocketFactory.class.getName());
            properties.put(
                    PGProperty.SOCKET_FACTORY_ARG.getName(),
                    hosts.get(0).socketFile().toString());
        }
        if (tls.mode() != ServerTlsSettings.Mode.DISABLE) {
            properties.put(PGProperty.SSL_FACTORY.getName(), DriverSocketFactory.class.getName());
            put(properties, PGProperty.SSL_ROOT_CERT, tls.rootCertificate());
            put(properties, PGProperty.SSL_CERT, tls.certificate());
            put(properties, PGProperty.SSL_KEY, tls.key());
        }
        return properties;
    }

    private static void put(Map<String, String> properties, PGProperty property, @Nullable Path file) {
        if (file != null) {
            properties.put(property.getName(), file.toString());
        }
    }

    /** The hosts, as in JDBC URLs; the {@link #properties} lead to a Unix-domain socket. */
    public String jdbcHosts() {
        return hosts.stream()
                .map(host -> host.isUnixSocket() ? jdbcHost(host) + ":" + host.port() : host.toString())
                .collect(Collectors.joining(","));
    }

    private static String jdbcHost(Endpoint host) {
        return host.isUnixSocket() ? "localhost" : host.host();
    }

    /** The hosts, as in messages. */
    @Override
    public String toString() {
        return hosts.stream().map(Endpoint::toString).collect(Collectors.joining(","));
    }
}
