package dev.bauta.proxy.session;

import dev.bauta.proxy.trail.LoginAttempt;
import dev.bauta.proxy.trail.SessionEvents;
import dev.bauta.proxy.wire.StartupMessage;
import org.jspecify.annotations.Nullable;

/** What is to be told of a client that asks for a session and does not get it. Event loop only. */
final class AttemptedLogin {
    private @Nullable LoginAttempt attempt;
    private @Nullable String sqlState;

    /** The client has said who it is. */
    void begin(StartupMessage startup, ClientLink link) {
        attempt = new LoginAttempt(startup.user(), startup.database(), link.origin(), startup.applicationName());
    }

    /** The client was sent this error, by which it is turned away; of several the first counts. */
    void turnAway(String with) {
        sqlState = sqlState == null ? with : sqlState;
    }

    /** The client has its session. */
    void succeed() {
        attempt = null;
    }

    /** The connection ends. Of a client that leaves by itself, as many do to ask for a password, there is nothing to tell. */
    void end(SessionEvents events) {
        if (attempt != null && sqlState != null) {
            events.refused(attempt, sqlState);
        }
    }
}
