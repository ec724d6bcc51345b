package dev.bauta.jdbc;

import dev.bauta.engine.Engine;
import dev.bauta.engine.Session;
import dev.bauta.jdbc.rules.RuleSource;
import dev.bauta.lexer.LexerSettings;
import dev.bauta.policy.Principal;
import dev.bauta.rulefile.RuleSet;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/** The engine for one database; rule file and catalogs are looked at every few seconds while its connections are used. */
final class EngineSource implements SessionSource {
    private static final long LOOK_EVERY_NANOS = TimeUnit.SECONDS.toNanos(5);
    /** As long as the proxy decides by what it could not look at again, unless it is told otherwise. */
    private static final long MAX_AGE_NANOS = TimeUnit.SECONDS.toNanos(300);

    private final RuleSource rules;
    private final Engine engine;
    private final LongSupplier nanoTime;
    private final AtomicLong lastLook;
    private final AtomicLong lastLookAtRules;
    /** When the last look began that succeeded. */
    private volatile long lastSeen;

    private final ReentrantLock lock = new ReentrantLock();
    private volatile boolean changed;

    EngineSource(RuleSource rules, Engine engine, LongSupplier nanoTime) {
        this.rules = rules;
        this.engine = engine;
        this.nanoTime = nanoTime;
        this.lastLook = new AtomicLong(nanoTime.getAsLong());
        this.lastLookAtRules = new AtomicLong(nanoTime.getAsLong());
        this.lastSeen = lastLook.get();
    }

    /** An engine over a rule file and the catalogs that a connection shows. */
    static EngineSource create(RuleSource rules, Connection connection) throws SQLException {
        RuleSet loaded = rules.load();
        return new EngineSource(rules, Engine.load(loaded, connection), System::nanoTime);
    }

    @Override
    public Session open(Principal principal) {
        return engine.open(principal, LexerSettings.JDBC);
    }

    @Override
    public boolean isDue() {
        long now = nanoTime.getAsLong();
        return isDue(lastLook, now) || isTooOld(now);
    }

    @Override
    public boolean isTooOld() {
        return isTooOld(nanoTime.getAsLong());
    }

    private boolean isTooOld(long now) {
        return now - lastSeen >= MAX_AGE_NANOS;
    }

    private static boolean isDue(AtomicLong look, long now) {
        long last = look.get();
        return now - last >= LOOK_EVERY_NANOS && look.compareAndSet(last, now);
    }

    @Override
    public void announceChange() {
        changed = true;
    }

    @Override
    public boolean hasChanged() {
        return changed;
    }

    @Override
    public void lookAtRules() {
        if (isDue(lastLookAtRules, nanoTime.getAsLong())) {
            lock.lock();
            try {
                rules.loadWhenChanged().ifPresent(engine::replaceRules);
            } finally {
                lock.unlock();
            }
        }
    }

    @Override
    public void refresh(Connection connection) throws SQLException {
        lock.lock();
        try {
            long now = nanoTime.getAsLong();
            lastLook.set(now);
            changed = false;
            engine.refresh(connection);
            lastSeen = now;
        } catch (SQLException | RuntimeException e) {
            changed = true;
            throw e;
        } finally {
            lock.unlock();
        }
    }
}
