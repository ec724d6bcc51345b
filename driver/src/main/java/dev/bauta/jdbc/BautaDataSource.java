package dev.bauta.jdbc;

import dev.bauta.refusal.RefusalCode;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Opens a new connection each time. Thread-safe once it is set up. */
public final class BautaDataSource extends BautaCommonDataSource implements DataSource {
    private static final long serialVersionUID = 1;

    /** A data source without URL. */
    public BautaDataSource() {}

    @Override
    public Connection getConnection() throws SQLException {
        return BautaDriver.connector().connect(target());
    }

    @Override
    public Connection getConnection(@Nullable String user, @Nullable String password) throws SQLException {
        return BautaDriver.connector().connect(target(user, password));
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        if (isWrapperFor(type)) {
            return type.cast(this);
        }
        throw BautaSQLException.of(
                RefusalCode.PROTOCOL_FEATURE, "cannot unwrap to " + type.getName(), "There is nothing behind this.");
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return type.isInstance(this);
    }
}
