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

    /** As long as the server lets those wait who read catalogs for a session in a transaction. */
    private static final long MOST_WAIT_SECONDS = 5;

    private final RuleSource rules;
    private final Engine engine;
    private final LongSupplier nanoTime;
    private final AtomicLong lastLook;
    private final AtomicLong lastLookAtRules;
    /** When the last look began that succeeded. */
    private volatile long lastSeen;

    private final ReentrantLock lock = new ReentrantLock();
    /** Not the same lock: it is held for moments, the other for as long as the server makes those wait who read catalogs. */
    private final ReentrantLock rulesLock = new ReentrantLock();

    /** How many changes were announced. */
    private final AtomicLong announced = new AtomicLong();
    /** How many of them what is in force shows. */
    private volatile long shown;

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
        return isDue(lastLook, now) || isDue(lastLookAtRules, now) || isTooOld(now);
    }

    @Override
    public boolean takeLook() {
        long now = nanoTime.getAsLong();
        return take(lastLook, now) || isTooOld(now);
    }

    @Override
    public boolean isTooOld() {
        return isTooOld(nanoTime.getAsLong());
    }

    private boolean isTooOld(long now) {
        return now - lastSeen >= MAX_AGE_NANOS;
    }

    private static boolean isDue(AtomicLong look, long now) {
        return now - look.get() >= LOOK_EVERY_NANOS;
    }

    private static boolean take(AtomicLong look, long now) {
        long last = look.get();
        return now - last >= LOOK_EVERY_NANOS && look.compareAndSet(last, now);
    }

    @Override
    public void announceChange() {
        announced.incrementAndGet();
    }

    @Override
    public boolean hasChanged() {
        return announced.get() != shown;
    }

    @Override
    public void lookAtRules() {
        if (take(lastLookAtRules, nanoTime.getAsLong())) {
            rulesLock.lock();
            try {
                rules.loadWhenChanged().ifPresent(engine::replaceRules);
            } finally {
                rulesLock.unlock();
            }
        }
    }

    @Override
    public void refresh(Connection connection) throws SQLException {
        long called = nanoTime.getAsLong();
        lock.lock();
        try {
            look(connection, called);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void refreshSoon(Connection connection) throws SQLException {
        long called = nanoTime.getAsLong();
        if (!tryLock()) {
            throw new SQLException("Another connection waits to read the catalogs.", "55P03");
        }
        try {
            look(connection, called);
        } finally {
            lock.unlock();
        }
    }

    private boolean tryLock() {
        try {
            return lock.tryLock(MOST_WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** A change counts until the catalogs have been read, and for whoever asks meanwhile. Those who waited for a look need no other. */
    private void look(Connection connection, long called) throws SQLException {
        long now = nanoTime.getAsLong();
        if (lastSeen - called > 0 && !hasChanged()) {
            return;
        }
        lastLook.set(now);
        long changes = announced.get();
        try {
            engine.refresh(connection);
            lastSeen = now;
            shown = changes;
        } catch (SQLException | RuntimeException e) {
            announceChange();
            throw e;
        }
    }
}
