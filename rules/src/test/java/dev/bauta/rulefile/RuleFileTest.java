package dev.bauta.rulefile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bauta.catalog.QualifiedName;
import dev.bauta.mask.KeyRing;
import dev.bauta.mask.Masks;
import dev.bauta.yaml.InvalidFileException;
import dev.bauta.yaml.Location;
import dev.bauta.yaml.Problem;
import dev.bauta.yaml.Problems;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that can be used, and what they come to. */
class RuleFileTest {
    private static final String KEY = "0123456789abcdef";

    @TempDir
    private Path folder = Path.of("");

    @Test
    void readsRoles() throws Exception {
        RuleSet rules = parse(
                """
                version: 1
                roles:
                  - name: dba
                    users: [postgres, "admin_*"]
                    access: raw
                  - {access: refused, users: outcast, name: nobody}
                columns: []
                """);
        assertThat(rules.roles())
                .containsExactly(
                        role("dba", names("postgres", "admin_*"), Access.RAW, at(3, 5)),
                        role("nobody", names("outcast"), Access.REFUSED, at(6, 5)));
    }

    @Test
    void readsColumns() throws Exception {
        RuleSet rules = parse(
                """
                version: 1
                columns:
                  - match: public.customers.email
                    tag: pii.email
                    mask: email
                  - match: ["*.*.ssn", '"my.schema"."a ""b"\"".tax_id']
                    mask: {type: partial, last: 4}
                  - match: public.products.name
                    mask: none
                """);
        assertThat(rules.columns())
                .containsExactly(
                        new ColumnRule(
                                List.of(column("public", "customers", "email")),
                                "pii.email",
                                masked("email", Map.of()),
                                at(3, 5)),
                        new ColumnRule(
                                List.of(column("*", "*", "ssn"), column("my.schema", "a \"b\"", "tax_id")),
                                null,
                                masked("partial", Map.of("last", 4)),
                                at(6, 5)),
                        new ColumnRule(
                                List.of(column("public", "products", "name")), null, Treatment.Clear.CLEAR, at(8, 5)));
    }

    @Test
    void readsAllThatARoleCanHave() throws Exception {
        RuleSet rules = parse(
                """
                version: 1
                roles:
                  - name: support
                    users: [support_*]
                    member-of: support_team
                    databases: [shop, "shop_*"]
                    networks: [10.0.0.0/8, local, "2001:db8::/32", 192.0.2.7]
                    tls: required
                    certificates: ["CN=*.support.example.org,*"]
                    access: masked
                    purpose: customer support
                    until: 2027-01-31
                    masks:
                      - {tag: pii.phone, mask: none, until: 2026-12-31T18:00:00+01:00}
                      - {tag: "pii.*", mask: refused}
                    columns:
                      - {match: public.customers.email, mask: email}
                columns: []
                """);
        DataRules own = new DataRules(
                List.of(new ColumnRule(
                        List.of(column("public", "customers", "email")), null, masked("email", Map.of()), at(17, 9))),
                List.of(
                        new TagRule(
                                new NamePattern("pii.phone"),
                                Treatment.Clear.CLEAR,
                                Instant.parse("2026-12-31T17:00:00Z"),
                                at(14, 9)),
                        new TagRule(new NamePattern("pii.*"), Treatment.Refused.REFUSED, null, at(15, 9))));
        RoleConditions conditions = new RoleConditions(
                names("support_*"),
                names("support_team"),
                names("shop", "shop_*"),
                List.of(
                        new Network.Range(List.of(10, 0, 0, 0), 8),
                        Network.Local.LOCAL,
                        new Network.Range(List.of(0x20, 1, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0), 32),
                        new Network.Range(List.of(192, 0, 2, 7), 32)),
                true,
                names("CN=*.support.example.org,*"));
        assertThat(rules.roles())
                .containsExactly(new RoleRule(
                        "support",
                        conditions,
                        Access.MASKED,
                        "customer support",
                        Instant.parse("2027-02-01T00:00:00Z"),
                        own,
                        at(3, 5)));
    }

    @Test
    void readsWhatColumnsHoldAndHowATagIsMasked() throws Exception {
        RuleSet rules = parse(
                """
                version: 1
                columns:
                  - {match: "*.*.email", tag: pii.email}
                  - {types: [inet, "varchar*"], comments: "*PII*", tag: pii.other}
                masks:
                  - {tag: pii.email, mask: email}
                  - {tag: "pii.*", mask: redact}
                """);
        ColumnSelector other =
                new ColumnSelector(List.of(column("*", "*", "*")), names("inet", "varchar*"), names("*PII*"));
        assertThat(rules.data())
                .isEqualTo(new DataRules(
                        List.of(
                                new ColumnRule(List.of(column("*", "*", "email")), "pii.email", null, at(3, 5)),
                                new ColumnRule(other, "pii.other", null, null, at(4, 5))),
                        List.of(
                                new TagRule(new NamePattern("pii.email"), masked("email", Map.of()), null, at(6, 5)),
                                new TagRule(new NamePattern("pii.*"), masked("redact", Map.of()), null, at(7, 5)))));
    }

