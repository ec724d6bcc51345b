package dev.bauta.proxy.serving;

import dev.bauta.proxy.audit.AuditLog;
import dev.bauta.proxy.audit.AuditRecord;
import dev.bauta.proxy.audit.AuditRecord.Event;
import dev.bauta.proxy.audit.AuditUnavailableException;
import dev.bauta.proxy.metrics.ProxyMetrics;
import dev.bauta.proxy.trail.Execution;
import dev.bauta.proxy.trail.LoginAttempt;
import dev.bauta.proxy.trail.SessionEvents;
import dev.bauta.proxy.trail.SessionIdentity;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What is run goes to the audit log and to the meters, where there are any. Thread-safe. */
final class Telemetry implements SessionEvents, AutoCloseable {
    private final Clock clock;
    private final @Nullable AuditLog audit;
    private final @Nullable ProxyMetrics metrics;
    private final RecentStatements recent = new RecentStatements();

    private Telemetry(Clock clock, @Nullable AuditLog audit, @Nullable ProxyMetrics metrics) {
        this.clock = clock;
        this.audit = audit;
        this.metrics = metrics;
    }

    /**
     * Opens what the configuration asks for.
     *
     * @throws AuditUnavailableException when the audit log cannot be written
     */
    static Telemetry open(Operations operations, Clock clock) throws AuditUnavailableException {
        AuditLog audit = operations.audit() == null ? null : AuditLog.open(operations.audit());
        ProxyMetrics metrics = operations.admin() == null ? null : new ProxyMetrics();
        if (audit != null && metrics != null) {
            metrics.gauge("bauta.audit.queue", "Audit records that wait to be written", audit::queued);
            metrics.gauge("bauta.audit.sequence", "Number of the last audit record written", audit::sequence);
            metrics.gauge(
                    "bauta.audit.failing", "1 while audit records cannot be written", () -> audit.isFailing() ? 1 : 0);
        }
        return new Telemetry(clock, audit, metrics);
    }

    /** The listener to give to sessions: nobody, where nothing is asked for, so that nothing is told. */
    SessionEvents events() {
        return audit == null && metrics == null ? SessionEvents.NONE : this;
    }

    /** The statements that were run last. */
    RecentStatements recent() {
        return recent;
    }

    /** True when records can be written, or none are asked for. */
    boolean isRecording() {
        return audit == null || !audit.isFailing();
    }

    /** The meters, null where there are none. */
    @Nullable
    ProxyMetrics metrics() {
        return metrics;
    }

    /** The proxy starts or stops, or other rules are in force. */
    void record(Event event, String rules) {
        if (audit != null) {
            audit.append(AuditRecord.of(now(), event, rules));
        }
    }

    /** The rule file was read anew. */
    void onReload(boolean good) {
        if (metrics != null) {
            metrics.onReload(good);
        }
    }

    private Instant now() {
        return clock.instant();
    }

    @Override
    public void opened(SessionIdentity session) {
        if (audit != null) {
            audit.append(AuditRecord.of(now(), Event.CONNECT, session));
        }
        if (metrics != null) {
            metrics.onOpened();
        }
    }

    @Override
    public void closed(SessionIdentity session) {
        if (audit != null) {
            audit.append(AuditRecord.of(now(), Event.DISCONNECT, session));
        }
    }

    @Override
    public void refused(LoginAttempt attempt, String sqlState) {
        if (audit != null) {
            audit.append(AuditRecord.of(now(), attempt, sqlState));
        }
        if (metrics != null) {
            metrics.onRefused();
        }
    }

    @Override
    public void executed(SessionIdentity session, Execution execution) {
        if (audit != null) {
            audit.append(AuditRecord.of(now(), session, execution));
        }
        if (metrics != null) {
            metrics.onExecuted(session, execution);
            recent.add(now(), session, execution);
        }
    }

    @Override
    public void decided(long nanos) {
        if (metrics != null) {
            metrics.onDecided(nanos);
        }
    }

    @Override
    public void receivedFromClient(int bytes) {
        if (metrics != null) {
            metrics.onClientBytes(bytes);
        }
    }

    @Override
    public void receivedFromServer(int bytes) {
        if (metrics != null) {
            metrics.onServerBytes(bytes);
        }
    }

    @Override
    public Admission admission() {
        return audit == null ? Admission.OPEN : audit.admission();
    }

    @Override
    public void whenOpen(Runnable action) {
        if (audit == null) {
            action.run();
        } else {
            audit.whenOpen(action);
        }
    }

    @Override
    public void close() {
        if (audit != null) {
            audit.close();
        }
    }
}
