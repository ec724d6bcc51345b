package dev.bauta.jdbc;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The driver for {@code jdbc:bauta:postgresql://…} URLs. Behind the prefix stands a URL of the PostgreSQL driver with all
 * of its parameters, and two of Bauta's: {@code bautaRules}, the rule file, required; and {@code bautaRole}, the role that the
 * application expects to have, optional, checked and never used to choose a role. Thread-safe.
 */
public final class BautaDriver implements Driver {
    /** What every URL of this driver starts with; the PostgreSQL driver's URL follows. */
    public static final String PREFIX = "jdbc:bauta:postgresql:";

    /** The driver's name. */
    public static final String NAME = "Bauta JDBC Driver";

    /** The driver's major version. */
    public static final int MAJOR_VERSION = 0;

    /** The driver's minor version. */
    public static final int MINOR_VERSION = 1;

    static {
        try {
            DriverManager.registerDriver(new BautaDriver());
        } catch (SQLException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Connector connector;

    /** A driver with the engine of its own module. */
    public BautaDriver() {
        this((rules, connection) -> EngineSource.create(new RuleFiles(rules), connection));
    }

    BautaDriver(SessionSource.Factory sources) {
        this.connector = new Connector(sources);
    }

    @Override
    public @Nullable Connection connect(String url, @Nullable Properties info) throws SQLException {
        if (!acceptsURL(url)) {
            return null;
        }
        return connector.connect(BautaUrl.parse(url, info == null ? new Properties() : info));
    }

    @Override
    public boolean acceptsURL(String url) {
        return url.startsWith(PREFIX);
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, @Nullable Properties info) {
        Properties given = info == null ? new Properties() : info;
        String raw = acceptsURL(url) ? "jdbc:postgresql:" + url.substring(PREFIX.length()) : url;
        Properties parsed = org.postgresql.Driver.parseURL(raw, given);
        Properties all = parsed == null ? given : parsed;
        List<DriverPropertyInfo> properties = new ArrayList<>();
        properties.add(property(all, BautaUrl.RULES, "The rule file.", true));
        properties.add(property(all, BautaUrl.ROLE, "The role the connection is expected to have.", false));
        properties.addAll(List.of(new org.postgresql.Driver().getPropertyInfo(raw, given)));
        return properties.toArray(new DriverPropertyInfo[0]);
    }

    private static DriverPropertyInfo property(Properties all, String name, String description, boolean required) {
        DriverPropertyInfo property = new DriverPropertyInfo(name, all.getProperty(name));
        property.description = description;
        property.required = required;
        return property;
    }

    @Override
    public int getMajorVersion() {
        return MAJOR_VERSION;
    }

    @Override
    public int getMinorVersion() {
        return MINOR_VERSION;
    }

    /** False, as with the PostgreSQL driver. */
    @Override
    public boolean jdbcCompliant() {
        return false;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException("Bauta logs by SLF4J.");
    }
}
