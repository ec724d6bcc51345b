package dev.bauta.proxy.serving;

import dev.bauta.proxy.ProxyServer;
import dev.bauta.proxy.ProxySettings;
import dev.bauta.proxy.admin.AdminServer;
import dev.bauta.proxy.audit.AuditRecord.Event;
import dev.bauta.proxy.audit.AuditUnavailableException;
import dev.bauta.proxy.catalog.CatalogSource;
import dev.bauta.proxy.catalog.CatalogUnavailableException;
import dev.bauta.proxy.catalog.DatabaseEngines;
import dev.bauta.proxy.files.FileWatch;
import dev.bauta.proxy.files.UnusableFileException;
import dev.bauta.proxy.metrics.ProxyMetrics;
import dev.bauta.proxy.serving.ProxyConfig.Endpoint;
import dev.bauta.proxy.session.ClientAccess;
import dev.bauta.rulefile.RuleSet;
import dev.bauta.yaml.InvalidFileException;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A proxy that serves a configuration: rules follow their file, catalogs follow the schema. Thread-safe. */
public final class RunningProxy implements AutoCloseable {
    private final DatabaseEngines engines;
    private final RulesWatcher rules;
    private final ProxyServer server;
    private final Telemetry telemetry;
    private final ProxyConfig config;
    private final FileWatch files;
    private @Nullable AdminServer admin;

    private RunningProxy(
            ProxyConfig config,
            DatabaseEngines engines,
            RulesWatcher rules,
            ProxyServer server,
            Telemetry telemetry,
            FileWatch files) {
        this.config = config;
        this.files = files;
        this.engines = engines;
        this.rules = rules;
        this.server = server;
        this.telemetry = telemetry;
    }

    /**
     * Starts a proxy; it listens when this returns.
     *
     * @throws InvalidFileException when the rule file has problems
     * @throws UnusableFileException when a certificate or another file of the configuration cannot be used
     * @throws CatalogUnavailableException when a database's catalogs cannot be read
     * @throws AuditUnavailableException when the audit log cannot be written
     * @throws BindException when the address to listen on is in use or is not this machine's
     */
    public static RunningProxy start(ProxyConfig config)
            throws InvalidFileException, UnusableFileException, CatalogUnavailableException, IOException {
        requireFree(config.listen());
        ReloadedFiles files = ReloadedFiles.load(config);
        RulesWatcher rules = RulesWatcher.load(config.rules());
        DatabaseEngines engines =
                DatabaseEngines.load(toSource(config), config.catalog().databases(), rules.current());
        try {
            Telemetry telemetry = Telemetry.open(config.operations(), Clock.systemUTC());
            ProxyServer server = new ProxyServer(toSettings(config, files), engines, telemetry.events());
            RunningProxy proxy =
                    new RunningProxy(config, engines, rules, server, telemetry, FileWatch.start(files.all()));
            proxy.listen();
            return proxy;
        } catch (AuditUnavailableException e) {
            engines.close();
            throw e;
        }
    }

    private void listen() throws IOException {
        try {
            startAdmin();
            telemetry.record(Event.START, rules.current().version());
            server.start();
        } catch (IOException e) {
            close();
            BindException failure = new BindException(e.getMessage());
            failure.initCause(e);
            throw failure;
        }
        engines.startPolling(config.catalog().refresh());
        rules.start(new Rules());
    }

    private void startAdmin() throws IOException {
        Operations.Admin wanted = config.operations().admin();
        ProxyMetrics metrics = telemetry.metrics();
        if (wanted == null || metrics == null) {
            return;
        }
        metrics.gauge("bauta.sessions", "Sessions that are open", server::openSessions);
        metrics.gauge("bauta.connections", "Connections of clients that are open", server::openConnections);
        metrics.count("bauta.catalog.refreshes", "Looks at the catalogs", "result", "good", engines::refreshes);
        metrics.count("bauta.catalog.refreshes", "Looks at the catalogs", "result", "bad", engines::failures);
        InetSocketAddress listen =
                new InetSocketAddress(wanted.listen().host(), wanted.listen().port());
        Secret token = wanted.token();
        admin = AdminServer.start(
                listen,
                token == null ? null : token.value(),
                new ProxyAdmin(this, rules, engines, server, telemetry, Instant.now()));
    }

    private final class Rules implements RulesWatcher.Listener {
        @Override
        public void onChange(RuleSet changed) {
            engines.replaceRules(changed);
            server.onRulesChanged();
            telemetry.record(Event.RULES, changed.version());
            telemetry.onReload(true);
        }

        @Override
        public void onProblems() {
            telemetry.onReload(false);
        }
    }

    /** Reads the rule file now. @return its problems; none when the rules that it holds are in force */
    public List<String> reloadRules() {
        return rules.look();
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
                config.serverTls(),
                config.catalog().user(),
                config.catalog().password().value());
    }

    private static ProxySettings toSettings(ProxyConfig config, ReloadedFiles files) {
        InetSocketAddress listen =
                new InetSocketAddress(config.listen().host(), config.listen().port());
        return ProxySettings.of(listen, config.server().host(), config.server().port())
                .withLimits(config.limits())
                .withServerEncryption(files.serverTls())
                .withAccess(new ClientAccess(
                        files.clientEncryption(),
                        files.credentials(),
                        config.access().networks()));
    }

    /** Tells every client that its session ends, and closes everything. */
    @Override
    public void close() {
        rules.close();
        files.close();
        server.close();
        if (admin != null) {
            admin.close();
        }
        telemetry.record(Event.STOP, rules.current().version());
        telemetry.close();
        engines.close();
    }
}
