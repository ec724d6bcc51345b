package dev.bauta.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bauta.catalog.CatalogLoader;
import dev.bauta.catalog.CatalogSnapshot;
import dev.bauta.catalog.QualifiedName;
import dev.bauta.catalog.Relation;
import dev.bauta.policy.Protection.Masked;
import dev.bauta.rulefile.Access;
import dev.bauta.rulefile.RuleFile;
import dev.bauta.rulefile.RuleSet;
import dev.bauta.testing.TestDatabase;
import java.net.InetAddress;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who has which role, and what each role sees of real tables. */
class RolePoliciesTest {
    private static final String CATALOG =
            """
            CREATE ROLE rp_team;
            CREATE ROLE rp_squad IN ROLE rp_team;
            CREATE ROLE rp_ann IN ROLE rp_squad;
            CREATE ROLE rp_bob;
            CREATE TABLE people (id int, mail text, phone varchar(20), born date, note text, host inet, extra jsonb);
            COMMENT ON COLUMN people.note IS 'free text, PII';
            CREATE VIEW book AS SELECT id, mail, phone || '' AS phone FROM people;
            """;

    private static final String RULES =
            """
            version: 1
            roles:
              - {name: tls, users: remote, tls: required, access: raw}
              - {name: certified, users: remote, certificates: ["CN=*.example.org,*"], access: masked}
              - {name: inside, users: remote, networks: [10.0.0.0/8, "2001:db8::/32"], access: raw}
              - {name: socket, users: remote, networks: local, databases: shop, access: raw}
              - {name: short, users: temp, access: raw, until: 2026-06-30}
              - name: team
                member-of: rp_team
                access: masked
                purpose: helps customers
                masks:
                  - {tag: pii.phone, mask: none}
                  - {tag: "pii.n*", mask: refused}
                columns:
                  - {match: public.people.mail, mask: none, until: 2026-06-30}
                  - {match: public.people.born, mask: "null"}
              - {name: plain, users: rp_bob, access: masked}
            masks:
              - {tag: pii.mail, mask: redact}
              - {tag: "pii.*", mask: "null"}
            columns:
              - {match: public.people.mail, tag: pii.mail}
              - {types: "character varying(*)", tag: pii.phone}
              - {match: "*.people.*", comments: "*PII*", tag: pii.note}
              - {types: [inet, cidr], mask: "null"}
            """;

    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
    private static final Instant LATER = Instant.parse("2026-07-01T00:00:00Z");

    private static RuleSet rules;
    private static CatalogSnapshot catalog;

    @BeforeAll
    static void load() throws Exception {
        TestDatabase database = TestDatabase.create(CATALOG);
        try (Connection connection = database.connect()) {
            catalog = CatalogLoader.load(connection);
        }
        rules = RuleFile.parse(RULES, "rules.yaml", Map.of(), Path.of("."));
        database.run("DROP TABLE people CASCADE; DROP ROLE rp_team, rp_squad, rp_ann, rp_bob");
    }

    /** A principal and the role it has. */
    record Case(Principal principal, String role) {}

    static List<Case> cases() throws Exception {
        ClientOrigin encrypted = new ClientOrigin(InetAddress.getByName("10.1.2.3"), true, null);
        ClientOrigin known = new ClientOrigin(null, true, "CN=a.example.org,O=Example");
        return List.of(
                new Case(new Principal("remote", "shop", encrypted), "tls"),
                new Case(new Principal("remote", "shop", known), "tls"),
                new Case(from("10.255.0.1"), "inside"),
                new Case(from("11.0.0.1"), "default"),
                new Case(from("2001:db8:1::1"), "inside"),
                new Case(from("::ffff:10.1.2.3"), "inside"),
                new Case(from("2001:db9::1"), "default"),
                new Case(new Principal("remote", "shop"), "socket"),
                new Case(new Principal("remote", "other"), "default"),
                new Case(new Principal("temp", "shop"), "short"),
                new Case(new Principal("rp_ann", "shop"), "team"),
                new Case(new Principal("rp_squad", "shop"), "team"),
                new Case(new Principal("rp_team", "shop"), "default"),
                new Case(new Principal("rp_bob", "shop"), "plain"),
                new Case(new Principal("no such user", "shop"), "default"));
    }

    private static Principal from(String address) throws Exception {
        return new Principal("remote", "shop", new ClientOrigin(InetAddress.getByName(address), false, null));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void findsTheRole(Case given) {
        assertThat(at(NOW).roleOf(given.principal()).name()).isEqualTo(given.role());
    }

    @Test
    void knowsPurposeAndAccess() {
        assertThat(at(NOW).roleOf(new Principal("rp_ann", "shop")))
                .isEqualTo(new Role("team", Access.MASKED, "helps customers"));
    }

    @Test
    void endsEntriesInTime() {
        RolePolicies policies = at(NOW);
        assertThat(policies.end()).contains(LATER);
        assertThat(at(LATER).end()).isEmpty();
        assertThat(at(LATER).roleOf(new Principal("temp", "shop"))).isEqualTo(Role.DEFAULT);
        assertThat(see(at(LATER), "team", "people")).isEqualTo("mail=redact born=null note=refused host=null");
    }

    @Test
    void showsEachRoleWhatItsRulesSay() {
        assertThat(see(at(NOW), "default", "people")).isEqualTo("mail=redact phone=null note=null host=null");
        assertThat(see(at(NOW), "default", "book")).isEqualTo("mail=redact phone=null");
        assertThat(see(at(NOW), "team", "people")).isEqualTo("born=null note=refused host=null");
        assertThat(see(at(NOW), "team", "book")).isEmpty();
    }

    @Test
    void sharesThePolicyOfRolesThatSeeTheSame() {
        RolePolicies policies = at(NOW);
        assertThat(policies.policyOf(role(policies, "plain")))
                .isSameAs(policies.policyOf(Role.DEFAULT))
                .isNotSameAs(policies.policyOf(role(policies, "team")));
        assertThat(policies.policyOf(new Role("gone", Access.MASKED))).isSameAs(policies.policyOf(Role.DEFAULT));
    }

    private static RolePolicies at(Instant now) {
        return RolePolicies.of(rules, catalog, now);
    }

    private static Role role(RolePolicies policies, String name) {
        return policies.roles().stream()
                .filter(role -> role.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static String see(RolePolicies policies, String role, String relation) {
        Policy policy = policies.policyOf(role(policies, role));
        Relation found = Objects.requireNonNull(policy.findRelation(new QualifiedName("public", relation)));
        return policy.protection(found) instanceof Masked masked
                ? found.columns().stream()
                        .filter(column -> masked.columns().containsKey(column.number()))
                        .map(column -> column.name() + "="
                                + Objects.requireNonNull(masked.columns().get(column.number()))
                                        .mask()
                                        .name())
                        .collect(Collectors.joining(" "))
                : "";
    }
}
