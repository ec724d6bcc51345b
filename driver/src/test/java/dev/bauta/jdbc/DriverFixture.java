package dev.bauta.jdbc;

import dev.bauta.catalog.QualifiedName;
import dev.bauta.catalog.Relation;
import dev.bauta.engine.Decision;
import dev.bauta.engine.Engine;
import dev.bauta.engine.Held;
import dev.bauta.engine.HeldNames;
import dev.bauta.engine.Session;
import dev.bauta.engine.StatementFacts;
import dev.bauta.engine.Verdict;
import dev.bauta.policy.Principal;
import dev.bauta.policy.Role;
import dev.bauta.refusal.ErrorDisclosure;
import dev.bauta.refusal.Refusal;
import dev.bauta.testing.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A driver over the real engine for a database of its own: {@code customers.email} is masked for everybody but the role
 * {@code dba}, which is the user postgres.
 */
final class DriverFixture {
    static final String SECRET = "c0ffee-is-the-key";

    private static final String RULES =
            """
            version: 1
            roles:
              - {name: dba, users: postgres, access: raw}
              - {name: nobody, users: outcast, access: refused}
            columns:
              - match: public.customers.email
                mask: {type: constant, value: "***"}
            """;

    final TestDatabase database;
    final Path rules = writeRules();
    final BautaDriver driver;
    private final java.util.List<SessionSource> sources = new java.util.concurrent.CopyOnWriteArrayList<>();
    /** By how much the sources' clocks are ahead, in nanoseconds. */
    private final AtomicLong skipped = new AtomicLong();

    private DriverFixture(TestDatabase database, UnaryOperator<Session> change) {
        this.database = database;
        this.driver = new BautaDriver((rules, connection) -> {
            SessionSource source = new EngineSource(
                    rules, Engine.load(rules.load(), connection), () -> System.nanoTime() + skipped.get());
            sources.add(source);
            return new SessionSource() {
                @Override
                public Session open(Principal principal) throws SQLException {
                    return change.apply(source.open(principal));
                }

                @Override
                public boolean isDue() {
                    return source.isDue();
                }

                @Override
                public boolean takeLook() {
                    return source.takeLook();
                }

                @Override
                public boolean isTooOld() {
                    return source.isTooOld();
                }

                @Override
                public void announceChange() {
                    source.announceChange();
                }

                @Override
                public boolean hasChanged() {
                    return source.hasChanged();
                }

                @Override
                public void lookAtRules() {
                    source.lookAtRules();
                }

                @Override
                public void refresh(Connection catalogs) throws SQLException {
                    source.refresh(catalogs);
                }

                @Override
                public void refreshSoon(Connection catalogs) throws SQLException {
                    source.refreshSoon(catalogs);
                }
            };
        });
    }

    static DriverFixture create(String... more) {
        return create(session -> session, more);
    }

    /** With sessions that differ from the engine's. */
    static DriverFixture create(UnaryOperator<Session> change, String... more) {
        TestDatabase database = TestDatabase.create(
                """
                DO $$ BEGIN
                  CREATE ROLE analyst LOGIN; CREATE ROLE outcast LOGIN;
                EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;
                CREATE TABLE customers (id int PRIMARY KEY, email text, city text);
                INSERT INTO customers VALUES (1, 'ann@example.org', 'Rome'), (2, 'bob@example.org', 'Oslo'), (3, NULL, NULL);
                CREATE TABLE orders (id serial PRIMARY KEY, customer int, note text, CONSTRAINT positive CHECK (id > 0));
                GRANT ALL ON ALL TABLES IN SCHEMA public TO analyst;
                GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO analyst;
                GRANT CREATE ON SCHEMA public TO analyst;
                """);
        for (String script : more) {
            database.run(script);
        }
        return new DriverFixture(database, change);
    }

