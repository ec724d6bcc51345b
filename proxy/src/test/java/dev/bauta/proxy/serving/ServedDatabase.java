package dev.bauta.proxy.serving;

import dev.bauta.proxy.Transport;
import dev.bauta.proxy.postgres.Endpoint;
import dev.bauta.proxy.postgres.PostgresServers;
import dev.bauta.proxy.serving.ProxyConfig.Catalog;
import dev.bauta.proxy.session.Limits;
import dev.bauta.testing.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** A database with a protected column, served by a whole proxy with a configuration of the test's. */
final class ServedDatabase implements AutoCloseable {
    static final String RULES =
            """
            version: 1
            roles:
              - {name: dba, users: postgres, access: raw}
            columns:
              - {match: public.people*.email, tag: pii.email, mask: email}
            """;

    private final TestDatabase database;
    private final RunningProxy proxy;
    private final int port;
    private final Path rules;

    ServedDatabase(Path directory, Operations operations) throws Exception {
        this(directory, operations, Limits.DEFAULT);
    }

    ServedDatabase(Path directory, Operations operations, Limits limits) throws Exception {
        this(directory, operations, limits, database -> new Endpoint(database.host(), database.port()));
    }

    /** @param server says how the proxy gets to the database */
    ServedDatabase(Path directory, Operations operations, Limits limits, Function<TestDatabase, Endpoint> server)
            throws Exception {
        database = TestDatabase.create(
                """
                CREATE TABLE people (id integer PRIMARY KEY, email text, born date);
                INSERT INTO people VALUES (1, 'canary-ada@example.com', '1815-12-10'), (2, 'canary-alan@example.org', NULL);
                DO $$ BEGIN
                    PERFORM pg_advisory_xact_lock(42);
                    CREATE ROLE clerk LOGIN PASSWORD 'clerk';
                EXCEPTION WHEN duplicate_object THEN NULL;
                END $$;
                GRANT SELECT ON people TO clerk;
                """);
        rules = Files.writeString(directory.resolve("rules.yaml"), RULES);
        port = freePort();
        Catalog catalog =
                new Catalog("postgres", new Secret("postgres"), List.of(database.name()), Duration.ofSeconds(1));
        proxy = RunningProxy.start(new ProxyConfig(
                new Endpoint("127.0.0.1", port),
                null,
                Transport.best(),
                PostgresServers.of(server.apply(database)),
                catalog,
                ProxyConfig.Access.DEFAULT,
                rules,
                limits,
                operations));
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    RunningProxy proxy() {
        return proxy;
    }

    TestDatabase database() {
        return database;
    }

    Path rules() {
        return rules;
    }

    /** Puts another text in the rule file's place, which the proxy reads again and again, and must not find half written. */
    void replaceRules(String text) throws IOException {
        Path next = Files.writeString(rules.resolveSibling("next.yaml"), text);
        Files.move(next, rules, StandardCopyOption.ATOMIC_MOVE);
    }

    int port() {
        return port;
    }

    /** A connection through the proxy; parameters begin with a question mark. */
    Connection connect(String user, String parameters) throws SQLException {
        String url = "jdbc:postgresql://127.0.0.1:" + port + "/" + database.name();
        return DriverManager.getConnection(url + parameters, user, user);
    }

    @Override
    public void close() {
        proxy.close();
        database.drop();
    }
}
