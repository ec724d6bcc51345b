package dev.bauta.jdbc;

import dev.bauta.jdbc.rules.KeyReference;
import dev.bauta.jdbc.rules.RulesLocation;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.HostSpec;
import org.postgresql.util.URLCoder;

/**
 * A connection that an application asks for: the URL and the properties together, Bauta's own properties taken out.
 * Immutable. Holds passwords: {@link #toString} shows none.
 *
 * @param url the PostgreSQL driver's URL, without parameters
 * @param properties all properties for the PostgreSQL driver; those in the URL have won over those given beside it
 * @param rules where the rules are
 * @param key where the rules' master key is
 * @param role the role the application expects to have, or null
 */
record BautaUrl(
        String url, Map<String, String> properties, RulesLocation rules, KeyReference key, @Nullable String role) {
    static final String RULES = "bautaRules";
    static final String PLAIN_HTTP = "bautaRulesPlainHttp";
    static final String ROLE = "bautaRole";
    static final String KEY = "bautaKey";
    private static final String HOST = "PGHOST";
    private static final String PORT = "PGPORT";

    BautaUrl {
        properties = Map.copyOf(properties);
    }

    /** Reads a URL that starts with {@link BautaDriver#PREFIX}. @throws SQLException 08001 for one that cannot be read */
    static BautaUrl parse(String url, Properties beside) throws SQLException {
        String raw = "jdbc:postgresql:" + url.substring(BautaDriver.PREFIX.length());
        Properties all = org.postgresql.Driver.parseURL(raw, ClassPathDefaults.under(beside));
        if (all == null) {
            throw new SQLException("The part of the URL after \"" + BautaDriver.PREFIX + "\" is not valid.", "08001");
        }
        Map<String, String> properties = new TreeMap<>();
        for (String name : all.stringPropertyNames()) {
            properties.put(name, all.getProperty(name));
        }
        String rules = properties.remove(RULES);
        boolean plainHttp = Boolean.parseBoolean(properties.remove(PLAIN_HTTP));
        String role = properties.remove(ROLE);
        String key = properties.remove(KEY);
        if (rules == null || rules.isBlank()) {
            throw new SQLException("The connection property " + RULES + " names no rule file.", "08001");
        }
        requireKnown(properties);
        int parameters = raw.indexOf('?');
        return new BautaUrl(
                parameters < 0 ? raw : raw.substring(0, parameters),
                properties,
                RulesLocation.parse(rules, plainHttp),
                KeyReference.parse(key),
                role);
    }

    /** The PostgreSQL driver ignores what it does not know; a misspelt property of ours would do nothing, unseen. */
    private static void requireKnown(Map<String, String> properties) throws SQLException {
        for (String name : properties.keySet()) {
            if (name.startsWith("bauta")) {
                throw new SQLException(
                        "There is no connection property " + name + ". Bauta's are " + RULES + ", " + PLAIN_HTTP + ", "
                                + ROLE + " and " + KEY + ".",
                        "08001");
            }
        }
    }

    /** The database user. @throws SQLException 28000 when there is none */
    String user() throws SQLException {
        String user = properties.get("user");
        if (user == null || user.isEmpty()) {
            throw new SQLException("The connection property user is missing.", "28000");
        }
        return user;
    }

    /** The database; the server takes the user's name where none is given. */
    String database() throws SQLException {
        String database = properties.get("PGDBNAME");
        return database == null || database.isEmpty() ? user() : database;
    }

    /** True when the server can be one of several. */
    boolean hasSeveralHosts() {
        return properties.getOrDefault(HOST, "").contains(",");
    }

    /** The same of one of the hosts alone. */
    BautaUrl only(HostSpec host) throws SQLException {
        String address = host.getHost() + ":" + host.getPort();
        Map<String, String> changed = new TreeMap<>(properties);
        changed.put(HOST, host.getHost());
        changed.put(PORT, Integer.toString(host.getPort()));
        return new BautaUrl(
                "jdbc:postgresql://" + address + "/" + URLCoder.encode(database()), changed, rules, key, role);
    }

    /** What tells servers apart. */
    List<String> server() {
        return Stream.of(HOST, PORT, "socketFactory", "socketFactoryArg")
                .map(name -> properties.getOrDefault(name, ""))
                .toList();
    }

    /** The properties as the PostgreSQL driver takes them. */
    Properties driverProperties() {
        Properties copy = new Properties();
        copy.putAll(properties);
        return copy;
    }

    /** The URL without parameters, and the rule file. */
    @Override
    public String toString() {
        return "BautaUrl[" + url + ", " + rules + "]";
    }
}
