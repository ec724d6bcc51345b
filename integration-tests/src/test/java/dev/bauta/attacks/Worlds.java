package dev.bauta.attacks;

import dev.bauta.catalog.CatalogLoader;
import dev.bauta.engine.Engine;
import dev.bauta.engine.Session;
import dev.bauta.lexer.LexerSettings;
import dev.bauta.policy.Principal;
import dev.bauta.proxy.ProxyServer;
import dev.bauta.proxy.ProxySettings;
import dev.bauta.proxy.session.SessionFactory;
import dev.bauta.rulefile.RuleFile;
import dev.bauta.rulefile.RuleSet;
import dev.bauta.testing.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Two databases that are alike down to the object identifiers, but for the values of protected columns, whose masks agree. So
 * whatever a masked role is told, it must be told the same in both; a difference is a leak, in whatever guise it comes.
 */
final class Worlds implements AutoCloseable {
    /** A masked role that may do on the server whatever a GRANT can allow. */
    static final String ATTACKER = "mallory";

    private static final List<Secret> SECRETS = List.of(new Secret("alpha", 3), new Secret("omegas", 7));

    private final List<TestDatabase> databases;
    private final Path rules;
    private final ProxyServer proxy;
    private final InetSocketAddress address;

    /** What one world has in place of {@code :secret} and {@code :digit}. */
    private record Secret(String word, int digit) {
        String in(String script) {
            return script.replace(":secret", word).replace(":digit", Integer.toString(digit));
        }
    }

    Worlds() throws Exception {
        TestDatabase template = TestDatabase.create(Technique.text("worlds.sql"));
        databases = SECRETS.stream().map(secret -> world(template, secret)).toList();
        rules = Files.createTempFile("bauta-attacks", ".yaml");
        Files.writeString(rules, Technique.text("rules.yaml"));
        proxy = new ProxyServer(
                ProxySettings.of(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), template.host(), template.port()),
                new EngineSessions(databases, RuleFile.load(rules)));
        address = proxy.start();
    }

    private static TestDatabase world(TestDatabase template, Secret secret) {
        TestDatabase world = template.copy();
        world.run(secret.in(Technique.text("secrets.sql")));
        return world;
    }

    private static final class EngineSessions implements SessionFactory {
        private final List<TestDatabase> databases;
        private final Map<String, Engine> engines = new HashMap<>();

        EngineSessions(List<TestDatabase> databases, RuleSet rules) throws SQLException {
            this.databases = databases;
            for (TestDatabase database : databases) {
                try (Connection connection = database.connect()) {
                    engines.put(database.name(), Engine.of(rules, CatalogLoader.load(connection)));
                }
            }
        }

        @Override
        public Session open(Principal principal) {
            return engine(principal.database()).open(principal, LexerSettings.SERVER);
        }

        private Engine engine(String database) {
            Engine engine = engines.get(database);
            if (engine == null) {
                throw new IllegalArgumentException(database);
            }
            return engine;
        }

        @Override
        public void refreshCatalog() {
            for (TestDatabase database : databases) {
                try (Connection connection = database.connect()) {
                    engine(database.name()).replaceCatalog(CatalogLoader.load(connection));
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }

    /** How many there are. */
    int count() {
        return databases.size();
    }

    /** The name of a world's database. */
    String database(int world) {
        return databases.get(world).name();
    }

    /** Where the proxy listens. */
    InetSocketAddress proxy() {
        return address;
    }

    /** Where the PostgreSQL server listens. */
    InetSocketAddress server() {
        return new InetSocketAddress(databases.get(0).host(), databases.get(0).port());
    }

    /** A connection of Bauta's driver. */
    Connection throughDriver(int world) throws SQLException {
        String url = databases.get(world).url().substring("jdbc:".length());
        return DriverManager.getConnection("jdbc:bauta:" + url + "?bautaRules=" + rules, ATTACKER, ATTACKER);
    }

    /** A connection of the PostgreSQL driver to the proxy. */
    Connection throughProxy(int world) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + address.getPort() + "/" + database(world), ATTACKER, ATTACKER);
    }

    /** A connection past Bauta. */
    Connection direct(int world) throws SQLException {
        return databases.get(world).connect(ATTACKER);
    }

    /** What something gives in each world. */
    <T> List<T> each(InWorld<T> action) throws Exception {
        List<T> answers = new ArrayList<>();
        for (int world = 0; world < count(); world++) {
            answers.add(action.run(world));
        }
        return answers;
    }

    /** Something done in one world. */
    interface InWorld<T> {
        T run(int world) throws Exception;
    }

    @Override
    public void close() throws IOException {
        proxy.close();
        Files.delete(rules);
    }
}
