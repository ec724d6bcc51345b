package dev.bauta.proxy.trail;

import dev.bauta.policy.Principal;
import dev.bauta.policy.Role;
import java.time.Instant;

/**
 * Whose session it is. Immutable.
 *
 * @param id unique among all sessions of all proxies, as far as chance can tell
 * @param principal the user, the database and where the client is
 * @param role the role with which the session began
 * @param application the {@code application_name} of the startup message, empty for none
 * @param since when the session began
 */
public record SessionIdentity(String id, Principal principal, Role role, String application, Instant since) {
    public SessionIdentity {
        application = LoginAttempt.cut(application);
    }

    /** The client's address, or {@code local}. */
    public String client() {
        return LoginAttempt.client(principal.origin().address());
    }
}
