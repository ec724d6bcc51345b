package dev.bauta.proxy.trail;

import dev.bauta.policy.ClientOrigin;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * Who asked for a session, by their own words. Immutable; texts are cut to 64 characters, which is more than a name has.
 *
 * @param user who they say they are, empty for nobody
 * @param database which database they ask for
 * @param origin where they are
 * @param application the {@code application_name} of the startup message, empty for none
 */
public record LoginAttempt(String user, String database, ClientOrigin origin, String application) {
    private static final int LONGEST = 64;

    public LoginAttempt {
        user = cut(user);
        database = cut(database);
        application = cut(application);
    }

    /** What a client says may be of any length. */
    static String cut(String text) {
        return text.substring(0, Math.min(text.length(), LONGEST));
    }

    /** The client's address, or {@code local}. */
    public String client() {
        return client(origin.address());
    }

    static String client(@Nullable InetAddress address) {
        return address == null ? "local" : address.getHostAddress();
    }
}
