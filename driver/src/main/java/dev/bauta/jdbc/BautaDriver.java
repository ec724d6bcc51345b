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
 * of its parameters, several hosts included, and Bauta's own, see {@link #getPropertyInfo}. Thread-safe.
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

    /** The one that the DriverManager knows; data sources share its engines. */
    private static final BautaDriver REGISTERED = new BautaDriver();

    static {
        try {
            DriverManager.registerDriver(REGISTERED);
        } catch (SQLException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Connector connector;

    /** A driver with the engine of its own module. */
    public BautaDriver() {
        this(EngineSource::create);
    }

    BautaDriver(SessionSource.Factory sources) {
        this.connector = new Connector(sources);
    }

    static Connector connector() {
        return REGISTERED.connector;
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
        properties.add(property(all, BautaUrl.RULES, "The rules: a path, file:, classpath: or https: URL.", true));
        properties.add(property(
                all,
                BautaUrl.PLAIN_HTTP,
                "Allows rules from an http: URL, where they can be changed on the way.",
                false));
        properties.add(property(
                all, BautaUrl.ROLE, "The role the connection is expected to have. It cannot choose one.", false));
        properties.add(property(
                all,
                BautaUrl.KEY,
                "Where the key is that rules name by ${env:BAUTA_KEY}: ${env:NAME} or ${file:PATH}.",
                false));
        properties.get(1).choices = new String[] {"true", "false"};
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