    private static Path writeRules() {
        try {
            Path file = Files.createTempFile("rules", ".yaml");
            file.toFile().deleteOnExit();
            return Files.writeString(file, RULES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Changes the rules from one text to another, and has them come into force at once. */
    void replaceRules(String from, String to) throws Exception {
        String text = Files.readString(rules);
        if (!text.contains(from)) {
            throw new AssertionError("the rules do not hold " + from);
        }
        Files.writeString(rules, text.replace(from, to));
        // What has changed is taken at the second look.
        for (int looks = 0; looks < 2; looks++) {
            skipped.addAndGet(TimeUnit.SECONDS.toNanos(5));
            sources.forEach(SessionSource::lookAtRules);
        }
    }

    /** As if the catalogs had been looked at for the last time some seconds ago. */
    void skipToNextLook() {
        skipped.addAndGet(TimeUnit.SECONDS.toNanos(5));
    }

    /** As if minutes had passed. */
    void skipMinutes(int minutes) {
        skipped.addAndGet(TimeUnit.MINUTES.toNanos(minutes));
    }

    String url() {
        return "jdbc:bauta:postgresql://" + database.host() + ":" + database.port() + "/" + database.name();
    }

    /** A masked connection. */
    Connection connect(String... properties) throws SQLException {
        return connectAs("analyst", properties);
    }

    Connection connectAs(String user, String... properties) throws SQLException {
        Properties all = new Properties();
        all.setProperty("user", user);
        all.setProperty("password", user);
        all.setProperty("bautaRules", rules.toString());
        for (int i = 0; i < properties.length; i += 2) {
            all.setProperty(properties[i], properties[i + 1]);
        }
        Connection connection = driver.connect(url(), all);
        if (connection == null) {
            throw new AssertionError("the driver does not know its own URL");
        }
        return connection;
    }

    /** A session that differs from the engine's in a few answers. */
    static class ChangedSession implements Session {
        private final Session session;

        ChangedSession(Session session) {
            this.session = session;
        }

        @Override
        public Principal principal() {
            return session.principal();
        }

        @Override
        public Role role() {
            return session.role();
        }

        @Override
        public boolean isRaw() {
            return session.isRaw();
        }

        @Override
        public void setSearchPath(List<String> effectiveSchemas) {
            session.setSearchPath(effectiveSchemas);
        }

        @Override
        public boolean doubtsSearchPath() {
            return session.doubtsSearchPath();
        }

        @Override
        public Held decided() {
            return session.decided();
        }

        @Override
        public boolean mayRepeat(Held decided) {
            return session.mayRepeat(decided);
        }

        @Override
        public List<StatementFacts> facts() {
            return List.of();
        }

        @Override
        public HeldNames statements() {
            return session.statements();
        }

        @Override
        public HeldNames portals() {
            return session.portals();
        }

        @Override
        public void endTransaction() {
            session.endTransaction();
        }

        @Override
        public @Nullable Refusal reviewRole() {
            return session.reviewRole();
        }

        @Override
        public @Nullable Refusal onParameterStatus(String name, String value) {
            return session.onParameterStatus(name, value);
        }

        @Override
        public Decision decide(String text, List<Integer> parameterTypes) {
            return session.decide(text, parameterTypes);
        }

        @Override
        public Decision decideFeature(String feature) {
            return session.decideFeature(feature);
        }

        @Override
        public ErrorDisclosure errorDisclosure() {
            return session.errorDisclosure();
        }

        @Override
        public Verdict guard(int relation, int column) {
            return session.guard(relation, column);
        }

        @Override
        public Object guardedBy() {
            return session.guardedBy();
        }

        @Override
        public Optional<Relation> findWithheld(QualifiedName relation) {
            return session.findWithheld(relation);
        }

        @Override
        public @Nullable Refusal reviewStartup(Map<String, String> parameters) {
            return session.reviewStartup(parameters);
        }

        @Override
        public Map<String, String> startupSettings() {
            return session.startupSettings();
        }

        @Override
        public boolean changedCatalog() {
            return session.changedCatalog();
        }
    }
}
