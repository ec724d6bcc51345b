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
import dev.bauta.proxy.postgres.Endpoint;
import dev.bauta.proxy.postgres.ServerChoice;
import dev.bauta.proxy.postgres.WatchedServers;
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
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A proxy that serves a configuration: rules follow their file, catalogs follow the schema. Thread-safe. */
public final class RunningProxy implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunningProxy.class);

    private final DatabaseEngines engines;
    private final RulesWatcher rules;
    private final ServerChoice choice;
    private final ProxyServer server;
    private final Telemetry telemetry;
    private final ConfigSource source;
    private final ReloadedFiles files;
    private final FileWatch watch;
    private volatile ProxyConfig config;
    private @Nullable AdminServer admin;

    private RunningProxy(
            ProxyConfig config,
            ConfigSource source,
            DatabaseEngines engines,
            RulesWatcher rules,
            ServerChoice choice,
            ProxyServer server,
            Telemetry telemetry,
            ReloadedFiles files) {
        this.config = config;
        this.source = source;
        this.files = files;
        this.watch = FileWatch.start(files.all());
        this.engines = engines;
        this.rules = rules;
        this.choice = choice;
        this.server = server;
        this.telemetry = telemetry;
    }

    /**
     * Reads the files that a configuration names, as a start would, and starts nothing.
     *
     * @throws InvalidFileException when the rule file has problems
     * @throws UnusableFileException when a certificate or another file of the configuration cannot be used
     */
    public static void check(ProxyConfig config) throws InvalidFileException, UnusableFileException {
        ReloadedFiles.load(config).close();
        RulesWatcher.load(config.rules()).close();
    }

    /** Starts a proxy whose configuration stays as it is. */
    public static RunningProxy start(ProxyConfig config)
            throws InvalidFileException, UnusableFileException, CatalogUnavailableException, IOException {
        return start(config, () -> config);
    }

    /**
     * Starts a proxy; it listens when this returns.
     *
     * @param source where the configuration is read anew
     * @throws InvalidFileException when the rule file has problems
     * @throws UnusableFileException when a certificate or another file of the configuration cannot be used
     * @throws CatalogUnavailableException when a database's catalogs cannot be read
     * @throws AuditUnavailableException when the audit log cannot be written
     * @throws AdminAddressException when the endpoint for administrators cannot listen where it is to
     * @throws BindException when the address to listen on is in use or is not this machine's
     */
    public static RunningProxy start(ProxyConfig config, ConfigSource source)
            throws InvalidFileException, UnusableFileException, CatalogUnavailableException, IOException {
        requireFree(config.listen());
        ReloadedFiles files = ReloadedFiles.load(config);
        RulesWatcher rules = RulesWatcher.load(config.rules());
        DatabaseEngines engines =
                DatabaseEngines.load(toSource(config), config.catalog().databases(), rules.current());
        ServerChoice choice = toChoice(config);
        engines.follow(choice);
        try {
            Telemetry telemetry = Telemetry.open(config.operations(), Clock.systemUTC());
            ProxyServer server = new ProxyServer(toSettings(config, choice, files), engines, telemetry.events());
            RunningProxy proxy = new RunningProxy(config, source, engines, rules, choice, server, telemetry, files);
            proxy.listen();
            return proxy;
        } catch (AuditUnavailableException e) {
            files.close();
            choice.close();
            engines.close();
            throw e;
        }
    }

    private void listen() throws IOException {
        try {
            startAdmin();
            telemetry.record(Event.START, rules.current().version());
            server.start();
        } catch (AdminAddressException e) {
            close();
            throw e;
        } catch (IOException e) {
            close();
            BindException failure = new BindException(e.getMessage());
            failure.initCause(e);
            throw failure;
        }
        engines.startPolling(config.catalog().refresh(), config.catalog().maxAge());
        String channel = config.catalog().listen();
        if (channel != null) {
            engines.startListening(channel);
        }
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
        metrics.gauge("bauta.waiting", "Clients that wait for their turn", server::waitingClients);
        metrics.count("bauta.catalog.refreshes", "Looks at the catalogs", "result", "good", engines::refreshes);
        metrics.count("bauta.catalog.refreshes", "Looks at the catalogs", "result", "bad", engines::failures);
        InetSocketAddress listen =
                new InetSocketAddress(wanted.listen().host(), wanted.listen().port());
        Secret token = wanted.token();
        ProxyAdmin view = new ProxyAdmin(this, rules, engines, server, telemetry, Instant.now());
        try {
            admin = AdminServer.start(listen, token == null ? null : token.value(), view);
        } catch (IOException e) {
            throw new AdminAddressException(wanted.listen(), e);
        }
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

    /**
     * Reads the configuration, the files that it names and the rules now. What has problems stays as it was.
     *
     * @return the problems; none when all that was read is in force
     */
    public synchronized List<String> reload() {
        List<String> problems = new ArrayList<>();
        try {
            take(ConfigChange.between(config, source.read()));
        } catch (InvalidFileException e) {
            e.problems().forEach(problem -> problems.add(problem.toString()));
            LOG.atError().log("the configuration has problems; the last good one stays in force");
            problems.forEach(problem -> LOG.atError().log(problem));
        }
        problems.addAll(watch.look());
        problems.addAll(rules.look());
        return problems;
    }

    private void take(ConfigChange change) {
        config = change.now();
        server.replaceOptions(config.limits(), toAccess(config, files));
        if (!change.taken().isEmpty()) {
            LOG.atInfo().addKeyValue("options", change.taken()).log("configuration changed");
        }
        if (!change.restart().isEmpty()) {
            LOG.atWarn().addKeyValue("options", change.restart()).log("changed options wait for a restart");
        }
    }

    /**
     * Takes no more clients, and lets transactions end that are open, for as long as the configuration allows.
     *
     * @throws InterruptedException when the calling thread is interrupted, which ends the waiting
     */
    public void drain() throws InterruptedException {
        int open = server.openSessions();
        LOG.atInfo().addKeyValue("sessions", open).log("draining");
        if (!server.drain(config.limits().drain())) {
            LOG.atWarn()
                    .addKeyValue("sessions", server.openSessions())
                    .log("sessions end in the middle of what they do");
        }
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
                config.servers(),
                config.catalog().user(),
                config.catalog().password().value());
    }

    private static ServerChoice toChoice(ProxyConfig config) {
        ProxyConfig.Catalog catalog = config.catalog();
        return ServerChoice.of(
                config.servers(),
                new WatchedServers.Account(
                        catalog.databases().get(0),
                        catalog.user(),
                        catalog.password().value()),
                config.limits().connect(),
                catalog.refresh());
    }

    private static ProxySettings toSettings(ProxyConfig config, ServerChoice choice, ReloadedFiles files) {
        InetSocketAddress listen =
                new InetSocketAddress(config.listen().host(), config.listen().port());
        return ProxySettings.of(listen, choice)
                .withUnixSocket(config.unixSocket())
                .withTransport(config.transport())
                .withLimits(config.limits())
                .withServerEncryption(files.serverTls())
                .withAccess(toAccess(config, files));
    }

    private static ClientAccess toAccess(ProxyConfig config, ReloadedFiles files) {
        return new ClientAccess(
                files.clientEncryption(),
                files.authentication(),
                config.access().networks());
    }

    /** Tells every client that its session ends, and closes everything. */
    @Override
    public void close() {
        rules.close();
        watch.close();
        server.close();
        files.close();
        choice.close();
        if (admin != null) {
            admin.close();
        }
        telemetry.record(Event.STOP, rules.current().version());
        telemetry.close();
        engines.close();
    }
}
