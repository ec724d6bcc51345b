package dev.bauta.proxy.serving;

import dev.bauta.proxy.ProxyServer;
import dev.bauta.proxy.admin.AdminView;
import dev.bauta.proxy.audit.JsonText;
import dev.bauta.proxy.catalog.DatabaseEngines;
import dev.bauta.proxy.metrics.ProxyMetrics;
import java.time.Instant;
import java.util.List;

/** What of a running proxy the endpoint for administrators shows and does. Thread-safe. */
final class ProxyAdmin implements AdminView {
    private final RunningProxy proxy;
    private final RulesWatcher rules;
    private final DatabaseEngines engines;
    private final ProxyServer server;
    private final Telemetry telemetry;
    private final Instant started;

    ProxyAdmin(
            RunningProxy proxy,
            RulesWatcher rules,
            DatabaseEngines engines,
            ProxyServer server,
            Telemetry telemetry,
            Instant started) {
        this.proxy = proxy;
        this.rules = rules;
        this.engines = engines;
        this.server = server;
        this.telemetry = telemetry;
        this.started = started;
    }

    @Override
    public Readiness readiness() {
        // A proxy whose rules or catalogs cannot be read at all does not get this far.
        return new Readiness(true, true, engines.canReadCatalog(), telemetry.isRecording(), !server.isDraining());
    }

    @Override
    public String metrics() {
        ProxyMetrics metrics = telemetry.metrics();
        return metrics == null ? "" : metrics.scrape();
    }

    @Override
    public String status() {
        Readiness readiness = readiness();
        return new JsonText()
                .add("started", started.toString())
                .add("ready", readiness.isReady())
                .add("server", readiness.server())
                .add("audit", readiness.audit())
                .add("sessions", server.openSessions())
                .add("connections", server.openConnections())
                .add("policy", rules.current().version())
                .add("loaded", rules.loadedAt().toString())
                .addAll("problems", rules.problems())
                .close();
    }

    @Override
    public String sessions() {
        return AdminJson.sessions(server.sessions().all());
    }

    @Override
    public String statements() {
        return telemetry.recent().toJson();
    }

    @Override
    public String rules() {
        return AdminJson.rules(engines.policies());
    }

    @Override
    public boolean endSession(String id) {
        return server.sessions().end(id);
    }

    @Override
    public List<String> reload() {
        return proxy.reload();
    }
}
