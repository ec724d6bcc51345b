package dev.bauta.jdbc.wrap;

import dev.bauta.jdbc.BautaSQLException;
import dev.bauta.jdbc.Copy;
import dev.bauta.jdbc.ErrorObjects;
import dev.bauta.jdbc.Notifications;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an application holds while a pooled connection is lent to it: a wrapped connection that can be taken away. */
final class ConnectionHandle implements InvocationHandler {
    /** These end or mark the transaction, which is not the application's under a transaction manager. */
    private static final Set<String> TRANSACTION =
            Set.of("commit", "rollback", "setAutoCommit", "setSavepoint", "releaseSavepoint");

    private final BautaPooledConnection owner;
    private final BautaConnection target;
    private final Connection proxy;
    private volatile boolean closed;

    ConnectionHandle(BautaPooledConnection owner) {
        this.owner = owner;
        Wraps wraps = new Wraps(owner.link());
        this.target = new BautaConnection(owner.raw(), wraps);
        this.proxy = (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class, Copy.class, Notifications.class}, this);
        wraps.setConnection(proxy);
    }

    Connection connection() {
        return proxy;
    }

    void invalidate() {
        closed = true;
    }

    @Override
    public @Nullable Object invoke(Object self, Method method, Object @Nullable [] arguments) throws Throwable {
        Object first = arguments == null || arguments.length == 0 ? null : arguments[0];
        return switch (method.getName()) {
            case "equals" -> self == first;
            case "hashCode" -> System.identityHashCode(self);
            case "toString" -> target.toString();
            case "isClosed" -> closed || target.isClosed();
            case "isWrapperFor" -> target.isWrapperFor((Class<?>) Objects.requireNonNull(first));
            case "unwrap" -> {
                target.unwrap((Class<?>) Objects.requireNonNull(first));
                yield self;
            }
            case "close" -> {
                owner.onClose(this);
                yield null;
            }
            case "abort" -> {
                closed = true;
                yield call(method, arguments);
            }
            default -> {
                requireAllowed(method);
                yield call(method, arguments);
            }
        };
    }

    private void requireAllowed(Method called) throws SQLException {
        if (!called.getDeclaringClass().isInterface()) {
            throw new IllegalArgumentException("not a method of the connection's interfaces");
        }
        String method = called.getName();
        if (closed) {
            throw new BautaSQLException("This connection has been closed.", "08003", null, 0, ErrorObjects.NONE);
        }
        if (TRANSACTION.contains(method) && owner.isInGlobalTransaction()) {
            throw new BautaSQLException(
                    method + " is not allowed while an XA transaction is active.", "55000", null, 0, ErrorObjects.NONE);
        }
    }

    private @Nullable Object call(Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw Objects.requireNonNull(e.getCause());
        }
    }
}
