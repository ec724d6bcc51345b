package dev.bauta.proxy.serving;

import dev.bauta.proxy.Transport;
import dev.bauta.proxy.UnixSocket;
import dev.bauta.proxy.postgres.Endpoint;
import dev.bauta.proxy.postgres.PostgresServers;
import dev.bauta.proxy.session.Limits;
import dev.bauta.proxy.tls.ClientTlsSettings;
import dev.bauta.proxy.tls.TlsMode;
import dev.bauta.rulefile.Network;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code bauta proxy} is told by its configuration file. Immutable.
 *
 * @param listen where clients connect to
 * @param unixSocket where clients of this machine connect to too; null for nowhere
 * @param transport by what bytes are sent and received
 * @param servers the PostgreSQL server, or several of which one is chosen
 * @param catalog how the server's catalogs are read
 * @param access how clients may come in
 * @param rules the rule file
 * @param limits what one proxy bears
 * @param operations how it is watched and ended
 */
public record ProxyConfig(
        Endpoint listen,
        @Nullable UnixSocket unixSocket,
        Transport transport,
        PostgresServers servers,
        Catalog catalog,
        Access access,
        Path rules,
        Limits limits,
        Operations operations) {
    /** One that nobody watches, on a port alone. */
    public ProxyConfig(
            Endpoint listen, PostgresServers servers, Catalog catalog, Access access, Path rules, Limits limits) {
        this(listen, null, Transport.best(), servers, catalog, access, rules, limits, Operations.DEFAULT);
    }

    /**
     * How the catalogs are read.
     *
     * @param user a database user who may connect to every database that clients use
     * @param password that user's password
     * @param databases those to be read before the proxy listens; others are read when their first session starts
     * @param refresh how often a look is taken whether the schema has changed
     * @param maxAge how long what was read holds while no look can be taken
     * @param listen the channel on which it is told that it has; null for none
     */
    public record Catalog(
            String user,
            Secret password,
            List<String> databases,
            Duration refresh,
            Duration maxAge,
            @Nullable String listen) {
        /** What {@code maxAge} is where nothing else is said. */
        public static final Duration MAX_AGE = Duration.ofMinutes(5);

        /** One that is told nothing. */
        public Catalog(String user, Secret password, List<String> databases, Duration refresh) {
            this(user, password, databases, refresh, MAX_AGE, null);
        }

        public Catalog {
            databases = List.copyOf(databases);
        }
    }

    /**
     * How clients may come in.
     *
     * @param tls whether their connections are encrypted
     * @param tlsFiles by what; null when they are not
     * @param login who authenticates users
     * @param networks where clients may come from; empty for everywhere
     */
    public record Access(TlsMode tls, @Nullable ClientTlsSettings tlsFiles, UserLogin login, List<Network> networks) {
        /** What holds where the configuration says nothing: no TLS, and the server authenticates. */
        public static final Access DEFAULT = new Access(TlsMode.DISABLE, null, UserLogin.RELAYED, List.of());

        public Access {
            networks = List.copyOf(networks);
            if (tls != TlsMode.DISABLE && tlsFiles == null) {
                throw new IllegalArgumentException("TLS needs a certificate");
            }
        }
    }
}
