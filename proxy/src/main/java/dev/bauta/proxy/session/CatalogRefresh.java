package dev.bauta.proxy.session;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Refreshes the catalog snapshot away from the event loops, when somebody needs it. Sessions that ask at the same time share one
 * refresh, but never one that has already begun: it may have read the catalogs too early. Thread-safe.
 *
 * <pre>
 *   raw session      CREATE TABLE   CREATE TABLE                    CREATE TABLE (waits too)
 *   snapshot      ───stale──────────────────────────────╎refresh────────╎refresh───╎current──
 *   masked session                                SELECT (waits)        goes on
 * </pre>
 */
public final class CatalogRefresh {
    private final SessionFactory sessions;
    private final Executor executor;
    private @Nullable CompletableFuture<Void> waiting;
    private int running;
    private volatile boolean stale;

    /**
     * @param sessions whose catalog it is
     * @param executor where the refresh may block
     */
    public CatalogRefresh(SessionFactory sessions, Executor executor) {
        this.sessions = sessions;
        this.executor = executor;
    }

    /**
     * True when changes have been {@link #tryPostpone postponed}, or nobody could look for some for too long: whoever decides by the
     * catalogs {@link #request requests} a refresh first.
     */
    boolean isStale() {
        return stale || !sessions.isCatalogRecent();
    }

    /**
     * The catalogs have changed, which nobody needs to know before somebody decides by them.
     *
     * @return false when it must not wait, and a refresh must be {@link #request requested}: somebody waits for one by now, who would wait for
     *     ever if changes without end were postponed, or the catalogs cannot be read, which those should learn who change them
     */
    synchronized boolean tryPostpone() {
        if (running > 0 || waiting != null || !sessions.canReadCatalog()) {
            return false;
        }
        stale = true;
        return true;
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
            running++;
        }
        Throwable failure = null;
        try {
            sessions.refreshCatalog();
        } catch (Throwable e) {
            failure = e;
        }
        finish(refresh, failure);
    }

    private void finish(CompletableFuture<Void> refresh, @Nullable Throwable failure) {
        synchronized (this) {
            running--;
            // Nothing is postponed while a refresh runs, so this one has begun after everything that was.
            stale = stale && failure != null;
        }
        if (failure == null) {
            refresh.complete(null);
        } else {
            refresh.completeExceptionally(failure);
        }
    }
}
