package dev.bauta.jdbc;

import dev.bauta.jdbc.wrap.Connections;
import java.sql.SQLException;
import javax.sql.XAConnection;
import javax.sql.XADataSource;
import org.jspecify.annotations.Nullable;

/** Opens connections for a transaction manager. Thread-safe once it is set up. */
public final class BautaXADataSource extends BautaCommonDataSource implements XADataSource {
    private static final long serialVersionUID = 1;

    /** A data source without URL. */
    public BautaXADataSource() {}

    @Override
    public XAConnection getXAConnection() throws SQLException {
        return BautaDriver.connector().open(target(), Connections::wrapXa);
    }

    @Override
    public XAConnection getXAConnection(@Nullable String user, @Nullable String password) throws SQLException {
        return BautaDriver.connector().open(target(user, password), Connections::wrapXa);
    }
}
