package dev.bauta.proxy.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bauta.engine.Decision;
import dev.bauta.engine.Session;
import dev.bauta.mask.KeyRing;
import dev.bauta.mask.Masks;
import dev.bauta.policy.Principal;
import dev.bauta.proxy.postgres.Endpoint;
import dev.bauta.proxy.postgres.PostgresServers;
import dev.bauta.proxy.testing.CapturedLog;
import dev.bauta.rulefile.ColumnPattern;
import dev.bauta.rulefile.ColumnRule;
import dev.bauta.rulefile.DataRules;
import dev.bauta.rulefile.NamePattern;
import dev.bauta.rulefile.RuleSet;
import dev.bauta.rulefile.Treatment;
import dev.bauta.testing.TestDatabase;
import dev.bauta.yaml.Location;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class DatabaseEnginesTest {
    private static final Location HERE = new Location("rules.yaml", 1, 1);

    private final TestDatabase database = TestDatabase.create("CREATE TABLE t (id integer, email text)");
    private final CatalogSource source = new CatalogSource(
            PostgresServers.of(new Endpoint(database.host(), database.port())), "postgres", "postgres");

    @Test
    void decidesByTheCatalogOfThePrincipalsDatabase() throws Exception {
        try (DatabaseEngines engines = DatabaseEngines.load(source, List.of(database.name()), rules("email"))) {
            assertThat(open(engines).decide("SELECT email FROM t")).isInstanceOf(Decision.Rewrite.class);
        }
    }

    @Test
    void refusesDatabasesThatItDoesNotServe() throws Exception {
        try (DatabaseEngines engines = DatabaseEngines.load(source, List.of(database.name()), rules("email"))) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> engines.open(new Principal("analyst", "elsewhere")))
                    .withMessage("the database is not among the proxy's databases");
        }
    }

    @Test
    void seesWhatWasCommittedBeforeARefresh() throws Exception {
        try (DatabaseEngines engines = DatabaseEngines.load(source, List.of(database.name()), rules("email"))) {
            Session session = open(engines);
            database.run("CREATE TABLE later (email text)");
            engines.refreshCatalog();
            assertThat(session.decide("SELECT email FROM later")).isInstanceOf(Decision.Rewrite.class);
        }
    }

    @Test
    void waitsForAServerThatTakesItsTimeToLetItIn() throws Exception {
        try (Connection other = database.connect();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("LOCK TABLE pg_catalog.pg_authid IN ACCESS EXCLUSIVE MODE");
            CompletableFuture<DatabaseEngines> loading = CompletableFuture.supplyAsync(this::load);
            Awaitility.await().during(Duration.ofSeconds(2)).until(() -> !loading.isDone());
            other.rollback();
            loading.get(20, TimeUnit.SECONDS).close();
        }
    }

    private DatabaseEngines load() {
        try {
            return DatabaseEngines.load(source, List.of(database.name()), rules("email"));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** A server that answers no more would hold up the end of the proxy. */
    @Test
    void doesNotWaitForALookWhenItIsClosed() throws Exception {
        DatabaseEngines engines = DatabaseEngines.load(source, List.of(database.name()), rules("email"));
        try (Connection other = database.connect();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("LOCK TABLE pg_catalog.pg_auth_members IN ACCESS EXCLUSIVE MODE");
            CompletableFuture<Void> looking = CompletableFuture.runAsync(engines::refreshCatalog);
            awaitWaiting();
            CompletableFuture<Void> closing = CompletableFuture.runAsync(engines::close);
            assertThat(closing).succeedsWithin(Duration.ofSeconds(10));
            assertThat(looking).failsWithin(Duration.ofSeconds(10));
            other.rollback();
        }
    }

    private void awaitWaiting() throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            Awaitility.await().until(() -> {
                try (ResultSet waiting = statement.executeQuery("SELECT FROM pg_stat_activity WHERE"
                        + " wait_event_type = 'Lock' AND application_name = 'bauta catalog'"
                        + " AND datname = current_database()")) {
                    return waiting.next();
                }
            });
        }
    }

    @Test
    void listensForWhatAnEventTriggerTells() throws Exception {
        database.run(Pattern.compile("(?ms)^```sql\n(.*?)^```")
                .matcher(Files.readString(Path.of("../docs/operations.md")))
                .results()
                .map(block -> block.group(1))
                .filter(block -> block.contains("EVENT TRIGGER"))
                .findFirst()
                .orElseThrow());
        try (DatabaseEngines engines = DatabaseEngines.load(source, List.of(database.name()), rules("email"))) {
            Session session = open(engines);
            engines.startListening("bauta_ddl");
            database.run("CREATE TABLE told (email text)");
            awaitMasked(session, "SELECT email FROM told");
            database.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    + " WHERE query LIKE 'LISTEN%' AND datname = current_database();"
                    + " CREATE TABLE missed (email text)");
            awaitMasked(session, "SELECT email FROM missed");
        }
    }

    private static void awaitMasked(Session session, String query) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> session.decide(query) instanceof Decision.Rewrite);
    }

    @Test
    void followsTheRules() throws Exception {
        try (DatabaseEngines engines = DatabaseEngines.load(source, List.of(database.name()), rules("nothing"))) {
            Session session = open(engines);
            assertThat(session.decide("SELECT email FROM t")).isEqualTo(Decision.Pass.PASS);
            engines.replaceRules(rules("email"));
            assertThat(session.decide("SELECT email FROM t")).isInstanceOf(Decision.Rewrite.class);
        }
    }

    @Test
    void warnsOfRulesThatProtectNothing() throws Exception {
        try (CapturedLog log = CapturedLog.open();
                DatabaseEngines engines = DatabaseEngines.load(source, List.of(database.name()), rules("email"))) {
            engines.refreshCatalog();
            assertThat(warnings(log)).isEmpty();
            database.run("ALTER TABLE t RENAME COLUMN email TO mail");
            engines.startPolling(Duration.ofMillis(50), Duration.ofMinutes(5));
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> !warnings(log)
                    .isEmpty());
            database.run("ALTER TABLE t ADD COLUMN more integer");
            engines.refreshCatalog();
            assertThat(warnings(log))
                    .containsExactly("the rule protects nothing of that name: no database has such a column"
                            + "[rule=\"rules.yaml:1:1\", columns=\"[public.*.email]\"]");
            engines.replaceRules(rules("mail"));
            assertThat(warnings(log)).hasSize(1);
            engines.replaceRules(rules("Mail"));
            assertThat(warnings(log)).hasSize(2);
        }
    }

    private static List<String> warnings(CapturedLog log) {
        return log.texts().stream()
                .filter(text -> text.contains("protects nothing"))
                .toList();
    }

    @Test
    void saysInOneLineWhichServerCannotBeReached() {
        CatalogSource nowhere = new CatalogSource(PostgresServers.of(new Endpoint("127.0.0.1", 1)), "bauta", "geheim");
        assertThatThrownBy(() -> DatabaseEngines.load(nowhere, List.of("shop"), rules("email")))
                .isInstanceOf(CatalogUnavailableException.class)
                .hasMessage("cannot read the catalogs of database shop as bauta@127.0.0.1:1: Connection to 127.0.0.1:1 "
                        + "refused. Check that the hostname and port are correct and that the postmaster is accepting "
                        + "TCP/IP connections.");
    }

    private Session open(DatabaseEngines engines) {
        Session session = engines.open(new Principal("analyst", database.name()));
        session.setSearchPath(List.of("pg_catalog", "public"));
        return session;
    }

    private static RuleSet rules(String column) throws Exception {
        ColumnPattern pattern =
                new ColumnPattern(new NamePattern("public"), new NamePattern("*"), new NamePattern(column));
        ColumnRule rule = new ColumnRule(
                List.of(pattern), "pii", new Treatment.Masked(Masks.parse("null", Map.of(), KeyRing.empty())), HERE);
        return new RuleSet("1", List.of(), new DataRules(List.of(rule), List.of()), List.of(), KeyRing.empty(), false);
    }
}
