package dev.bauta.proxy.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bauta.proxy.postgres.Endpoint;
import dev.bauta.proxy.postgres.PostgresServers;
import dev.bauta.proxy.serving.Secret;
import dev.bauta.proxy.verify.connect.Connections;
import dev.bauta.proxy.verify.connect.Login;
import dev.bauta.proxy.verify.connect.Target;
import dev.bauta.proxy.verify.data.RelationVerifier.Limits;
import dev.bauta.proxy.verify.result.Check;
import dev.bauta.proxy.verify.result.Status;
import dev.bauta.proxy.verify.result.Verification;
import dev.bauta.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Verifications of a database whose rules are good, both ways of being the masked user. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VerifierTest {
    private static final String SCRIPT =
            """
            DO $$ BEGIN CREATE ROLE verify_analyst LOGIN PASSWORD 'verify_analyst'; EXCEPTION WHEN duplicate_object THEN NULL; END $$;
            CREATE DOMAIN phone AS varchar(20);
            CREATE TABLE customers (
                id integer PRIMARY KEY, customer_no text NOT NULL UNIQUE, name varchar(40) NOT NULL, email text,
                phone phone, born date, salary numeric(9,2), seen timestamptz, card char(16), raw bytea, doc jsonb, city text);
            INSERT INTO customers SELECT g, 'C' || g, CASE g % 7 WHEN 0 THEN 'Al' WHEN 1 THEN '' ELSE 'Customer ' || g END,
                CASE WHEN g % 5 > 0 THEN 'c' || g || '@example.com' END, '+39 555 ' || g, date '1950-01-01' + g * 10,
                1000 + g * 7.5, timestamptz '2024-01-01 00:00:00+00' + g * interval '7 minutes', lpad(g::text, 16, '4'),
                sha256(g::text::bytea), jsonb_build_object('n', g), 'City ' || g % 5 FROM generate_series(1, 300) g;
            CREATE TABLE orders (id integer PRIMARY KEY, customer_no text REFERENCES customers (customer_no), total numeric(9,2));
            INSERT INTO orders SELECT g, 'C' || (g % 300 + 1), g FROM generate_series(1, 500) g;
            CREATE VIEW directory AS SELECT id, name, email, upper(email) AS loud FROM customers;
            CREATE MATERIALIZED VIEW frozen AS SELECT id, email FROM customers;
            CREATE TABLE visits (id integer, born date) PARTITION BY RANGE (id);
            CREATE TABLE visits_1 PARTITION OF visits FOR VALUES FROM (0) TO (50);
            CREATE TABLE visits_2 PARTITION OF visits FOR VALUES FROM (50) TO (500);
            INSERT INTO visits SELECT g, date '1950-01-01' + g FROM generate_series(1, 99) g;
            CREATE TABLE hidden (id integer, email text);
            CREATE TABLE refused (id integer, born date);
            CREATE TABLE plain (id integer);
            CREATE TABLE guarded (id integer, owner text, email text);
            INSERT INTO guarded SELECT g, CASE WHEN g % 2 = 0 THEN 'verify_analyst' ELSE 'other' END, 'g' || g || '@example.com'
                FROM generate_series(1, 40) g;
            ALTER TABLE guarded ENABLE ROW LEVEL SECURITY;
            CREATE POLICY own ON guarded USING (owner = current_user);
            CREATE TABLE people (id integer, secret text);
            INSERT INTO people SELECT g, 'secret ' || g FROM generate_series(1, 40) g;
            CREATE TABLE large (id integer, email text);
            INSERT INTO large SELECT g, 'someone' || g || '@example.com' FROM generate_series(1, 20000) g;
            GRANT SELECT ON people, large, customers, orders, directory, frozen, visits, visits_1, visits_2, refused, plain, guarded TO verify_analyst;
            """;

    private static final String RULES =
            """
            version: 1
            key: ${file:bauta.key}
            roles:
              - {name: dba, users: postgres, access: raw}
            tables:
              - {match: public.large, rows: "id <= 5000"}
            columns:
              - match: ["*.*.customer_no"]
                mask: {type: hash, domain: customer, length: 20}
              - match: "*.*.name"
                mask: {type: partial, first: 2}
              - match: "*.*.email"
                mask: email
              - match: "*.*.phone"
                mask: {type: partial, last: 2}
              - match: public.refused.born
                mask: email
              - match: "*.*.born"
                mask: {type: truncate, unit: year}
              - match: "*.*.salary"
                mask: {type: round, step: 100}
              - match: "*.*.seen"
                mask: {type: shift, by: customer_no}
              - match: "*.*.card"
                mask: {type: partial, last: 4, keepLength: true}
              - match: "*.customers.raw"
                mask: {type: hash, length: 8}
              - match: "*.customers.doc"
                mask: redact
              - match: "*.customers.city"
                mask: {type: randomize, epsilon: 3, by: id, values: [City 0, City 1, City 2, City 3, City 4]}
              - match: public.people.secret
                mask: refused
              - match: public.*.nowhere
                mask: redact
            """;

    private final Path directory;
    private TestDatabase database;

    VerifierTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @BeforeAll
    void createDatabase() throws Exception {
        database = TestDatabase.create(SCRIPT);
        Files.writeString(directory.resolve("rules.yaml"), RULES);
        Files.writeString(directory.resolve("bauta.key"), "0123456789abcdef0123456789abcdef");
    }

    @AfterAll
    void drop() {
        database.drop();
    }

    private Request request(Optional<Login> login, List<TablePattern> tables, Limits limits, boolean attacks) {
        Login owner = new Login("postgres", new Secret("postgres"));
        return new Request(
                new Target(PostgresServers.of(new Endpoint(database.host(), database.port())), database.name(), owner),
                directory.resolve("rules.yaml"),
                "verify_analyst",
                login,
                tables,
                false,
                limits,
                attacks);
    }

    private static Verification run(Request request) throws Exception {
        return new Verifier(request, new Connections("bauta verify test"), line -> {}, Clock.systemUTC(), "test").run();
    }

    private static List<String> notPassed(Verification verification) {
        return verification.checks().stream()
                .filter(check -> check.status() != Status.PASSED)
                .map(check -> check.status() + " " + check.subject() + " " + check.name())
                .toList();
    }

    private static final Optional<Login> LOGIN = Optional.of(new Login("verify_analyst", new Secret("verify_analyst")));

    private static final List<String> EXPECTED = List.of(
            "WARNING public.customers.customer_no uniqueness",
            "WARNING public.customers.seen uniqueness",
            "WARNING public.customers.card uniqueness",
            "WARNING public.customers.raw uniqueness",
            "SKIPPED public.hidden privileges",
            "WARNING public.*.nowhere rule");

    @Test
    void goodRulesPassThroughTheProxyAndEveryAttackFails() throws Exception {
        Verification verification = run(request(LOGIN, List.of(), new Limits(0, List.of(), 5), true));
        assertThat(notPassed(verification))
                .containsExactlyElementsOf(Stream.concat(EXPECTED.stream(), Stream.of("SKIPPED driver attacks"))
                        .toList());
        assertThat(verification.passed()).isTrue();
        assertThat(verification.environment().access()).isEqualTo("logged in through the proxy");
        Check hostility = verification.checks().stream()
                .filter(check -> check.name().equals("without Bauta"))
                .findFirst()
                .orElseThrow();
        assertThat(hostility.evidence().get("show raw values or confirm a guess"))
                .isGreaterThan(60);
        assertThat(scratchLeft()).isZero();
    }

    @Test
    void goodRulesPassForTheSuperuserInTheUsersPlace() throws Exception {
        Verification verification = run(request(Optional.empty(), List.of(), new Limits(0, List.of(), 5), false));
        assertThat(notPassed(verification)).isEqualTo(EXPECTED);
        assertThat(find(verification, "public.guarded", "row count").evidence())
                .as("what row security leaves to the user")
                .containsEntry("raw rows", 20L)
                .containsEntry("masked rows", 20L);
        assertThat(find(verification, "public.refused", "refusal").message()).isEqualTo("is refused");
        assertThat(find(verification, "public.people.secret", "refusal").status())
                .isEqualTo(Status.PASSED);
        assertThat(find(verification, "public.people", "unprotected columns").evidence())
                .containsEntry("columns", 1L)
                .containsEntry("rows compared", 40L);
        assertThat(find(verification, "public.directory.loud", "masked values").evidence())
                .containsEntry("values", 240L);
    }

    @Test
    void aSampleIsTheSameOnBothSidesWhereRowsAreFilteredToo() throws Exception {
        List<TablePattern> tables = List.of(new TablePattern("large"));
        Verification verification = run(request(Optional.empty(), tables, new Limits(2_000, List.of(), 5), false));
        Check masked = find(verification, "public.large.email", "masked values");
        assertThat(masked.status()).isEqualTo(Status.PASSED);
        assertThat(masked.evidence().get("values")).isBetween(200L, 8_000L);
        assertThat(find(verification, "public.large", "row count").evidence()).containsEntry("masked rows", 5_000L);
    }

    @Test
    void nothingIsLeftBehindWhenItIsToldToEndAmongTheAttacks() throws Exception {
        Request request = request(
                Optional.empty(), List.of(new TablePattern("public.people")), new Limits(0, List.of(), 5), true);
        Connections connections = new Connections("bauta verify test");
        Verifier verifier = new Verifier(
                request,
                connections,
                line -> {
                    if (line.contains("attacks, proxy, simple")) {
                        connections.abort();
                    }
                },
                Clock.systemUTC(),
                "test");
        assertThat(notPassed(verifier.run())).contains("FAILED self-test attacks");
        assertThat(scratchLeft()).isZero();
    }

    @Test
    void smallGroupsFail() throws Exception {
        List<TablePattern> tables = List.of(new TablePattern("public.customers"));
        Verification verification =
                run(request(Optional.empty(), tables, new Limits(0, List.of("city", "born"), 11), false));
        Check check = find(verification, "public.customers", "k-anonymity");
        assertThat(check.status()).isEqualTo(Status.FAILED);
        assertThat(check.message()).startsWith("the smallest group of equal city, born has ");
        assertThat(verification.passed()).isFalse();
    }

    @Test
    void aUserWhoSeesRawDataIsNoSubject() {
        Request request = request(Optional.empty(), List.of(), new Limits(0, List.of(), 5), false);
        Request raw = new Request(
                request.target(),
                request.rules(),
                "postgres",
                Optional.empty(),
                List.of(),
                false,
                request.limits(),
                false);
        assertThatThrownBy(() -> run(raw))
                .isInstanceOf(UnsuitableUserException.class)
                .hasMessage(
                        "the user postgres has the role dba, which the rules give raw data; name a user who is shown"
                                + " masks with --as");
    }

    private static Check find(Verification verification, String subject, String name) {
        return verification.checks().stream()
                .filter(check -> check.subject().equals(subject) && check.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private long scratchLeft() throws Exception {
        String sql = "SELECT (SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'bauta_verify%')"
                + " + (SELECT count(*) FROM pg_roles WHERE rolname LIKE 'bauta_verify%')";
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getLong(1);
        }
    }
}
