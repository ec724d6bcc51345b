package dev.bauta.proxy.audit;

import dev.bauta.engine.StatementFacts.ProtectedColumn;
import dev.bauta.proxy.trail.Execution;
import dev.bauta.proxy.trail.LoginAttempt;
import dev.bauta.proxy.trail.SessionIdentity;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Something that is recorded. Its fields are explained in {@code docs/audit.md}. Immutable.
 *
 * @param time when it had happened
 * @param event what it is
 * @param session in which session, null where it is about none
 * @param refusal who was turned away, for {@link Event#REFUSED}
 * @param execution what was run, for {@link Event#STATEMENT}
 * @param rules the version of the rules, for {@link Event#RULES}
 */
public record AuditRecord(
        Instant time,
        Event event,
        @Nullable SessionIdentity session,
        @Nullable RefusedLogin refusal,
        @Nullable Execution execution,
        @Nullable String rules) {
    /** What is recorded. */
    public enum Event {
        /** The proxy has started. */
        START,
        /** It stops. */
        STOP,
        /** Other rules are in force. */
        RULES,
        /** Somebody asked for a session and was turned away. */
        REFUSED,
        /** A session has begun. */
        CONNECT,
        /** It has ended. */
        DISCONNECT,
        /** A statement was run or refused. */
        STATEMENT
    }

    /** Something about a session. */
    public static AuditRecord of(Instant time, Event event, SessionIdentity session) {
        return new AuditRecord(time, event, session, null, null, null);
    }

    /** Something about rules. */
    public static AuditRecord of(Instant time, Event event, String rules) {
        return new AuditRecord(time, event, null, null, null, rules);
    }

    /** A statement. */
    public static AuditRecord of(Instant time, SessionIdentity session, Execution execution) {
        return new AuditRecord(time, Event.STATEMENT, session, null, execution, null);
    }

    /** A login that came to nothing. */
    public static AuditRecord of(Instant time, LoginAttempt attempt, String sqlState) {
        return new AuditRecord(time, Event.REFUSED, null, new RefusedLogin(attempt, sqlState), null, null);
    }

    /**
     * A login that came to nothing.
     *
     * @param attempt who wanted what
     * @param sqlState by which error the client was turned away
     */
    record RefusedLogin(LoginAttempt attempt, String sqlState) {}

    void write(JsonText json) {
        json.add("time", time.toString()).add("event", event.name().toLowerCase(Locale.ROOT));
        if (session != null) {
            write(json, session);
        }
        if (refusal != null) {
            write(json, refusal);
        }
        if (execution != null) {
            write(json, execution);
        }
        if (rules != null) {
            json.add("policy", rules);
        }
    }

    private static void write(JsonText json, SessionIdentity session) {
        json.add("session", session.id())
                .add("user", session.principal().user())
                .add("database", session.principal().database())
                .add("role", session.role().name())
                .add("access", session.role().access().name().toLowerCase(Locale.ROOT))
                .add("purpose", session.role().purpose())
                .add("client", session.client())
                .add("certificate", session.principal().origin().certificate())
                .add("application", session.application());
    }

    private static void write(JsonText json, RefusedLogin refusal) {
        LoginAttempt attempt = refusal.attempt();
        json.add("user", attempt.user())
                .add("database", attempt.database())
                .add("client", attempt.client())
                .add("certificate", attempt.origin().certificate())
                .add("application", attempt.application())
                .add("sqlstate", refusal.sqlState());
    }

    private static void write(JsonText json, Execution execution) {
        json.add("kind", execution.statement().kind())
                .add("fingerprint", execution.statement().fingerprint().hash())
                .add("statement", execution.statement().fingerprint().text())
                .addAll(
                        "relations",
                        execution.relations().stream()
                                .map(Objects::toString)
                                .sorted()
                                .toList())
                .addObjects("columns", execution.columns(), AuditRecord::write)
                .add("decision", execution.outcome().name().toLowerCase(Locale.ROOT))
                .add(
                        "refusal",
                        execution.refusal() == null ? null : execution.refusal().name())
                .add("policy", execution.statement().rules())
                .add("rows", execution.rows())
                .add("bytes", execution.bytes())
                .addObject("cells", execution.cells(), (inner, cells) -> inner.add("masked", cells.masked())
                        .add("raw", cells.raw())
                        .add(
                                "exposed",
                                cells.rawByColumn().values().stream()
                                        .mapToLong(Long::longValue)
                                        .sum()))
                .addMillis("duration_ms", execution.nanos())
                .add("sqlstate", execution.sqlState());
    }

    private static void write(JsonText json, ProtectedColumn column) {
        json.add("column", column.relation() + "." + column.column())
                .add("mask", column.mask())
                .add("rule", column.rule());
    }
}
