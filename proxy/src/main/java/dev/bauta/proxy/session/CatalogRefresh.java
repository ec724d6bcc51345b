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
    /** When the last change of those that make it stale came, by {@link System#nanoTime}. Written before what is above. */
    private volatile long changed;
    /** When the last change came that somebody waits to be read; null when all of them were. */
    private @Nullable Long awaited;

    /**
     * @param sessions whose catalog it is
     * @param executor where the refresh may block; not the calling thread
     */
    public CatalogRefresh(SessionFactory sessions, Executor executor) {
        this.sessions = sessions;
        this.executor = executor;
    }

    /**
     * True when the catalogs have changed, as far as is {@link #tryPostpone known}, since those of a database were read: whoever decides by
     * them {@link #request requests} a refresh first.
     */
    boolean isStale(String database) {
        return stale && !sessions.isCatalogReadSince(database, changed);
    }

    /**
     * The catalogs have changed, which nobody needs to know before somebody decides by them: from now on they are stale. Where that must not
     * wait, they are once it turns out that they cannot be read.
     *
     * @param urgent true when it must not wait in any case
     * @return false when it must not wait, and a refresh must be {@link #request requested}: somebody waits for one by now, who would wait for
     *     ever if changes without end were postponed, or the catalogs cannot be read, which those should learn who change them
     */
    synchronized boolean tryPostpone(boolean urgent) {
        long now = System.nanoTime();
        if (urgent || running > 0 || waiting != null || !sessions.canReadCatalog()) {
            awaited = now;
            return false;
        }
        changed = now;
        stale = true;
        return true;
    }

    /** Completes when the snapshot holds what was committed before the call, or with the failure. */
    synchronized CompletableFuture<Void> request() {
        if (waiting != null) {
            return waiting;
        }
        CompletableFuture<Void> refresh = new CompletableFuture<>();
        executor.execute(() -> run(refresh));
        // Where that fails, as there is no room for a thread, nobody must wait for it.
        waiting = refresh;
        return refresh;
    }

    private void run(CompletableFuture<Void> refresh) {
        long begun;
        synchronized (this) {
            waiting = null;
            running++;
            begun = System.nanoTime();
        }
        Throwable failure = null;
        try {
            sessions.refreshCatalog();
        } catch (Throwable e) {
            failure = e;
        }
        finish(refresh, begun, failure);
    }

    private void finish(CompletableFuture<Void> refresh, long begun, @Nullable Throwable failure) {
        synchronized (this) {
            running--;
            if (failure == null) {
                stale = stale && changed - begun >= 0;
                awaited = awaited != null && awaited - begun >= 0 ? awaited : null;
            } else if (awaited != null) {
                // Whoever has changed something since it began waits for the next one, and so must nobody else for the
                // sake of it.
                long due = awaited - begun > 0 ? begun : awaited;
                changed = stale && changed - due > 0 ? changed : due;
                stale = true;
            }
        }
        if (failure == null) {
            refresh.complete(null);
        } else {
            refresh.completeExceptionally(failure);
        }
    }
}
