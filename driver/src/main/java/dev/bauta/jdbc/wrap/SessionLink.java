package dev.bauta.jdbc.wrap;

import dev.bauta.engine.Decision;
import dev.bauta.engine.Held;
import dev.bauta.engine.Session;
import dev.bauta.jdbc.BautaSQLException;
import dev.bauta.refusal.Refusal;
import dev.bauta.refusal.RefusalCode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;

/**
 * One raw connection and the engine session that decides its texts. The lock is held from a text's decision to the end of its
 * execution, so that no other thread's text can change the session in between. Thread-safe.
 */
final class SessionLink {
    private final Session session;
    private final PgSide pg;
    private final GroundWatch ground;
    private final TextDecider decider;
    private final ServerErrors errors;
    private final ResultGuard guard;
    private final MetadataRows metadata;

    private final ReentrantLock lock = new ReentrantLock();
    /** What was decided is being sent, or Bauta asks what it decides by. */
    private boolean sending;

    private Consumer<SQLException> listener = e -> {};
    /** An error of which the listener is told when the lock is given up, as it may close the connection from another thread. */
    private @Nullable SQLException untold;

    SessionLink(BaseConnection raw, Session session, CatalogWatch catalog) {
        this.session = session;
        this.pg = new PgSide(raw);
        this.ground = new GroundWatch(session, pg, catalog);
        this.decider = new TextDecider(session, pg);
        this.errors = new ServerErrors(pg, session::errorDisclosure);
        this.guard = new ResultGuard(session, pg, ground);
        this.metadata = new MetadataRows(session, raw);
    }

    /** Tells the engine what the server said at the session's start. */
    void start() throws SQLException {
        ground.start();
    }

    boolean isRaw() {
        return session.isRaw();
    }

    /** Tells a listener of each error from now on; of some more than once. */
    void tellErrors(Consumer<SQLException> told) {
        listener = told;
    }

    private SQLException told(SQLException e) {
        if (lock.isHeldByCurrentThread()) {
            untold = e;
        } else {
            listener.accept(e);
        }
        return e;
    }

    /** True when the caller has to {@link #leave}; false where the thread is in already, as it is more than once for each statement. */
    private boolean enter() {
        if (lock.isHeldByCurrentThread()) {
            return false;
        }
        lock.lock();
        return true;
    }

    private void leave(boolean entered) {
        if (!entered) {
            return;
        }
        SQLException error = untold;
        untold = null;
        lock.unlock();
        if (error != null) {
            listener.accept(error);
        }
    }

    /** Holds the session still for several decisions and executions. */
    <T> T exclusively(SqlAction<T> action) throws SQLException {
        boolean entered = enter();
        try {
            return action.run();
        } finally {
            leave(entered);
        }
    }

    /** Has the PostgreSQL driver ask or set something while neither another thread nor Bauta has it do anything. */
    <T> T alone(SqlAction<T> action) throws SQLException {
        requireNotSending();
        return exclusively(action);
    }

    /**
     * Refuses what the application's own code, called while something is sent (a log handler, a value that tells its text), asks of the same
     * connection: it could change what was decided upon.
     */
    void requireNotSending() throws SQLException {
        if (sending && lock.isHeldByCurrentThread() && !session.isRaw()) {
            throw BautaSQLException.of(
                    RefusalCode.PROTOCOL_FEATURE,
                    "a statement while the connection sends another one",
                    "Execute it before or after that.");
        }
    }

    /** False nearly always: this is asked for each row. */
    boolean isSending() {
        return sending;
    }

    private <T> T sending(SqlAction<T> action) throws SQLException {
        requireNotSending();
        return asking(action);
    }

    /** Has what Bauta asks answered by nothing that the application's own code sends meanwhile. */
    private <T> T asking(SqlAction<T> action) throws SQLException {
        boolean outside = sending;
        sending = true;
        try {
            return action.run();
        } finally {
            sending = outside;
        }
    }

    private void lookBefore(String next) throws SQLException {
        requireNotSending();
        sending = true;
        try {
            ground.lookBefore(next);
        } finally {
            sending = false;
        }
    }

    /** Decides a text that is sent later. */
    SentText decide(JdbcText text) throws SQLException {
        return decided(() -> decider.decide(text), text.sql(), true);
    }

    /** What was decided before, where a text would be decided the same by now; decides it otherwise. */
    SentText decideAgain(JdbcText text, SentText before) throws SQLException {
        return decided(() -> session.mayRepeat(before.held()) ? before : decider.decide(text), text.sql(), true);
    }

