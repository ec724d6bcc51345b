package dev.bauta.proxy.verify.connect;

import dev.bauta.proxy.ProxyServer;
import dev.bauta.proxy.ProxySettings;
import dev.bauta.proxy.catalog.CatalogSource;
import dev.bauta.proxy.catalog.CatalogUnavailableException;
import dev.bauta.proxy.catalog.DatabaseEngines;
import dev.bauta.proxy.serving.ProxyConfig.Endpoint;
import dev.bauta.proxy.tls.ServerTlsSettings;
import dev.bauta.rulefile.RuleSet;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/** The proxy in this process, on a free port of the loopback interface, with these rules alone. Thread-safe. */
public final class LocalProxy implements AutoCloseable {
    private final DatabaseEngines engines;
    private final ProxyServer server;
    private final InetSocketAddress address;

    private LocalProxy(DatabaseEngines engines, ProxyServer server, InetSocketAddress address) {
        this.engines = engines;
        this.server = server;
        this.address = address;
    }

    /** Starts a proxy in front of the target; it listens when this returns. */
    public static LocalProxy start(Target target, RuleSet rules) throws IOException, CatalogUnavailableException {
        CatalogSource source = new CatalogSource(
                target.server().host(),
                target.server().port(),
                ServerTlsSettings.NONE,
                target.owner().user(),
                target.owner().password().value());
        DatabaseEngines engines = DatabaseEngines.load(source, List.of(target.database()), rules);
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        ProxyServer server = new ProxyServer(
                ProxySettings.of(any, target.server().host(), target.server().port()), engines);
        try {
            return new LocalProxy(engines, server, server.start());
        } catch (IOException e) {
            server.close();
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
        engines.close();
    }
}
