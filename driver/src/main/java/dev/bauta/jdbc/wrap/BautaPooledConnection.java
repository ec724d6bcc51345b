package dev.bauta.jdbc.wrap;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import javax.sql.ConnectionEvent;
import javax.sql.ConnectionEventListener;
import javax.sql.PooledConnection;
import javax.sql.StatementEventListener;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;

/** A connection that a pool keeps, and lends as one handle after the other. Statement events are not given. */
class BautaPooledConnection implements PooledConnection {
    /** Classes and states of errors after which a connection is of no use (manual, appendix A). */
    private static final Set<String> FATAL = Set.of("08", "57P01", "57P02", "57P03", "58", "XX");

    private final BaseConnection raw;
    private final SessionLink link;
    private final List<ConnectionEventListener> listeners = new CopyOnWriteArrayList<>();
    private @Nullable ConnectionHandle lent;

    BautaPooledConnection(BaseConnection raw, SessionLink link) {
        this.raw = raw;
        this.link = link;
        link.tellErrors(this::onError);
    }

    final BaseConnection raw() {
        return raw;
    }

    final SessionLink link() {
        return link;
    }

    /** A new handle; one that is lent already loses its connection (JDBC 4.3, section 11.4). */
    @Override
    public synchronized Connection getConnection() throws SQLException {
        returnLent();
        if (!isInGlobalTransaction()) {
            raw.setAutoCommit(true);
        }
        raw.clearWarnings();
        ConnectionHandle handle = new ConnectionHandle(this);
        lent = handle;
        return handle.connection();
    }

    /** True while a transaction manager says when the transaction ends. */
    boolean isInGlobalTransaction() {
        return false;
    }

    private void returnLent() throws SQLException {
        ConnectionHandle handle = lent;
        lent = null;
        if (handle != null) {
            handle.invalidate();
            endLocalTransaction();
        }
    }

    private void endLocalTransaction() throws SQLException {
        if (!raw.isClosed() && !raw.getAutoCommit() && !isInGlobalTransaction()) {
            link.foreign(() -> {
                raw.rollback();
                return Boolean.TRUE;
            });
        }
    }

    /** Called when an application closes its handle. */
    synchronized void onClose(ConnectionHandle handle) throws SQLException {
        if (lent == handle) {
            returnLent();
            tell(listener -> listener.connectionClosed(new ConnectionEvent(this)));
        }
    }

    /** Whatever has met with the error: the connection, a statement or a result. */
    private void onError(SQLException e) {
        String state = e.getSQLState();
        if (state != null && (FATAL.contains(state) || state.length() == 5 && FATAL.contains(state.substring(0, 2)))) {
            tell(listener -> listener.connectionErrorOccurred(new ConnectionEvent(this, e)));
        }
    }

    private void tell(Consumer<ConnectionEventListener> event) {
        listeners.forEach(event);
    }

    @Override
    public synchronized void close() throws SQLException {
        returnLent();
        raw.close();
    }

    @Override
    public void addConnectionEventListener(ConnectionEventListener listener) {
        listeners.add(listener);
    }

    @Override
    public void removeConnectionEventListener(ConnectionEventListener listener) {
        listeners.remove(listener);
    }

    @Override
    public void addStatementEventListener(StatementEventListener listener) {}

    @Override
    public void removeStatementEventListener(StatementEventListener listener) {}
}