    /**
     * Decides the text of a plain statement whose result is read only.
     *
     * @param threshold the use from which on a look-up by key is prepared, counted from 1; 0 for never
     */
    SentText decideQuery(JdbcText text, int threshold) throws SQLException {
        return decided(() -> decider.decideQuery(text, threshold), text.sql(), true);
    }

    /** Decides a text that is sent together with those decided before it. */
    SentText decideNext(JdbcText text) throws SQLException {
        return decided(() -> decider.decide(text), text.sql(), false);
    }

    /** Decides the text of a callable statement. */
    SentText decideCall(String sql) throws SQLException {
        return decided(() -> decider.decideCall(sql), sql, true);
    }

    /** Decides the text of a COPY statement, which the PostgreSQL driver sends as it is. */
    SentText decideCopy(String sql) throws SQLException {
        return decided(() -> decider.decideCopy(sql), sql, true);
    }

    /**
     * Refuses a text without a statement in a batch where the PostgreSQL driver would lose count of the server's answers: what is asked later
     * would get the answers to what was asked before.
     *
     * @param simple true where the driver sends the text by a Query message
     */
    void requireStatement(String sql, boolean simple) throws SQLException {
        if (simple && !session.isRaw() && ServerReading.isEmpty(sql, pg.standardConformingStrings())) {
            throw fail(BautaSQLException.of(
                    RefusalCode.NOT_ANALYSABLE, "a batch with an empty text", "Add statements alone to a batch."));
        }
    }

    /** Decides a statement that the PostgreSQL driver sends by itself; it must pass as it is. */
    void decideDriversOwn(JdbcText text) throws SQLException {
        if (decide(text).positions() != null) {
            throw fail(BautaSQLException.of(RefusalCode.INTERNAL, "a statement of the driver's own was rewritten", ""));
        }
    }

    private SentText decided(SqlAction<SentText> deciding, String sql, boolean first) throws SQLException {
        boolean entered = enter();
        try {
            if (first) {
                lookBefore(sql);
            } else {
                requireNotSending();
            }
            requireRole();
            if (session.isRaw()) {
                Decision decision = session.decide(sql);
                ground.noteDecided();
                return decision instanceof Decision.Rewrite rewrite
                        ? SentText.rewritten(rewrite, true, session.decided())
                        : SentText.asIs(sql);
            }
            return decideTwice(deciding);
        } catch (BautaSQLException e) {
            throw fail(e);
        } catch (SQLException e) {
            throw translate(e);
        } finally {
            leave(entered);
        }
    }

    /** Once more with fresh catalogs, where a relation may have been created a moment ago. */
    private SentText decideTwice(SqlAction<SentText> deciding) throws SQLException {
        try {
            return deciding.run();
        } catch (BautaSQLException e) {
            boolean unknown =
                    e.code().filter(RefusalCode.UNDEFINED_RELATION::equals).isPresent();
            if (!unknown || pg.isFailed()) {
                throw e;
            }
            asking(() -> {
                ground.refreshCatalog();
                return Boolean.TRUE;
            });
            return deciding.run();
        }
    }

    /** Closes the connection when the rules in force leave the session less than it has. */
    private void requireRole() throws SQLException {
        Refusal refusal = session.reviewRole();
        if (refusal != null) {
            pg.raw().close();
            throw told(BautaSQLException.of(refusal, 0));
        }
    }

    /**
     * Refuses further rows of what would be decided otherwise by now.
     *
     * @param look true to look at the rule file, too
     */
    void requireCurrent(Held held, boolean look) throws SQLException {
        if (look) {
            ground.lookAtRules();
        } else if (held.isKnownCurrent()) {
            return; // As nearly always: this is asked for each row.
        }
        boolean entered = enter();
        try {
            if (look) {
                asking(() -> {
                    ground.refreshChangedCatalog();
                    return Boolean.TRUE;
                });
            }
            boolean current = held.isCurrent();
            requireRole(); // After that question: whatever is put in force after it makes the next row ask again.
            if (!current) {
                throw BautaSQLException.of(
                        RefusalCode.RULES_CHANGED,
                        "the result was selected under other rules or tables",
                        "Execute the statement again.");
            }
        } finally {
            leave(entered);
        }
    }

    /**
     * Refuses rows of a cursor that the PostgreSQL driver has fetched by itself, and does not tell by what name, where they can be of one that
     * would be decided otherwise by now.
     */
    void requireCurrentCursors() throws SQLException {
        if (!session.isRaw()) {
            requireCurrent(session.portals()::areAllCurrent, false);
        }
    }

