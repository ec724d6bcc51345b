package dev.bauta.jdbc.wrap;

import java.sql.SQLException;
import javax.sql.XAConnection;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.xa.PGXAConnection;

/**
 * A connection of a transaction manager. The PostgreSQL driver's own XA connection does the work and stays hidden: it is its
 * own {@code XAResource}, and would give raw connections to whoever casts it.
 */
final class BautaXAConnection extends BautaPooledConnection implements XAConnection {
    private final Resource resource;

    BautaXAConnection(BaseConnection raw, SessionLink link) throws SQLException {
        super(raw, link);
        this.resource = new Resource(new PGXAConnection(raw), link);
    }

    @Override
    public XAResource getXAResource() {
        return resource;
    }

    @Override
    boolean isInGlobalTransaction() {
        return resource.active;
    }

    private interface Step<T> {
        T run() throws XAException;
    }

    /** Forwards to the PostgreSQL driver's, under the session's lock. */
    private static final class Resource implements XAResource {
        private final XAResource raw;
        private final SessionLink link;
        /** From the start of a transaction's work here until it is prepared or ended. */
        private volatile boolean active;
        /** What was prepared here last. */
        private volatile @Nullable Xid prepared;

        Resource(PGXAConnection connection, SessionLink link) {
            this.raw = connection.getXAResource();
            this.link = link;
        }

        private <T> T step(Step<T> step) throws XAException {
            try {
                return link.foreign(() -> {
                    try {
                        return step.run();
                    } catch (XAException e) {
                        throw new Failed(e);
                    }
                });
            } catch (Failed e) {
                throw withoutCause(e.cause);
            } catch (SQLException e) {
                throw new XAException(XAException.XAER_RMFAIL);
            }
        }

        /** The cause is the PostgreSQL driver's exception, with all that the server said. */
        private static XAException withoutCause(XAException e) {
            XAException copy = new XAException(e.errorCode);
            copy.setStackTrace(e.getStackTrace());
            return copy;
        }

        private void run(VoidStep step) throws XAException {
            step(() -> {
                step.run();
                return Boolean.TRUE;
            });
        }

        private interface VoidStep {
            void run() throws XAException;
        }

        private static final class Failed extends RuntimeException {
            private static final long serialVersionUID = 1L;
            private final transient XAException cause;

            Failed(XAException cause) {
                super(null, null, false, false);
                this.cause = cause;
            }
        }

        @Override
        public void start(Xid xid, int flags) throws XAException {
            run(() -> raw.start(xid, flags));
            active = true;
        }

        @Override
        public void end(Xid xid, int flags) throws XAException {
            run(() -> raw.end(xid, flags));
        }

        @Override
        public int prepare(Xid xid) throws XAException {
            int vote = step(() -> raw.prepare(xid));
            prepared = xid;
            active = false;
            return vote;
        }

        @Override
        public void commit(Xid xid, boolean onePhase) throws XAException {
            run(() -> {
                if (!onePhase && bringsChange(xid)) {
                    link.noteChange();
                }
                raw.commit(xid, onePhase);
            });
            active = false;
        }

        /** What a raw session has prepared can have changed the catalogs, which shows when it is committed. */
        @SuppressWarnings("ReferenceEquality")
        private boolean bringsChange(Xid xid) {
            return link.isRaw() || xid != prepared;
        }

        @Override
        public void rollback(Xid xid) throws XAException {
            run(() -> raw.rollback(xid));
            active = false;
        }

        @Override
        public void forget(Xid xid) throws XAException {
            run(() -> raw.forget(xid));
        }

        @Override
        public Xid[] recover(int flags) throws XAException {
            return step(() -> raw.recover(flags));
        }

        @Override
        public boolean isSameRM(XAResource other) {
            return this == other;
        }

        @Override
        public int getTransactionTimeout() throws XAException {
            return raw.getTransactionTimeout();
        }

        @Override
        public boolean setTransactionTimeout(int seconds) throws XAException {
            return raw.setTransactionTimeout(seconds);
        }
    }
}
