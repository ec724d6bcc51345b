package dev.bauta.proxy.catalog;

import dev.bauta.engine.Session;
import dev.bauta.lexer.LexerSettings;
import dev.bauta.policy.Principal;
import dev.bauta.policy.RolePolicies;
import dev.bauta.proxy.postgres.Endpoint;
import dev.bauta.proxy.postgres.ServerChoice;
import dev.bauta.proxy.session.SessionFactory;
import dev.bauta.rulefile.RuleSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engines of all databases that the proxy serves, kept up to date with rules and schema. Sessions of other databases are
 * refused, since nothing is known of what they hold. Thread-safe.
 */
public final class DatabaseEngines implements SessionFactory, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseEngines.class);

    private final Map<String, DatabaseEngine> engines;
    /** One thread looks at the catalogs, which can take long, the other at the clock. */
    private final ScheduledExecutorService poll = Executors.newScheduledThreadPool(2, task -> {
        Thread thread = new Thread(task, "catalog-poll");
        thread.setDaemon(true);
        return thread;
    });

    private final AtomicLong refreshes = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private volatile boolean reachable = true;

    /** Null where there is one server. */
    private volatile @Nullable ServerChoice choice;

    private final List<DdlListener> listeners = new CopyOnWriteArrayList<>();
    private final CatalogSource source;
    private final UnmatchedRules unmatched = new UnmatchedRules();
    private volatile RuleSet rules;
    /** True when catalogs have changed since rules were looked at beside them, which can take long: the sessions do not wait for that. */
    private volatile boolean unmatchedDue;

    private DatabaseEngines(CatalogSource source, Map<String, DatabaseEngine> engines, RuleSet rules) {
        this.source = source;
        this.engines = Collections.unmodifiableMap(new LinkedHashMap<>(engines));
        this.rules = rules;
        warnOfUnmatched();
    }

    /**
     * Reads the catalogs of all databases.
     *
     * @throws CatalogUnavailableException when one of them cannot be read
     */
    public static DatabaseEngines load(CatalogSource source, Collection<String> databases, RuleSet rules)
            throws CatalogUnavailableException {
        Map<String, DatabaseEngine> engines = new LinkedHashMap<>();
        try {
            for (String database : databases) {
                engines.put(database, DatabaseEngine.load(source, database, rules));
            }
        } catch (CatalogUnavailableException e) {
            engines.values().forEach(DatabaseEngine::close);
            throw e;
        }
        return new DatabaseEngines(source, engines, rules);
    }

    @Override
    public boolean serves(String database) {
        return engines.containsKey(database);
    }

    /**
     * Opens a session of a principal. Does not block.
     *
     * @throws IllegalStateException for a database that is not served
     */
    @Override
    public Session open(Principal principal) {
        DatabaseEngine engine = engines.get(principal.database());
        if (engine == null) {
            throw new IllegalStateException("the database is not among the proxy's databases");
        }
        return engine.engine().open(principal, LexerSettings.SERVER);
    }

    /**
     * Reads the catalogs that have changed. When it returns, every session sees what was committed before the call. Blocks.
     *
     * @throws IllegalStateException when some catalog cannot be read; those of the other databases have been read
     */
    @Override
    public void refreshCatalog() {
        ServerChoice followed = choice;
        if (followed != null) {
            followed.settle();
        }
        SQLException failure = null;
        for (DatabaseEngine engine : engines.values()) {
            try {
                if (engine.refresh()) {
                    unmatchedDue = true;
                }
                refreshes.incrementAndGet();
            } catch (SQLException e) {
                failures.incrementAndGet();
                failure = e;
            }
        }
        reachable = failure == null;
        if (failure != null) {
            throw new IllegalStateException("the catalog cannot be read, SQLSTATE " + failure.getSQLState(), failure);
        }
    }

    @Override
    public boolean isCatalogOf(String database, Endpoint server) {
        DatabaseEngine engine = engines.get(database);
        return engine != null && engine.isOf(server);
    }

    @Override
    public boolean isCatalogRecent(String database) {
        DatabaseEngine engine = engines.get(database);
        return engine != null && engine.isRecent();
    }

    @Override
    public boolean dependsOnMemberships(Principal principal) {
        DatabaseEngine engine = engines.get(principal.database());
        return engine == null || engine.engine().policies().dependsOnMemberships(principal);
    }

    @Override
    public boolean isCatalogReadSince(String database, long moment) {
        DatabaseEngine engine = engines.get(database);
        return engine != null && engine.lastLook() - moment >= 0;
    }

    @Override
    public boolean canReadCatalog() {
        return reachable;
    }

    /** How often the catalogs were looked at without a failure. */
    public long refreshes() {
        return refreshes.get();
    }

    /** How often they could not be read. */
    public long failures() {
        return failures.get();
    }

    /** What is in force in each database. */
    public Map<String, RolePolicies> policies() {
        Map<String, RolePolicies> policies = new TreeMap<>();
        engines.forEach(
                (database, engine) -> policies.put(database, engine.engine().policies()));
        return policies;
    }

    /** Puts other rules in force for all databases. */
    public void replaceRules(RuleSet replacing) {
        rules = replacing;
        engines.values().forEach(engine -> engine.engine().replaceRules(replacing));
        warnOfUnmatched();
    }

    /** One after the other, each by what is in force by then: an older look would find, and tell, once more what is settled. */
    private void warnOfUnmatched() {
        synchronized (unmatched) {
            unmatchedDue = false;
            unmatched.look(
                    rules,
                    engines.values().stream()
                            .map(engine -> engine.engine().policies().catalog())
                            .toList());
        }
    }

    /** From now on the catalogs are read from the server that sessions go to, where there are several. */
    public void follow(ServerChoice choice) {
        if (source.servers().hosts().size() > 1) {
            this.choice = choice;
            engines.values().forEach(engine -> engine.follow(choice));
        }
    }

    /**
     * Looks for changes of the schema from now on.
     *
     * @param interval how often
     * @param maxAge how long what was read holds while it cannot be looked at again
     */
    public void startPolling(Duration interval, Duration maxAge) {
        var unusedPoll = poll.scheduleWithFixedDelay(
                this::pollOnce, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
        var unusedAge = poll.scheduleWithFixedDelay(() -> age(maxAge), 1, 1, TimeUnit.SECONDS);
    }

    /** An error is no reason not to look again. */
    private void age(Duration maxAge) {
        try {
            long now = System.nanoTime();
            engines.values().forEach(engine -> engine.age(now, maxAge));
        } catch (Error e) {
            LOG.atError().addKeyValue("failure", e.getClass().getName()).log("the catalogs' age is not known");
        }
    }

    /** Looks for changes of the schema too whenever somebody notifies this channel, from now on. */
    public void startListening(String channel) {
        engines.forEach((database, engine) -> {
            DdlListener listener = new DdlListener(source, database, channel, this::pollOnce);
            listeners.add(listener);
            listener.start();
        });
    }

    /** A failure is logged and the next look taken in time; sessions that depend on news ask for them by themselves. */
    private void pollOnce() {
        try {
            refreshCatalog();
            if (unmatchedDue) {
                warnOfUnmatched();
            }
        } catch (RuntimeException | Error e) {
            LOG.atWarn()
                    .addKeyValue("reason", e.getMessage())
                    .log(
                            engines.values().stream().allMatch(DatabaseEngine::isRecent)
                                    ? "catalog poll failed; the last snapshot stays in force for some time"
                                    : "catalog poll failed; the last snapshot is too old, and masked sessions end");
        }
    }

    @Override
    public void close() {
        poll.shutdownNow();
        listeners.forEach(DdlListener::close);
        engines.values().forEach(DatabaseEngine::close);
    }
}