    /** The error to throw for a refusal, after the transaction was brought into the failed state. */
    SQLException fail(BautaSQLException refusal) {
        boolean ended = refusal.code().filter(RefusalCode.ROLE_CHANGED::equals).isPresent();
        boolean entered = enter();
        try {
            // With the connection its transaction has ended.
            SQLException other = ended || sending ? null : pg.failTransaction();
            return told(other == null ? refusal : errors.translate(other, null));
        } finally {
            leave(entered);
        }
    }

    /** Runs a decided text. */
    <T> T run(SentText text, SqlCall<T> call) throws SQLException {
        boolean entered = enter();
        try {
            T result = sending(() -> call.run(text.sql()));
            ground.observeSettings();
            return result;
        } catch (SQLException e) {
            throw translate(e, text);
        } finally {
            ground.announceCommitted();
            if (!pg.inTransaction()) {
                session.endTransaction();
            }
            leave(entered);
        }
    }

    /** Runs what ends or begins a transaction past the engine; what the session knows of it has to be found out again. */
    <T> T foreign(SqlAction<T> action) throws SQLException {
        boolean entered = enter();
        try {
            requireRole();
            T result = sending(action);
            ground.observeSettings();
            return result;
        } catch (SQLException e) {
            throw translate(e);
        } finally {
            ground.noteForeign();
            ground.announceCommitted();
            if (!pg.inTransaction()) {
                session.endTransaction();
            }
            leave(entered);
        }
    }

    /** Notes that what runs may bring to light what another session has changed; by the thread that runs it. */
    void noteChange() {
        ground.noteChange();
    }

    /** The raw result set, when the result guard lets it pass. */
    ResultSet guarded(ResultSet results) throws SQLException {
        boolean entered = enter();
        try {
            return asking(() -> guard.check(results));
        } finally {
            leave(entered);
        }
    }

    /** What may be shown of a result of the database's metadata. */
    ResultSet metadata(ResultSet results) throws SQLException {
        boolean entered = enter();
        try {
            lookBefore("");
            requireRole();
            return session.isRaw() ? results : metadata.withoutDefinitions(results);
        } finally {
            leave(entered);
        }
    }

    /** Refuses a feature that goes past SQL text to sessions that are masked. */
    void requireFeature(String feature) throws SQLException {
        boolean entered = enter();
        try {
            if (!session.isRaw() && session.decideFeature(feature) instanceof Decision.Refuse refuse) {
                throw fail(BautaSQLException.of(refuse.refusal(), 0));
            }
        } finally {
            leave(entered);
        }
    }

    /**
     * Refuses to masked sessions what the server would cast to a type that calls an unsafe function.
     *
     * @param type a name as {@link org.postgresql.util.PGobject#getType} has it
     * @return false where the PostgreSQL driver finds no such type; one that it has found it finds from then on
     */
    boolean requireSafeType(String type) throws SQLException {
        return requireSafe(() -> pg.typeOf(type));
    }

    /**
     * As {@link #requireSafeType} for an array. The PostgreSQL driver finds the type of an array by a name of its elements' type, and not always
     * that of the type which it finds by the same name for a single value.
     */
    boolean requireSafeArray(String elementType) throws SQLException {
        return requireSafe(() -> pg.arrayTypeOf(elementType));
    }

    private boolean requireSafe(SqlAction<Integer> find) throws SQLException {
        if (session.isRaw()) {
            return true;
        }
        boolean entered = enter();
        try {
            int type = asking(find);
            if (session.decide("", List.of(type)) instanceof Decision.Refuse refuse) {
                throw fail(BautaSQLException.of(refuse.refusal(), 0));
            }
            return type != 0;
        } catch (SQLException e) {
            throw translate(e);
        } finally {
            leave(entered);
        }
    }

    SQLException translate(SQLException e) {
        return translate(e, null);
    }

    SQLException translate(SQLException e, @Nullable SentText text) {
        return told(session.isRaw() ? e : errors.translate(e, text));
    }

    SQLWarning translateWarnings(SQLWarning warning) {
        return session.isRaw() ? warning : errors.translate(warning);
    }

    PgSide pg() {
        return pg;
    }

    /** Whose session it is and its role; nothing of the connection. */
    @Override
    public String toString() {
        return "SessionLink[" + session.principal() + ", " + session.role().name() + "]";
    }
}
