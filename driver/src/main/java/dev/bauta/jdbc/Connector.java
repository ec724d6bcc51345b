package dev.bauta.jdbc;

import dev.bauta.engine.Session;
import dev.bauta.jdbc.rules.KeyReference;
import dev.bauta.jdbc.rules.RulesLocation;
import dev.bauta.jdbc.wrap.CatalogWatch;
import dev.bauta.jdbc.wrap.Connections;
import dev.bauta.policy.Principal;
import dev.bauta.refusal.Refusal;
import dev.bauta.refusal.RefusalCode;
import dev.bauta.rulefile.Access;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens connections, and keeps one {@link SessionSource} for each server, database and rule file. Where a URL has several hosts, each of
 * these servers has one of its own: what one of them holds is not decided by the catalogs of another. Thread-safe.
 */
final class Connector {
    private static final Logger LOG = LoggerFactory.getLogger(Connector.class);

    private final SessionSource.Factory factory;
    private final Map<Key, Slot> slots = new ConcurrentHashMap<>();

    Connector(SessionSource.Factory factory) {
        this.factory = factory;
    }

    private record Key(List<String> server, String database, RulesLocation rules, KeyReference key) {}

    /** Holds a source once it could be created. */
    private static final class Slot {
        private final ReentrantLock lock = new ReentrantLock();
        private @Nullable SessionSource source;
    }

    /** Opens a connection. @throws SQLException when anything at all is not as it has to be; nothing is left open */
    Connection connect(BautaUrl target) throws SQLException {
        return open(target, Connections::wrap);
    }

    /**
     * Puts wrappers around a connection that has just been opened.
     *
     * @param <T> what the application gets
     */
    interface Wrapping<T> {
        T wrap(BaseConnection raw, Session session, CatalogWatch catalog) throws SQLException;
    }

    /** Opens a connection and wraps it. @throws SQLException when anything at all is not as it has to be */
    <T> T open(BautaUrl target, Wrapping<T> wrapping) throws SQLException {
        Principal principal = new Principal(target.user(), target.database());
        SessionSource source = source(target);
        Session session = begin(source, target, principal);
        BaseConnection raw = RawConnections.open(target, session);
        try {
            requireIdentity(raw, principal);
            if (!target.hasSeveralHosts()) {
                return wrapping.wrap(raw, session, new Watch(source, target));
            }
            BautaUrl reached = target.only(raw.getQueryExecutor().getHostSpec());
            SessionSource own = source(reached);
            Session there = begin(own, reached, principal);
            requireOpenedFor(there, session);
            return wrapping.wrap(raw, there, new Watch(own, reached));
        } catch (SQLException | RuntimeException e) {
            raw.close();
            throw e;
        }
    }

    /** Looks at the rule file first: of several servers' sources, that of one that is not reached any more has no sessions that look. */
    private static Session begin(SessionSource source, BautaUrl target, Principal principal) throws SQLException {
        source.lookAtRules();
        Session session = source.open(principal);
        requireRole(session, target.role());
        Refusal refusal = session.reviewStartup(StartupOptions.parameters(target));
        if (refusal != null) {
            throw BautaSQLException.of(refusal, 0);
        }
        return session;
    }

    /** The raw connection was opened for what the rules said before the host was known. */
    private static void requireOpenedFor(Session session, Session expected) throws SQLException {
        boolean same =
                session.isRaw() == expected.isRaw() && session.startupSettings().equals(expected.startupSettings());
        if (!same) {
            throw BautaSQLException.of(
                    RefusalCode.RULES_CHANGED,
                    "the rules have changed while the connection was opened",
                    "Connect again.");
        }
    }

    private SessionSource source(BautaUrl target) throws SQLException {
        Slot slot = slots.computeIfAbsent(key(target), k -> new Slot());
        slot.lock.lock();
        try {
            SessionSource source = slot.source;
            if (source == null) {
                try (BaseConnection raw = RawConnections.openForCatalogs(target)) {
                    source = target.hasSeveralHosts()
                            ? source(target.only(raw.getQueryExecutor().getHostSpec()))
                            : factory.create(target.rules().open(target.key()), raw);
                }
                slot.source = source;
            }
            return source;
        } finally {
            slot.lock.unlock();
        }
    }

    private static Key key(BautaUrl target) throws SQLException {
        return new Key(target.server(), target.database(), target.rules(), target.key());
    }

    private static void requireRole(Session session, @Nullable String expected) throws SQLException {
        String name = session.role().name();
        if (session.role().access() == Access.REFUSED) {
            throw BautaSQLException.of(
                    RefusalCode.ROLE_REFUSED,
                    "the role \"" + name + "\" of user \"" + session.principal().user() + "\" may not connect",
                    "Ask the administrator of the rule file.");
        }
        if (expected != null && !expected.equals(name)) {
            throw BautaSQLException.of(
                    RefusalCode.ROLE_REFUSED,
                    "the user \"" + session.principal().user() + "\" has the role \"" + name + "\", not \"" + expected
                            + "\"",
                    "The property " + BautaUrl.ROLE + " states the expected role; it cannot choose one.");
        }
    }

    /** The role was found by the names in the URL; the server has the last word on who the session is. */
    private static void requireIdentity(BaseConnection raw, Principal principal) throws SQLException {
        try (Statement statement = raw.createStatement();
                ResultSet result = statement.executeQuery("SELECT session_user, pg_catalog.current_database()")) {
            result.next();
            Principal actual = new Principal(result.getString(1), result.getString(2));
            if (!actual.equals(principal)) {
                throw BautaSQLException.of(
                        RefusalCode.ROLE_REFUSED,
                        "the server opened a session of another user or database than was asked for",
                        "Connect under the name that the server knows.");
            }
        }
    }

    /** One connection's view on its source: reads the catalogs by that connection, or by another one inside a transaction. */
    private record Watch(SessionSource source, BautaUrl target) implements CatalogWatch {
        @Override
        public boolean isDue() {
            return source.isDue();
        }

        @Override
        public boolean takeLook() {
            return source.takeLook();
        }

        @Override
        public void announceChange() {
            source.announceChange();
        }

        @Override
        public boolean hasChanged() {
            return source.hasChanged();
        }

        @Override
        public void lookAtRules() {
            source.lookAtRules();
        }

        @Override
        public void refresh(Connection connection) throws SQLException {
            if (connection instanceof BaseConnection raw && raw.getTransactionState() == TransactionState.IDLE) {
                source.refresh(connection);
                return;
            }
            try (Connection other = RawConnections.openForCatalogs(target)) {
                refreshBy(other);
            }
        }

        @Override
        public void refreshBeside() throws SQLException {
            try (Connection other = openOther()) {
                if (other != null) {
                    refreshBy(other);
                }
            }
        }

        private @Nullable Connection openOther() throws SQLException {
            try {
                return RawConnections.openForCatalogs(target);
            } catch (SQLException e) {
                if (source.isTooOld()) {
                    throw new SQLException(
                            "What was read of the catalogs is too old to decide by, and no other connection can be opened to read them"
                                    + " within the transaction.",
                            e.getSQLState());
                }
                LOG.atWarn()
                        .addKeyValue("state", e.getSQLState())
                        .log("The catalogs are not looked at in a transaction: there is no other connection");
                return null;
            }
        }

        /** For a lock that someone holds who waits for the session's transaction it would wait for ever: the server does not see that. */
        private void refreshBy(Connection other) throws SQLException {
            try (Statement statement = other.createStatement()) {
                statement.execute("SET lock_timeout = '5s'");
            }
            source.refreshSoon(other);
        }
    }
}