    @Test
    void leavesOutWhatHasEnded() throws Exception {
        RuleSet rules = parse(
                """
                version: 1
                roles:
                  - {name: a, users: a, access: raw, until: 2026-01-31}
                  - {name: b, users: b, access: masked, columns: [{match: a.b.c, mask: none, until: 2026-03-31}]}
                columns:
                  - {match: a.b.c, mask: none, until: 2026-02-28}
                """);
        Instant first = Instant.parse("2026-02-01T00:00:00Z");
        Instant last = Instant.parse("2026-04-01T00:00:00Z");
        assertThat(rules.at(first.minusMillis(1))).isEqualTo(rules);
        assertThat(rules.nextEnd(first.minusMillis(1))).contains(first);
        assertThat(rules.at(first).roles()).extracting(RoleRule::name).containsExactly("b");
        assertThat(rules.at(first).columns()).hasSize(1);
        assertThat(rules.nextEnd(first)).contains(Instant.parse("2026-03-01T00:00:00Z"));
        assertThat(rules.at(last).columns()).isEmpty();
        assertThat(rules.at(last).roles()).extracting(RoleRule::own).containsExactly(DataRules.NONE);
        assertThat(rules.nextEnd(last)).isEmpty();
    }

    @Test
    void readsFunctions() throws Exception {
        RuleSet rules = parse("version: 1\ncolumns: []\nfunctions: {allow: [public.safe, \"stats.*\"]}\n");
        assertThat(rules.allowedFunctions()).hasToString("[public.safe, stats.*]");
        assertThat(rules.allowedFunctions().get(1).matches(new QualifiedName("stats", "mean")))
                .isTrue();
    }

