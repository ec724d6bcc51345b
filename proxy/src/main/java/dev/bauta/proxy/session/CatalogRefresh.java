package dev.bauta.proxy.session;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Refreshes the catalog snapshot away from the event loops. Sessions that ask at the same time share one refresh, but never
 * one that has already begun: it may have read the catalogs too early. Thread-safe.
 */
public final class CatalogRefresh {
    private final SessionFactory sessions;
    private final Executor executor;
    private @Nullable CompletableFuture<Void> waiting;

    /**
     * @param sessions whose catalog it is
     * @param executor where the refresh may block
     */
    public CatalogRefresh(SessionFactory sessions, Executor executor) {
        this.sessions = sessions;
        this.executor = executor;
    }

    /** Completes when the snapshot holds what was committed before the call, or with the failure. */
    synchronized CompletableFuture<Void> request() {
        if (waiting != null) {
            return waiting;
        }
        CompletableFuture<Void> refresh = new CompletableFuture<>();
        waiting = refresh;
        executor.execute(() -> run(refresh));
        return refresh;
    }

    private void run(CompletableFuture<Void> refresh) {
        synchronized (this) {
            waiting = null;
        }
        try {
            sessions.refreshCatalog();
            refresh.complete(null);
        } catch (Throwable e) {
            refresh.completeExceptionally(e);
        }
    }
}
