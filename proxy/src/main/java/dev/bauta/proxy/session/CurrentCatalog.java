package dev.bauta.proxy.session;

import dev.bauta.engine.Session;
import dev.bauta.policy.Principal;
import dev.bauta.proxy.postgres.Endpoint;
import dev.bauta.proxy.session.BackPressure.Wait;
import dev.bauta.proxy.wire.ErrorResponse;
import org.jspecify.annotations.Nullable;

/**
 * The catalogs as one session needs them, current and of its own server: what is decided by them waits until they are, and the session ends
 * where they cannot be. Runs on the conversation's event loop.
 */
final class CurrentCatalog {
    private final Conversation conversation;
    private final ProxyContext context;
    private String database = "";
    /** Whose they have to be; null where it does not matter. */
    private @Nullable Endpoint server;

    CurrentCatalog(Conversation conversation, ProxyContext context) {
        this.conversation = conversation;
        this.context = context;
    }

    /** There is a session, on that server. Only what is masked has to be decided by that server's catalogs. */
    void begin(Session session, Endpoint host) {
        database = session.principal().database();
        server = session.isRaw() ? null : host;
    }

    /** True when they have changed since they were read. */
    boolean isStale() {
        return context.refresh().isStale(database);
    }

    /**
     * True when nothing may be decided before they have been looked at: also where nobody could look at them for too long, or they are
     * another server's.
     */
    boolean isUnfit() {
        return isStale() || !context.sessions().isCatalogRecent(database) || isForeign();
    }

    /** True when nobody could look at them for too long, and a session may be of another role by now, raw as it is. */
    boolean isTooOldForRole(Principal principal) {
        return !context.sessions().isCatalogRecent(database)
                && context.sessions().dependsOnMemberships(principal);
    }

    private boolean isForeign() {
        return server != null && !context.sessions().isCatalogOf(database, server);
    }

    /**
     * They have changed.
     *
     * @param urgent true when a refresh must be waited for in any case
     * @return false when it must be, see {@link CatalogRefresh#tryPostpone}
     */
    boolean tryPostpone(boolean urgent) {
        return context.refresh().tryPostpone(urgent);
    }

    /**
     * The client is not listened to until they have been read; the session ends when that fails.
     *
     * @param then what is done before the client is listened to again
     */
    void holdClient(Runnable then) {
        BackPressure backPressure = conversation.backPressure();
        if (backPressure.isWaiting(Wait.CATALOG)) {
            return;
        }
        backPressure.hold(Wait.CATALOG);
        afterRefresh(() -> {
            then.run();
            backPressure.release(Wait.CATALOG);
        });
    }

    /** Does what goes by them, when they have been read if need be; the session ends when that fails. */
    void whenFit(Runnable action) {
        if (isUnfit()) {
            holdClient(action);
        } else {
            action.run();
        }
    }

    /**
     * The server is not listened to until they have been read; the session ends when that fails.
     *
     * @param then what is done before the server is listened to again
     */
    void holdServer(Runnable then) {
        BackPressure backPressure = conversation.backPressure();
        backPressure.holdServer();
        afterRefresh(() -> {
            then.run();
            backPressure.releaseServer();
            backPressure.releaseIfAnswered();
        });
    }

    private void afterRefresh(Runnable then) {
        long asked = System.nanoTime();
        var unused = context.refresh().request().whenComplete((nothing, failure) -> conversation
                .client()
                .eventLoop()
                .execute(() -> conversation.guarded(() -> {
                    if (failure != null && !context.sessions().isCatalogReadSince(database, asked)) {
                        conversation.fail(ErrorResponse.fatal("XX000", "Bauta cannot read the catalogs"));
                    } else if (isForeign()) {
                        conversation.fail(ErrorResponse.fatal(
                                "57P01",
                                "terminating connection because Bauta goes to another PostgreSQL server by now"));
                    } else {
                        then.run();
                    }
                    conversation.flush();
                })));
    }
}
