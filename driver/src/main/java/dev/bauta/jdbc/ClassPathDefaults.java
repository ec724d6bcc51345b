package dev.bauta.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Properties that the PostgreSQL driver takes from the class path for all connections of an application, and the system's user. It adds them
 * where nothing else is said, after we have looked: so they are read here, as it reads them, and looked at like all others.
 */
final class ClassPathDefaults {
    private static final String RESOURCE = "org/postgresql/driverconfig.properties";

    /** What was read, once as the PostgreSQL driver reads it; null before. */
    private static volatile @Nullable Properties known;

    private ClassPathDefaults() {}

    /** The properties, with the defaults as theirs. @throws SQLException when there are defaults that cannot be read */
    static Properties under(Properties given) throws SQLException {
        Properties defaults = known;
        if (defaults == null) {
            defaults = read();
            known = defaults;
        }
        // Not among the others: what a service says comes between.
        Properties all = new Properties(defaults);
        given.stringPropertyNames().forEach(name -> all.setProperty(name, given.getProperty(name)));
        return all;
    }

    private static Properties read() throws SQLException {
        Properties defaults = new Properties();
        String systemUser = System.getProperty("user.name");
        if (systemUser != null) {
            defaults.setProperty("user", systemUser);
        }
        try {
            ClassLoader loader = Objects.requireNonNull(org.postgresql.Driver.class.getClassLoader());
            List<URL> files = Collections.list(loader.getResources(RESOURCE));
            // The first on the class path wins.
            Collections.reverse(files);
            for (URL file : files) {
                try (InputStream in = file.openStream()) {
                    defaults.load(in);
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new SQLException("The resource " + RESOURCE + " on the class path cannot be read.", "08001");
        }
        return defaults;
    }
}
