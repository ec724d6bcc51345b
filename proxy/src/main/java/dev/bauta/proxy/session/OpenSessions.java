package dev.bauta.proxy.session;

import dev.bauta.engine.Session;
import dev.bauta.proxy.trail.SessionIdentity;
import dev.bauta.proxy.wire.ErrorResponse;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** The sessions that have begun and have not ended yet. Thread-safe. */
public final class OpenSessions {
    private static final int BASE = 36;

    private final Clock clock;
    private final String prefix;
    private final AtomicLong count = new AtomicLong();
    private final Map<SessionIdentity, Conversation> sessions = new ConcurrentHashMap<>();

    /** @param clock what time it is, which makes the ids of one proxy differ from those of the next */
    public OpenSessions(Clock clock) {
        this.clock = clock;
        this.prefix = Long.toString(clock.millis(), BASE);
    }

    SessionIdentity identify(Session session, String application) {
        String id = prefix + "-" + count.incrementAndGet();
        return new SessionIdentity(id, session.principal(), session.role(), application, clock.instant());
    }

    void add(SessionIdentity identity, Conversation conversation) {
        sessions.put(identity, conversation);
    }

    void remove(SessionIdentity identity) {
        sessions.remove(identity);
    }

    /** Whose they are, in no order. */
    public Collection<SessionIdentity> all() {
        return List.copyOf(sessions.keySet());
    }

    /** Ends a session, as an administrator does. @return false when there is none of that id */
    public boolean end(String id) {
        for (Map.Entry<SessionIdentity, Conversation> session : sessions.entrySet()) {
            if (session.getKey().id().equals(id)) {
                Conversation conversation = session.getValue();
                ErrorResponse reason =
                        ErrorResponse.fatal("57P01", "terminating connection due to administrator command");
                conversation.client().eventLoop().execute(() -> conversation.guarded(() -> conversation.fail(reason)));
                return true;
            }
        }
        return false;
    }
}
