package dev.bauta.jdbc.wrap;

import dev.bauta.jdbc.BautaDriver;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;

/** The database's metadata; the driver it names is Bauta. */
final class BautaDatabaseMetaData extends ForwardingDatabaseMetaData<DatabaseMetaData> {
    BautaDatabaseMetaData(DatabaseMetaData raw, Wraps wraps) {
        super(raw, wraps);
    }

    /** Without the parameters, among which passwords and keys can be. */
    @Override
    public String getURL() throws SQLException {
        String url = super.getURL();
        int parameters = url.indexOf('?');
        return BautaDriver.PREFIX
                + (parameters < 0 ? url : url.substring(0, parameters)).substring("jdbc:postgresql:".length());
    }

    @Override
    public Connection getConnection() throws SQLException {
        return wraps().connection();
    }

    @Override
    public String getDriverName() {
        return BautaDriver.NAME;
    }

    @Override
    public String getDriverVersion() {
        return BautaDriver.MAJOR_VERSION + "." + BautaDriver.MINOR_VERSION;
    }

    @Override
    public int getDriverMajorVersion() {
        return BautaDriver.MAJOR_VERSION;
    }

    @Override
    public int getDriverMinorVersion() {
        return BautaDriver.MINOR_VERSION;
    }
}
