package dev.bauta.proxy.verify.attack;

import dev.bauta.proxy.serving.Secret;
import dev.bauta.proxy.verify.attack.Canaries.Person;
import dev.bauta.proxy.verify.connect.Connections;
import dev.bauta.proxy.verify.connect.Login;
import dev.bauta.proxy.verify.connect.Target;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PasswordUtil;

/**
 * A schema of a random name with made-up people in it, and where no login of a masked user is known, a user of the same name to log
 * in as. Closing drops both, whatever has become of the connections. Not thread-safe.
 */
final class ScratchSchema implements AutoCloseable {
    private static final int NAME_BYTES = 8;
    private static final int PASSWORD_BYTES = 24;

    private final Target target;
    private final String name;
    private final Canaries canaries;
    private final String applicationName;
    private @Nullable Login login;
    private boolean ownsLogin;

    private ScratchSchema(Target target, String name, Canaries canaries, String applicationName) {
        this.target = target;
        this.name = name;
        this.canaries = canaries;
        this.applicationName = applicationName;
    }

    /**
     * Creates the schema, its tables and their rows.
     *
     * @param masked the login that attacks; a new user where there is none
     */
    static ScratchSchema create(Target target, Connections connections, Optional<Login> masked) throws SQLException {
        SecureRandom random = new SecureRandom();
        String name = "bauta_verify_" + hex(random, NAME_BYTES);
        ScratchSchema scratch = new ScratchSchema(target, name, Canaries.draw(random), connections.applicationName());
        try (Connection owner = connections.openOwner(target, Map.of())) {
            scratch.fill(owner, masked, random);
            return scratch;
        } catch (SQLException | RuntimeException e) {
            scratch.closeAfter(e);
            throw e;
        }
    }

    private static String hex(Random random, int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private void fill(Connection owner, Optional<Login> masked, SecureRandom random) throws SQLException {
        try (Statement statement = owner.createStatement()) {
            ownsLogin = masked.isEmpty();
            Login attacker = masked.isPresent() ? masked.get() : createLogin(statement, random);
            login = attacker;
            String user = '"' + attacker.user().replace("\"", "\"\"") + '"';
            statement.execute("CREATE SCHEMA " + name);
            statement.execute("SET search_path = " + name + ", pg_catalog");
            statement.execute(Attack.fill(Attack.resource("scratch.sql"), Map.of("s", name)));
            insert(owner);
            statement.execute("INSERT INTO orders SELECT id, id, 10 FROM people");
            statement.execute("INSERT INTO visits SELECT id, id, secret FROM people");
            statement.execute("INSERT INTO keepsakes SELECT secret FROM people WHERE id < 9");
            statement.execute("INSERT INTO keepsakes_of_kin SELECT secret FROM people WHERE id > 9");
            statement.execute("REFRESH MATERIALIZED VIEW frozen");
            statement.execute("GRANT USAGE ON SCHEMA " + name + " TO " + user);
            statement.execute("GRANT ALL ON ALL TABLES IN SCHEMA " + name + " TO " + user);
            statement.execute("ANALYZE people");
        }
    }

    /** The server's log can show statements, so that the password goes there as its SCRAM verifier. */
    private Login createLogin(Statement statement, SecureRandom random) throws SQLException {
        String password = hex(random, PASSWORD_BYTES);
        String verifier = PasswordUtil.encodePassword(name, password.toCharArray(), "scram-sha-256");
        statement.execute("CREATE ROLE " + name + " LOGIN PASSWORD '" + verifier + "'");
        return new Login(name, new Secret(password));
    }

    private void insert(Connection owner) throws SQLException {
        String sql = "INSERT INTO people VALUES (?, ?, ?, ?, ?, ?, ?, pg_catalog.json_build_object('note', ?)::jsonb, "
                + "ARRAY[?], ?)";
        try (PreparedStatement insert = owner.prepareStatement(sql)) {
            for (Person person : canaries.people()) {
                insert.setInt(1, person.id());
                insert.setString(2, person.name());
                insert.setString(3, person.email());
                insert.setString(4, person.code());
                insert.setString(5, person.secret());
                insert.setDate(6, Date.valueOf(person.born()));
                insert.setLong(7, person.balance());
                insert.setString(8, person.note());
                insert.setString(9, person.tag());
                insert.setString(10, "city " + person.id() % 3);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /** The schema's name. */
    String name() {
        return name;
    }

    Canaries canaries() {
        return canaries;
    }

    /** Who attacks. */
    Login login() {
        if (login == null) {
            throw new IllegalStateException("not filled yet");
        }
        return login;
    }

    /** What stands for the names in the list of attacks. */
    Map<String, String> values() {
        Person person = canaries.people().get(4);
        return Map.ofEntries(
                Map.entry("s", name),
                Map.entry("name", person.name()),
                Map.entry("email", person.email()),
                Map.entry("code", person.code()),
                Map.entry("secret", person.secret()),
                Map.entry("born", person.born().toString()),
                Map.entry("balance", Long.toString(person.balance())),
                Map.entry("note", person.note()),
                Map.entry("tag", person.tag()));
    }

    private void closeAfter(Exception failure) {
        try {
            close();
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }

    /** Drops everything over a connection of its own, after ending what might still hold it. */
    @Override
    public void close() throws SQLException {
        Connections fresh = new Connections("bauta verify clean-up");
        try (Connection owner = fresh.openOwner(target, Map.of());
                Statement statement = owner.createStatement()) {
            try (PreparedStatement end = owner.prepareStatement(
                    "SELECT pg_catalog.pg_terminate_backend(a.pid) FROM pg_catalog.pg_stat_activity a"
                            + " WHERE a.application_name = ? AND a.datname = pg_catalog.current_database()"
                            + " AND a.pid <> pg_catalog.pg_backend_pid()"
                            + " AND pg_catalog.pg_has_role(a.usesysid, 'USAGE')")) {
                end.setString(1, applicationName);
                end.execute();
            }
            statement.execute("SET client_min_messages = error");
            statement.execute("DROP SCHEMA IF EXISTS " + name + " CASCADE");
            if (ownsLogin) {
                statement.execute("DROP ROLE IF EXISTS " + name);
            }
        }
    }
}