    /** YAML 1.1 would read these as true, false, null, numbers or times. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "no",
                "on",
                "Yes",
                "n",
                "null",
                "True",
                "010",
                "1e3",
                "0x1F",
                "1_000",
                "12:30:45",
                ".inf",
                "2024-01-01"
            })
    void takesNamesAsTheyAreWritten(String name) throws Exception {
        RuleSet rules =
                parse("version: 1\ncolumns: []\nroles: [{name: %1$s, users: [%1$s], access: masked}]".formatted(name));
        assertThat(rules.roles()).containsExactly(role(name, names(name), Access.MASKED, at(3, 9)));
    }

    @Test
    void takesTheMaskNullWithOrWithoutQuotes() throws Exception {
        RuleSet rules = parse("version: 1\ncolumns: [{match: a.b.c, mask: null}, {match: a.b.d, mask: \"null\"}]\n");
        assertThat(rules.columns())
                .extracting(ColumnRule::own)
                .containsExactly(masked("null", Map.of()), masked("null", Map.of()));
    }

    @Test
    void readsConstantsAsJsonDoesAndAllElseAsText() throws Exception {
        RuleSet rules = parse(
                """
                version: 1
                columns:
                  - {match: a.b.c1, mask: {type: constant, value: 12}}
                  - {match: a.b.c2, mask: {type: constant, value: -12.50}}
                  - {match: a.b.c3, mask: {type: constant, value: 9000000000}}
                  - {match: a.b.c4, mask: {type: constant, value: true}}
                  - {match: a.b.c5, mask: {type: constant, value: 007}}
                  - {match: a.b.c6, mask: {type: constant, value: "12"}}
                  - {match: a.b.c7, mask: {type: constant, value: no}}
                  - {match: a.b.c8, mask: {type: constant, value: 2024-01-01}}
                """);
        assertThat(rules.columns())
                .extracting(ColumnRule::own)
                .containsExactly(
                        constant(12),
                        constant(new BigDecimal("-12.50")),
                        constant(9_000_000_000L),
                        constant(true),
                        constant("007"),
                        constant("12"),
                        constant("no"),
                        constant("2024-01-01"));
    }

    @Test
    void takesTheKeyFromTheEnvironment() throws Exception {
        byte[] bytes = KEY.getBytes(StandardCharsets.UTF_8);
        String hex = "hex:30313233343536373839616263646566";
        for (String key : List.of(KEY, "base64:" + Base64.getEncoder().encodeToString(bytes), hex)) {
            RuleSet rules = parse(keyed("${env:BAUTA_KEY}"), Map.of("BAUTA_KEY", key));
            assertThat(rules.keys().sessionSettings()).isEqualTo(expectedSettings());
        }
    }

    @Test
    void takesTheKeyFromAFileBesideTheRuleFile() throws Exception {
        Files.createDirectory(folder.resolve("keys"));
        Files.writeString(folder.resolve("keys/master"), KEY + "\n");
        Path file = Files.writeString(folder.resolve("rules.yaml"), keyed("${file:keys/master}"));
        assertThat(RuleFile.load(file, Map.of()).keys().sessionSettings()).isEqualTo(expectedSettings());
    }

    @Test
    void takesTheKeyFromAnAbsolutePath() throws Exception {
        Path key = Files.writeString(folder.resolve("master"), KEY);
        RuleSet rules = RuleFile.parse(keyed("${file:" + key + "}"), "rules.yaml", Map.of(), Path.of("/nowhere"));
        assertThat(rules.keys().sessionSettings()).isEqualTo(expectedSettings());
    }

    @Test
    void hasNoKeysWhereTheFileNamesNone() throws Exception {
        assertThat(parse("version: 1\ncolumns: []\n").keys().isEmpty()).isTrue();
    }

    @Test
    void versionFollowsTheTextAndTheKey() throws Exception {
        String text = keyed("${env:BAUTA_KEY}");
        String version = parse(text, Map.of("BAUTA_KEY", KEY)).version();
        assertThat(version).matches("[0-9a-f]{12}");
        assertThat(parse(text, Map.of("BAUTA_KEY", "another key of many bytes")).version())
                .matches("[0-9a-f]{12}")
                .isNotEqualTo(version);
        assertThat(parse(text, Map.of("BAUTA_KEY", KEY)).version()).isEqualTo(version);
        assertThat(parse(text + "# changed\n", Map.of("BAUTA_KEY", KEY)).version())
                .isNotEqualTo(version);
    }

    @Test
    void ignoresAByteOrderMark() throws Exception {
        Path file = Files.writeString(folder.resolve("rules.yaml"), "\uFEFFversion: 1\r\ncolumns: []\r\n");
        assertThat(RuleFile.load(file).columns()).isEmpty();
    }

    @Test
    void takesAFileOf4MiB() throws Exception {
        String start = "version: 1\ncolumns: []\n#";
        String text = start + "12345678\n#".repeat(420_000).substring(0, 4 * 1024 * 1024 - start.length());
        assertThat(RuleFile.load(Files.writeString(folder.resolve("rules.yaml"), text))
                        .version())
                .hasSize(12);
    }

    @Test
    void showsNeitherKeyNorParametersInToString() throws Exception {
        String text = keyed("${env:BAUTA_KEY}")
                + "  - {match: a.b.d, tag: pii, mask: {type: constant, value: Grace Hopper}}\n";
        RuleSet rules = parse(text, Map.of("BAUTA_KEY", KEY));
        assertThat(rules).hasToString("RuleSet[" + rules.version() + ", 0 roles, 2 column rules]");
        assertThat(rules.columns()).hasToString("[rules.yaml:4:5: [a.b.c] hash, rules.yaml:5:5: [a.b.d] constant]");
        assertThat(rules.keys()).hasToString("KeyRing[set]");
    }

    @Test
    void givesProblemsAsData() {
        Problem problem = new Problem(at(12, 9), "unknown key 'rolse', did you mean 'roles'?");
        assertThat(problem).hasToString("rules.yaml:12:9: unknown key 'rolse', did you mean 'roles'?");
        Problems problems = new Problems("rules.yaml");
        problems.add(problem);
        problems.add(problem);
        assertThat(problems.toException())
                .hasMessage(problem + "\n" + problem)
                .extracting(InvalidFileException::problems)
                .isEqualTo(List.of(problem, problem));
    }

    private static String keyed(String reference) {
        return "version: 1\nkey: " + reference + "\ncolumns:\n  - {match: a.b.c, mask: hash}\n";
    }

    private static Map<String, String> expectedSettings() throws Exception {
        KeyRing ring = KeyRing.of(KEY.getBytes(StandardCharsets.UTF_8));
        Masks.parse("hash", Map.of(), ring);
        return ring.sessionSettings();
    }

    private static RuleSet parse(String text) throws InvalidFileException {
        return parse(text, Map.of());
    }

    private static RuleSet parse(String text, Map<String, String> environment) throws InvalidFileException {
        return RuleFile.parse(text, "rules.yaml", environment, Path.of("/nowhere"));
    }

    private static Location at(int line, int column) {
        return new Location("rules.yaml", line, column);
    }

    private static List<NamePattern> names(String... patterns) {
        return Arrays.stream(patterns).map(NamePattern::new).toList();
    }

    private static ColumnPattern column(String schema, String relation, String column) {
        return new ColumnPattern(new NamePattern(schema), new NamePattern(relation), new NamePattern(column));
    }

    private static RoleRule role(String name, List<NamePattern> users, Access access, Location at) {
        return new RoleRule(name, RoleConditions.ofUsers(users), access, null, null, DataRules.NONE, at);
    }

    private static Treatment constant(Object value) throws Exception {
        return masked("constant", Map.of("value", value));
    }

    private static Treatment masked(String name, Map<String, Object> parameters) throws Exception {
        return new Treatment.Masked(Masks.parse(name, parameters, KeyRing.empty()));
    }
}
