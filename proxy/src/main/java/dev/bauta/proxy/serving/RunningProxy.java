package dev.bauta.proxy.serving;

import dev.bauta.proxy.ProxyServer;
import dev.bauta.proxy.ProxySettings;
import dev.bauta.proxy.catalog.CatalogSource;
import dev.bauta.proxy.catalog.CatalogUnavailableException;
import dev.bauta.proxy.catalog.DatabaseEngines;
import dev.bauta.proxy.files.FileWatch;
import dev.bauta.proxy.files.UnusableFileException;
import dev.bauta.proxy.serving.ProxyConfig.Endpoint;
import dev.bauta.proxy.session.ClientAccess;
import dev.bauta.yaml.InvalidFileException;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketException;

/** A proxy that serves a configuration: rules follow their file, catalogs follow the schema. Thread-safe. */
public final class RunningProxy implements AutoCloseable {
    private final DatabaseEngines engines;
    private final RulesWatcher rules;
    private final ProxyServer server;
    private final FileWatch files;

    private RunningProxy(DatabaseEngines engines, RulesWatcher rules, ProxyServer server, FileWatch files) {
        this.engines = engines;
        this.rules = rules;
        this.server = server;
        this.files = files;
    }

    /**
     * Starts a proxy; it listens when this returns.
     *
     * @throws InvalidFileException when the rule file has problems
     * @throws UnusableFileException when a certificate or another file of the configuration cannot be used
     * @throws CatalogUnavailableException when a database's catalogs cannot be read
     * @throws BindException when the address to listen on is in use or is not this machine's
     */
    public static RunningProxy start(ProxyConfig config)
            throws InvalidFileException, UnusableFileException, CatalogUnavailableException, IOException {
        requireFree(config.listen());
        ReloadedFiles files = ReloadedFiles.load(config);
        RulesWatcher rules = RulesWatcher.load(config.rules());
        DatabaseEngines engines =
                DatabaseEngines.load(toSource(config), config.catalog().databases(), rules.current());
        ProxyServer server = new ProxyServer(toSettings(config, files), engines);
        try {
            server.start();
        } catch (IOException e) {
            server.close();
            engines.close();
            BindException failure = new BindException(e.getMessage());
            failure.initCause(e);
            throw failure;
        }
        engines.startPolling(config.catalog().refresh());
        rules.start(changed -> {
            engines.replaceRules(changed);
            server.onRulesChanged();
        });
        return new RunningProxy(engines, rules, server, FileWatch.start(files.all()));
    }

    /**
     * Tries whether an address can be listened on, before anything costly is begun.
     *
     * @throws BindException when it cannot
     */
    public static void requireFree(Endpoint endpoint) throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(endpoint.host(), endpoint.port()));
        } catch (BindException e) {
            throw e;
        } catch (SocketException e) {
            BindException failure = new BindException(e.getMessage());
            failure.initCause(e);
            throw failure;
        }
    }

    private static CatalogSource toSource(ProxyConfig config) {
        return new CatalogSource(
                config.server().host(),
                config.server().port(),
                config.catalog().user(),
                config.catalog().password().value());
    }

    private static ProxySettings toSettings(ProxyConfig config, ReloadedFiles files) {
        InetSocketAddress listen =
                new InetSocketAddress(config.listen().host(), config.listen().port());
        return ProxySettings.of(listen, config.server().host(), config.server().port())
                .withLimits(config.limits().sessions(), config.limits().connections())
                .withTimeouts(config.limits().login(), config.limits().connect())
                .withAccess(new ClientAccess(files.clientEncryption()));
    }

    /** Tells every client that its session ends, and closes everything. */
    @Override
    public void close() {
        rules.close();
        files.close();
        server.close();
        engines.close();
    }
}
