package dev.bauta.proxy.verify.connect;

import dev.bauta.proxy.ProxyServer;
import dev.bauta.proxy.ProxySettings;
import dev.bauta.proxy.catalog.CatalogSource;
import dev.bauta.proxy.catalog.CatalogUnavailableException;
import dev.bauta.proxy.catalog.DatabaseEngines;
import dev.bauta.proxy.files.UnusableFileException;
import dev.bauta.proxy.postgres.Endpoint;
import dev.bauta.proxy.postgres.ServerChoice;
import dev.bauta.proxy.postgres.WatchedServers.Account;
import dev.bauta.proxy.session.Limits;
import dev.bauta.proxy.tls.ServerTls;
import dev.bauta.proxy.tls.ServerTlsSettings;
import dev.bauta.rulefile.RuleSet;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The proxy in this process, on a free port of the loopback interface, with these rules alone. Thread-safe. */
public final class LocalProxy implements AutoCloseable {
    private static final Duration REFRESH = Duration.ofSeconds(2);

    private final DatabaseEngines engines;
    private final ServerChoice choice;
    private final ProxyServer server;
    private final InetSocketAddress address;

    private LocalProxy(DatabaseEngines engines, ServerChoice choice, ProxyServer server, InetSocketAddress address) {
        this.engines = engines;
        this.choice = choice;
        this.server = server;
        this.address = address;
    }

    /** Starts a proxy in front of the target; it listens when this returns. */
    public static LocalProxy start(Target target, RuleSet rules) throws IOException, CatalogUnavailableException {
        CatalogSource source = new CatalogSource(
                target.server(),
                target.owner().user(),
                target.owner().password().value());
        DatabaseEngines engines = DatabaseEngines.load(source, List.of(target.database()), rules);
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        ServerChoice choice = ServerChoice.of(
                target.server(),
                new Account(
                        target.database(),
                        target.owner().user(),
                        target.owner().password().value()),
                Limits.DEFAULT.connect(),
                REFRESH);
        try {
            ServerTls tls = loadTls(target.server().tls());
            ProxySettings settings = ProxySettings.of(any, choice).withServerEncryption(tls == null ? null : () -> tls);
            return listen(engines, choice, new ProxyServer(settings, engines));
        } catch (UnusableFileException e) {
            choice.close();
            engines.close();
            throw new IOException(e.getMessage(), e);
        }
    }

    private static @Nullable ServerTls loadTls(ServerTlsSettings settings) throws UnusableFileException {
        return settings.mode() == ServerTlsSettings.Mode.DISABLE ? null : ServerTls.load(settings);
    }

    private static LocalProxy listen(DatabaseEngines engines, ServerChoice choice, ProxyServer server)
            throws IOException {
        try {
            return new LocalProxy(engines, choice, server, server.start());
        } catch (IOException e) {
            server.close();
            choice.close();
            engines.close();
            throw e;
        }
    }

    /** Where it listens. */
    public Endpoint endpoint() {
        return new Endpoint(address.getAddress().getHostAddress(), address.getPort());
    }

    @Override
    public void close() {
        server.close();
        choice.close();
        engines.close();
    }
}
