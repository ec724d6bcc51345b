package dev.bauta.proxy.serving;

import dev.bauta.proxy.audit.AuditSettings;
import dev.bauta.proxy.postgres.Endpoint;
import org.jspecify.annotations.Nullable;

/**
 * How a proxy is watched. Immutable.
 *
 * @param audit where what is run is recorded, null for nowhere
 * @param admin where an administrator looks, null for nowhere
 */
public record Operations(@Nullable AuditSettings audit, @Nullable Admin admin) {
    /** What holds where the configuration says nothing. */
    public static final Operations DEFAULT = new Operations(null, null);

    /**
     * The endpoint for administrators.
     *
     * @param listen where it listens
     * @param token what a request must bear, null for an endpoint on a loopback address that asks for nothing
     */
    public record Admin(Endpoint listen, @Nullable Secret token) {}
}
