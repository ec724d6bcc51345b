package dev.bauta.proxy.serving;

import dev.bauta.proxy.audit.JsonText;
import dev.bauta.proxy.trail.Execution;
import dev.bauta.proxy.trail.SessionIdentity;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** The statements that were run last, for people to look at. Thread-safe. */
final class RecentStatements {
    private static final int MOST = 50;

    private final ArrayDeque<Entry> entries = new ArrayDeque<>();

    private record Entry(Instant time, SessionIdentity session, Execution execution) {}

    synchronized void add(Instant time, SessionIdentity session, Execution execution) {
        if (entries.size() == MOST) {
            entries.removeFirst();
        }
        entries.addLast(new Entry(time, session, execution));
    }

    /** As JSON, the latest first. */
    String toJson() {
        List<Entry> latest;
        synchronized (this) {
            latest = new ArrayList<>(entries);
        }
        Collections.reverse(latest);
        return new JsonText()
                .addObjects("statements", latest, RecentStatements::write)
                .close();
    }

    private static void write(JsonText json, Entry entry) {
        Execution execution = entry.execution();
        json.add("time", entry.time().toString())
                .add("session", entry.session().id())
                .add("user", entry.session().principal().user())
                .add("statement", execution.statement().fingerprint().text())
                .add("decision", execution.outcome().name().toLowerCase(Locale.ROOT))
                .add(
                        "refusal",
                        execution.refusal() == null ? null : execution.refusal().name())
                .add("rows", execution.rows())
                .addMillis("duration_ms", execution.nanos())
                .add("sqlstate", execution.sqlState());
    }
}
