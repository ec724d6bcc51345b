package dev.bauta.jdbc;

import dev.bauta.jdbc.wrap.Connections;
import java.sql.SQLException;
import javax.sql.ConnectionPoolDataSource;
import javax.sql.PooledConnection;
import org.jspecify.annotations.Nullable;

/** Opens connections for a pool. Thread-safe once it is set up. */
public final class BautaConnectionPoolDataSource extends BautaCommonDataSource implements ConnectionPoolDataSource {
    private static final long serialVersionUID = 1;

    /** A data source without URL. */
    public BautaConnectionPoolDataSource() {}

    @Override
    public PooledConnection getPooledConnection() throws SQLException {
        return BautaDriver.connector().open(target(), Connections::wrapPooled);
    }

    @Override
    public PooledConnection getPooledConnection(@Nullable String user, @Nullable String password) throws SQLException {
        return BautaDriver.connector().open(target(user, password), Connections::wrapPooled);
    }
}
