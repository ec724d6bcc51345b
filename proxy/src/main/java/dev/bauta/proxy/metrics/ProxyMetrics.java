package dev.bauta.proxy.metrics;

import dev.bauta.engine.StatementFacts.ProtectedColumn;
import dev.bauta.proxy.trail.Execution;
import dev.bauta.proxy.trail.SessionIdentity;
import dev.bauta.rulefile.Access;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;

/**
 * What is counted and measured; {@code docs/operations.md} explains each meter. Labels are names of roles, refusals and protected
 * columns: never a value, and not more than a bounded number. Thread-safe.
 */
public final class ProxyMetrics {
    /** Columns beyond that are counted together. */
    static final int MOST_COLUMNS = 500;

    private static final String OTHER = "other";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Map<Execution.Outcome, Counter> masked = newOutcomes("masked");
    private final Map<Execution.Outcome, Counter> raw = newOutcomes("raw");
    private final Counter fromClient = bytes("client");
    private final Counter fromServer = bytes("server");
    private final Counter rows = counter("bauta.rows", "Rows that went to clients");
    private final Counter opened = counter("bauta.sessions.opened", "Sessions that have begun");
    private final Counter refused =
            counter("bauta.logins.refused", "Clients that asked for a session and were turned away");
    private final Counter failed = counter("bauta.statements.failed", "Statements that ended in an error");
    private final Timer deciding =
            Timer.builder("bauta.decision").description("Time to decide a text").register(registry);
    private final Timer running = Timer.builder("bauta.statement")
            .description("Time from a statement's request to the end of its answer")
            .register(registry);
    private final Map<String, Counter> cells = new ConcurrentHashMap<>();

    private Map<Execution.Outcome, Counter> newOutcomes(String access) {
        Map<Execution.Outcome, Counter> counters = new EnumMap<>(Execution.Outcome.class);
        for (Execution.Outcome outcome : Execution.Outcome.values()) {
            counters.put(
                    outcome,
                    Counter.builder("bauta.statements")
                            .description("Statements that were run or refused")
                            .tag("access", access)
                            .tag("decision", outcome.name().toLowerCase(Locale.ROOT))
                            .register(registry));
        }
        return counters;
    }

    private Counter bytes(String from) {
        return Counter.builder("bauta.bytes")
                .description("Bytes received")
                .tag("from", from)
                .register(registry);
    }

    private Counter counter(String name, String description, String... labels) {
        return Counter.builder(name).description(description).tags(labels).register(registry);
    }

    /** Something that is as large as it is when it is looked at. */
    public void gauge(String name, String description, DoubleSupplier value) {
        Gauge.builder(name, value::getAsDouble).description(description).register(registry);
    }

    /** Something that only grows and is counted elsewhere. */
    public void count(String name, String description, String label, String labelValue, DoubleSupplier value) {
        // The meter holds its object weakly, its function strongly.
        FunctionCounter.builder(name, this, metrics -> value.getAsDouble())
                .description(description)
                .tag(label, labelValue)
                .register(registry);
    }

    /** A session has begun. */
    public void onOpened() {
        opened.increment();
    }

    /** Somebody asked for a session and was turned away. */
    public void onRefused() {
        refused.increment();
    }

    /** A text was decided. */
    public void onDecided(long nanos) {
        deciding.record(nanos, TimeUnit.NANOSECONDS);
    }

    /** Bytes have come from a client. */
    public void onClientBytes(int count) {
        fromClient.increment(count);
    }

    /** Bytes have come from the server. */
    public void onServerBytes(int count) {
        fromServer.increment(count);
    }

    /** A statement was run or refused. */
    public void onExecuted(SessionIdentity session, Execution execution) {
        boolean isRaw = session.role().access() == Access.RAW;
        Counter outcomes = (isRaw ? raw : masked).get(execution.outcome());
        if (outcomes != null) {
            outcomes.increment();
        }
        if (execution.refusal() != null) {
            counter("bauta.refusals", "Refusals", "code", execution.refusal().name())
                    .increment();
        } else if (!execution.sqlState().equals("00000")) {
            failed.increment();
        }
        running.record(execution.nanos(), TimeUnit.NANOSECONDS);
        rows.increment((double) execution.rows());
        execution.cells().masksByColumn().forEach((column, count) -> cells(column, "masked")
                .increment(count));
        execution.cells().rawByColumn().forEach((column, count) -> cells(column, "raw")
                .increment(count));
    }

    private Counter cells(ProtectedColumn column, String shown) {
        String name = column.relation() + "." + column.column();
        String key = shown + " " + name;
        Counter known = cells.get(key);
        if (known != null) {
            return known;
        }
        boolean full = cells.size() >= 2 * MOST_COLUMNS;
        return cells.computeIfAbsent(
                full ? shown + " " + OTHER : key,
                k -> counter(
                        "bauta.cells", "Values of protected columns", "column", full ? OTHER : name, "shown", shown));
    }

    /** The rules were read anew. */
    public void onReload(boolean good) {
        counter("bauta.rules.reloads", "Changed rule files", "result", good ? "good" : "bad")
                .increment();
    }

    /** All meters, in Prometheus' text format. */
    public String scrape() {
        return registry.scrape();
    }
}
