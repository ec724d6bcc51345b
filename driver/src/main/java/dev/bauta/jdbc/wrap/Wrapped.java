package dev.bauta.jdbc.wrap;

import dev.bauta.jdbc.BautaSQLException;
import dev.bauta.refusal.RefusalCode;
import java.sql.SQLException;
import java.sql.Wrapper;

/**
 * An object that stands for a raw object of the PostgreSQL driver and never gives it away.
 *
 * @param <R> the interface of {@code java.sql} that both implement
 */
abstract class Wrapped<R> implements Wrapper {
    private final Wraps wraps;

    Wrapped(Wraps wraps) {
        this.wraps = wraps;
    }

    /** The raw object; kept by the subclass, which knows its type without a cast at each call. */
    abstract R raw();

    final Wraps wraps() {
        return wraps;
    }

    /**
     * Answers this object, and only for the interfaces of {@code java.sql} and of Bauta's own that it implements itself: the
     * raw object behind it would be a way past the masks.
     */
    @Override
    public final <T> T unwrap(Class<T> type) throws SQLException {
        if (isWrapperFor(type)) {
            return type.cast(this);
        }
        throw BautaSQLException.of(
                RefusalCode.PROTOCOL_FEATURE,
                "cannot unwrap to " + type.getName(),
                "Bauta gives access to the interfaces of java.sql, and to its own: Copy and Notifications.");
    }

    @Override
    public final boolean isWrapperFor(Class<?> type) {
        return type.isInterface() && type.isInstance(this) && isPublic(type);
    }

    private static boolean isPublic(Class<?> type) {
        return type.getName().startsWith("java.sql.") || type.getPackage().equals(BautaSQLException.class.getPackage());
    }

    /** The class and an identity: SQL texts and bind values stay out of logs. */
    @Override
    public String toString() {
        return getClass().getSimpleName() + "@" + Integer.toHexString(System.identityHashCode(this));
    }
}
