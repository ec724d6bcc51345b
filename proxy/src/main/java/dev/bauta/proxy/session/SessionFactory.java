package dev.bauta.proxy.session;

import dev.bauta.engine.Session;
import dev.bauta.policy.Principal;
import dev.bauta.proxy.postgres.Endpoint;

/** What the proxy needs of the engine. Thread-safe. */
public interface SessionFactory {
    /** Whether sessions of a database can be had at all. */
    default boolean serves(String database) {
        return true;
    }

    /**
     * Opens a session for a principal whom the server has not authenticated yet. Does not block.
     *
     * @throws RuntimeException when no session can be had; the client is then refused
     */
    Session open(Principal principal);

    /**
     * Reads the catalogs anew and returns when every session sees what was committed before the call. May block.
     *
     * @throws RuntimeException when the catalogs cannot be read; the session that asked then ends
     */
    void refreshCatalog();

    /** False when a database's catalogs were looked at so long ago that nothing may be decided by them before they have been read. */
    default boolean isCatalogRecent(String database) {
        return true;
    }

    /**
     * True when a database's catalogs are known to have been read after a moment, whatever became of those of others.
     *
     * @param moment by {@link System#nanoTime}
     */
    default boolean isCatalogReadSince(String database, long moment) {
        return false;
    }

    /** True when a principal's role goes by what the catalogs say of its user's memberships. */
    default boolean dependsOnMemberships(Principal principal) {
        return false;
    }

    /** False when a database's catalogs are those of another server than this one. */
    default boolean isCatalogOf(String database, Endpoint server) {
        return true;
    }

    /** False when some catalog could not be read when that was tried last. */
    default boolean canReadCatalog() {
        return true;
    }
}
