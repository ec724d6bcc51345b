package dev.bauta.jdbc;

import java.io.PrintWriter;
import java.io.Serializable;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Properties;
import java.util.logging.Logger;
import javax.naming.Reference;
import javax.naming.Referenceable;
import javax.naming.StringRefAddr;
import javax.sql.CommonDataSource;
import org.jspecify.annotations.Nullable;

/**
 * What the data sources have in common: the URL and the properties of the connections they open. To be set up before it is
 * shared between threads. Its serialized form and its JNDI reference hold the password, as those of the PostgreSQL driver's
 * data sources do; the key is a reference in them too.
 */
public abstract sealed class BautaCommonDataSource implements CommonDataSource, Referenceable, Serializable
        permits BautaDataSource, BautaConnectionPoolDataSource, BautaXADataSource {
    private static final long serialVersionUID = 1;

    private final Properties properties = new Properties();
    private @Nullable String url;
    private transient @Nullable PrintWriter logWriter;

    BautaCommonDataSource() {}

    /** The URL of a connection. @throws SQLException when there is none */
    final BautaUrl target(@Nullable String user, @Nullable String password) throws SQLException {
        if (url == null || !url.startsWith(BautaDriver.PREFIX)) {
            throw new SQLException("The data source has no URL that starts with " + BautaDriver.PREFIX, "08001");
        }
        Properties all = new Properties();
        all.putAll(properties);
        put(all, "user", user);
        put(all, "password", password);
        return BautaUrl.parse(url, all);
    }

    /** The URL of a connection of the data source's own user. @throws SQLException when there is none */
    final BautaUrl target() throws SQLException {
        return target(properties.getProperty("user"), properties.getProperty("password"));
    }

    private static void put(Properties all, String name, @Nullable String value) {
        if (value == null) {
            all.remove(name);
        } else {
            all.setProperty(name, value);
        }
    }

    /** Sets the URL, {@code jdbc:bauta:postgresql://…}. Parameters in it win over properties beside it. */
    public final void setUrl(String url) {
        this.url = url;
    }

    /** The URL without its parameters, or null. */
    public final @Nullable String getUrl() {
        int parameters = url == null ? -1 : url.indexOf('?');
        return url == null || parameters < 0 ? url : url.substring(0, parameters);
    }

    /** Sets any connection property of Bauta's or of the PostgreSQL driver's; null removes it. */
    public final void setProperty(String name, @Nullable String value) {
        put(properties, name, value);
    }

    /** Sets the database user. */
    public final void setUser(@Nullable String user) {
        setProperty("user", user);
    }

    /** The database user, or null. */
    public final @Nullable String getUser() {
        return properties.getProperty("user");
    }

    /** Sets the password. */
    public final void setPassword(@Nullable String password) {
        setProperty("password", password);
    }

    /** Sets where the rules are. */
    public final void setBautaRules(@Nullable String rules) {
        setProperty(BautaUrl.RULES, rules);
    }

    /** Where the rules are, or null. */
    public final @Nullable String getBautaRules() {
        return properties.getProperty(BautaUrl.RULES);
    }

    /** Sets the role that connections are expected to have. */
    public final void setBautaRole(@Nullable String role) {
        setProperty(BautaUrl.ROLE, role);
    }

    /** The role that connections are expected to have, or null. */
    public final @Nullable String getBautaRole() {
        return properties.getProperty(BautaUrl.ROLE);
    }

    /** Sets where the rules' master key is: a reference, never a key. */
    public final void setBautaKey(@Nullable String reference) {
        setProperty(BautaUrl.KEY, reference);
    }

    @Override
    public final @Nullable PrintWriter getLogWriter() {
        return logWriter;
    }

    /** Kept, and never written to: Bauta logs by SLF4J. */
    @Override
    public final void setLogWriter(@Nullable PrintWriter out) {
        logWriter = out;
    }

    /** In seconds, 0 for the PostgreSQL driver's default. */
    @Override
    public final int getLoginTimeout() {
        return Integer.parseInt(properties.getProperty("loginTimeout", "0"));
    }

    @Override
    public final void setLoginTimeout(int seconds) {
        setProperty("loginTimeout", Integer.toString(seconds));
    }

    @Override
    public final Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException("Bauta logs by SLF4J.");
    }

    /** All that was set, for {@link BautaObjectFactory} to make an equal data source from. */
    @Override
    public final Reference getReference() {
        Reference reference = new Reference(getClass().getName(), BautaObjectFactory.class.getName(), null);
        if (url != null) {
            reference.add(new StringRefAddr(BautaObjectFactory.URL, url));
        }
        properties
                .stringPropertyNames()
                .forEach(name -> reference.add(new StringRefAddr(name, properties.getProperty(name))));
        return reference;
    }

    /** The class and the URL without its parameters. */
    @Override
    public final String toString() {
        return getClass().getSimpleName() + "[" + getUrl() + "]";
    }
}
