package dev.bauta.proxy.serving;

import dev.bauta.proxy.audit.AuditSettings;
import dev.bauta.proxy.serving.ProxyConfig.Endpoint;
import dev.bauta.proxy.session.SessionTimeouts;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a proxy is watched and ended. Immutable.
 *
 * @param audit where what is run is recorded, null for nowhere
 * @param admin where an administrator looks, null for nowhere
 * @param timeouts what sessions must not exceed
 * @param drain how long open transactions may go on when the proxy is told to end, 0 for not at all
 * @param queue how long a client may wait for a session to become free, 0 for not at all
 */
public record Operations(
        @Nullable AuditSettings audit,
        @Nullable Admin admin,
        SessionTimeouts timeouts,
        Duration drain,
        Duration queue) {
    /** What holds where the configuration says nothing. */
    public static final Operations DEFAULT =
            new Operations(null, null, SessionTimeouts.NONE, Duration.ofSeconds(10), Duration.ZERO);

    /**
     * The endpoint for administrators.
     *
     * @param listen where it listens
     * @param token what a request must bear, null for an endpoint on a loopback address that asks for nothing
     */
    public record Admin(Endpoint listen, @Nullable Secret token) {}
}
