package dev.bauta.proxy.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bauta.catalog.CatalogLoader;
import dev.bauta.engine.Engine;
import dev.bauta.engine.Fingerprint;
import dev.bauta.engine.Session;
import dev.bauta.lexer.LexerSettings;
import dev.bauta.policy.Principal;
import dev.bauta.rulefile.RuleFile;
import dev.bauta.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bauta diff}: every kind of difference, by rule files and by saved checks, and what recorded statements come to. */
class DiffCommandTest {
    private static final String OLD =
            """
            version: 1
            key: ${file:old.key}
            roles:
              - {name: dba, users: postgres, access: masked}
              - {name: support, users: support, access: masked, columns: [{match: public.customers.phone, mask: none}]}
              - {name: gone, users: gone, access: refused}
            columns:
              - {match: public.customers.email, mask: email}
              - {match: public.customers.phone, mask: {type: partial, last: 2}}
              - {match: public.customers.name, mask: redact}
              - {match: public.orders.total, mask: "null"}
            tables:
              - {match: public.orders, rows: "total > 100"}
            """;
    private static final String NEW =
            """
            version: 1
            key: ${file:new.key}
            roles:
              - {name: dba, users: postgres, access: raw}
              - {name: support, users: support, access: masked}
              - {name: fresh, users: fresh, access: masked}
            columns:
              - {match: public.customers.phone, mask: {type: partial, last: 4}}
              - {match: public.customers.name, mask: redact}
              - {match: public.customers.born, mask: redact}
              - {match: public.orders.total, mask: refused}
            """;

    private static TestDatabase database;

    private final Path directory;

    DiffCommandTest(@TempDir Path directory) throws Exception {
        this.directory = directory;
        Files.writeString(directory.resolve("old.key"), "0123456789abcdef");
        Files.writeString(directory.resolve("new.key"), "fedcba9876543210");
        Files.writeString(directory.resolve("old.yaml"), OLD);
        Files.writeString(directory.resolve("new.yaml"), NEW);
    }

    @BeforeAll
    static void create() {
        database = TestDatabase.create(
                """
                CREATE TABLE customers (id int PRIMARY KEY, email text, phone text, name text, born date);
                CREATE TABLE orders (id int, total int);
                """);
    }

    @AfterAll
    static void drop() {
        database.drop();
    }

    @Test
    void twoRuleFilesOnOneSchema() {
        CommandRun run = diff("old.yaml", "new.yaml");
        assertThat(run)
                .isEqualTo(new CommandRun(
                        9,
                        """
                        role: role dba: raw, was masked
                        role: role fresh: masked, was not there
                        role: role gone: not there, was refused
                        key: master key: another one, was there
                        masked: public.customers.born: masked by redact (new.yaml:10:5), was raw
                        raw: public.customers.email: raw, was masked by email (old.yaml:8:5)
                        masked-otherwise: public.customers.phone: masked by partial (new.yaml:8:5), was masked by partial (old.yaml:9:5), for roles default, fresh
                        masked: public.customers.phone: masked by partial (new.yaml:8:5), was raw, for role support
                        rows: public.orders: all rows, was some rows
                        refused: public.orders.total: refused (new.yaml:11:5), was masked by null (old.yaml:11:5)
                        differences: 10
                        """,
                        ""));
    }

    @Test
    void aFileAndItselfDoNotDiffer() {
        assertThat(diff("old.yaml", "old.yaml")).isEqualTo(new CommandRun(0, "differences: 0\n", ""));
    }

    /** Rules that leave every column of every role as it is, and show raw values to others. */
    @Test
    void whatExposesWithoutAnotherMaskIsADifference() throws Exception {
        Files.writeString(
                directory.resolve("old.yaml"),
                """
                version: 1
                roles:
                  - {name: dba, users: postgres, access: raw}
                  - {name: strict, users: strict, access: masked, columns: [{match: public.customers.name, mask: "null"}]}
                  - {name: out, users: "ex_*", access: refused}
                columns:
                  - {match: public.customers.email, mask: email}
                """);
        Files.writeString(
                directory.resolve("new.yaml"),
                """
                version: 1
                roles:
                  - {name: out, users: "ex_*", access: masked}
                  - {name: bi, users: bi, access: masked, columns: [{match: "*.*.email", mask: none}]}
                  - {name: dba, users: [postgres, "*"], access: raw}
                columns:
                  - {match: public.customers.email, mask: email}
                functions: {allow: [public.peek]}
                """);
        assertThat(diff("old.yaml", "new.yaml").out())
                .isEqualTo(
                        """
                        role: role bi: masked, was not there
                        role: role dba: raw under other conditions, was raw
                        role: role out: masked, was refused
                        role: role strict: not there, was masked
                        role: order: out, dba, default, was dba, out, default
                        function: public.peek: allowed, was not allowed
                        raw: public.customers.email: raw, was masked by email (old.yaml:7:5), for role bi
                        raw: public.customers.name: raw, was masked by null (old.yaml:4:61), for role strict
                        differences: 8
                        """);
        check("old.yaml", "--baseline=" + directory.resolve("then.json"), "--save");
        CommandRun later = check("new.yaml", "--baseline=" + directory.resolve("then.json"));
        assertThat(later.out().lines().filter(line -> line.contains("since the last check")))
                .contains(
                        "role dba: warning: role since the last check: raw under other conditions, was raw",
                        "public.peek: warning: function since the last check: allowed, was not allowed");
        // A file of an earlier version says nothing of these.
        String saved = Files.readString(directory.resolve("then.json"));
        Files.writeString(
                directory.resolve("then.json"),
                saved.replaceAll("(?s)\"(order|conditions|functions|denied|ends)\" : (\\{.*?\\}|\\[.*?\\]),", "")
                        .replaceAll(",\\s*\"writable\" : \\[.*?\\]", ""));
        assertThat(check("new.yaml", "--baseline=" + directory.resolve("then.json"))
                        .out())
                .contains("role out: warning: role since the last check: masked, was refused")
                .doesNotContain("other conditions", "order: ", "public.peek: ");
    }

    /** Rules that leave every column as it is today, and let a role do otherwise, or until another day. */
    @Test
    void whatMayBeDoneAndUntilWhenIsADifference() throws Exception {
        String rules =
                """
                version: 1
                roles:
                  - name: support
                    users: support
                    access: masked
                    until: 2096-12-31
                    columns:
                      - {match: public.customers.name, mask: none, until: 2096-06-30}
                      - {match: public.customers.phone, mask: none, until: 2096-06-30}
                      - {match: public.customers.born, mask: none}
                    statements: {refuse: [copy-to, explain]}
                  - {name: bi, users: bi, access: masked, masks: [{tag: pii.phone, mask: redact, until: 2096-01-31}]}
                columns:
                  - {match: public.customers.email, mask: email}
                  - {match: public.customers.phone, tag: pii.phone, mask: redact}
                  - {match: public.orders.total, mask: "null"}
                tables:
                  - {match: [public.customers, public.orders], writes: allowed, until: 2096-03-31}
                """;
        Files.writeString(directory.resolve("old.yaml"), rules);
        Files.writeString(
                directory.resolve("new.yaml"),
                rules.replace("    until: 2096-12-31\n", "")
                        .replace("name, mask: none, until: 2096-06-30", "name, mask: none, until: 2097-06-30")
                        .replace("born, mask: none", "born, mask: none, until: 2096-06-30")
                        .replace("[copy-to, explain]", "[explain]")
                        .replace(", until: 2096-01-31", "")
                        .replace(
                                "  - {match: [public.customers, public.orders], writes: allowed, until: 2096-03-31}",
                                "  - {match: public.customers, writes: allowed}"));
        String told =
                """
                statements: allowed kinds: all but explain, was all but copy-to, explain, for role support
                until: role bi: masks pii.phone: no end, was 2096-02-01T00:00:00Z
                until: role support: no end, was 2097-01-01T00:00:00Z
                until: role support: columns public.customers.born: 2096-07-01T00:00:00Z, was no end
                until: role support: columns public.customers.name: 2097-07-01T00:00:00Z, was 2096-07-01T00:00:00Z
                until: tables public.customers, public.orders: not there, was 2096-04-01T00:00:00Z
                writes: public.orders: not allowed, was allowed
                differences: 7
                """;
        assertThat(diff("old.yaml", "new.yaml")).isEqualTo(new CommandRun(9, told, ""));
        for (String file : List.of("old", "new")) {
            check(file + ".yaml", "--baseline=" + directory.resolve(file + ".json"), "--save");
        }
        assertThat(diff("old.json", "new.json")).isEqualTo(new CommandRun(9, told, ""));
        JsonNode changes = new ObjectMapper()
                .readTree(diff("new.yaml", "old.yaml", "--format=json").out())
                .get("changes");
        assertThat(changes.get(6))
                .isEqualTo(
                        new ObjectMapper()
                                .readTree(
                                        """
                                {"kind": "writes", "object": "public.orders", "roles": [], "before": "not allowed", "after": "allowed", "exposes": true}
                                """));
        assertThat(changes.get(0).get("exposes").booleanValue()).isFalse();
        assertThat(changes.get(2).get("exposes").booleanValue()).isTrue();
    }

    @Test
    void aHostileLogSaysNothingInItsOwnWords() throws Exception {
        ObjectMapper mapper = new ObjectMapper();
        List<String> lines = new ArrayList<>(List.of("", "null", "[1]", "\"x\"", "{\"event\":{},\"database\":[]}"));
        for (String statement :
                List.of("select email from customers", "(".repeat(20_000), "select \u0000 '", "LONE\nforged ?? ?")) {
            lines.add(mapper.writeValueAsString(Map.of(
                    "event",
                    "statement",
                    "database",
                    database.name(),
                    "user",
                    "u",
                    "role",
                    "nobody\nforged",
                    "fingerprint",
                    "f" + lines.size(),
                    "statement",
                    statement)));
        }
        Files.writeString(
                directory.resolve("audit.jsonl"), String.join("\n", lines).replace("LONE", "\\ud800"));
        CommandRun run = diff("old.yaml", "new.yaml", "--workload=" + directory.resolve("audit.jsonl"));
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .contains(
                        "statement: select email from customers\n    rewrite otherwise, was rewrite, for role nobody?forged");
        assertThat(run.out().lines()).noneMatch(line -> line.startsWith("forged"));
    }

    @Test
    void programsGetOneDocument() throws Exception {
        Files.writeString(directory.resolve("new.yaml"), OLD.replace("mask: email", "mask: none"));
        CommandRun run = diff("old.yaml", "new.yaml", "--format=json");
        assertThat(new ObjectMapper().readTree(run.out()))
                .isEqualTo(
                        new ObjectMapper()
                                .readTree(
                                        """
                                        {"changes": [{"kind": "raw", "object": "public.customers.email", "roles": [], "before": "masked by email (old.yaml:8:5)",
                                         "after": "raw", "exposes": true}]}
                                        """));
    }

    @Test
    void savedChecksNeedNoDatabase() {
        assertThat(check("old.yaml", "--baseline=" + directory.resolve("then.json"), "--save")
                        .status())
                .isZero();
        database.run(
                """
                ALTER TABLE customers ADD COLUMN iban text;
                ALTER TABLE customers DROP COLUMN born;
                ALTER TABLE customers ALTER COLUMN phone TYPE varchar(20);
                CREATE TABLE invoices (id int, address text);
                DROP TABLE orders;
                """);
        try {
            CommandRun later = check("old.yaml", "--baseline=" + directory.resolve("then.json"));
            assertThat(later.out().lines().filter(line -> line.contains("since the last check")))
                    .containsExactly(
                            "public.customers.iban: warning: new-column since the last check: pg_catalog.text, raw, was not there",
                            "public.invoices: warning: new-table since the last check: 2 columns, 2 of them raw, was not there",
                            "public.customers.born: note: dropped-column since the last check: not there, was pg_catalog.date",
                            "public.customers.phone: note: retyped since the last check: character varying(20), was pg_catalog.text",
                            "public.orders: note: dropped-table since the last check: not there, was there");
            assertThat(check("old.yaml", "--baseline=" + directory.resolve("now.json"), "--save")
                            .out())
                    .doesNotContain("since the last check");
            String files = directory.resolve("then.json") + " " + directory.resolve("now.json");
            assertThat(CommandRun.of(("diff " + files).split(" ")))
                    .isEqualTo(new CommandRun(
                            9,
                            """
                            dropped-column: public.customers.born: not there, was pg_catalog.date
                            new-column: public.customers.iban: pg_catalog.text, raw, was not there
                            retyped: public.customers.phone: character varying(20), was pg_catalog.text
                            new-table: public.invoices: 2 columns, 2 of them raw, was not there
                            dropped-table: public.orders: not there, was there
                            differences: 5
                            """,
                            ""));
        } finally {
            database.run(
                    """
                    ALTER TABLE customers DROP COLUMN iban, ADD COLUMN born date;
                    ALTER TABLE customers ALTER COLUMN phone TYPE text;
                    DROP TABLE invoices;
                    CREATE TABLE orders (id int, total int);
                    """);
        }
    }

    @Test
    void aSavedCheckShowsNeitherKeyNorParameters() throws Exception {
        Files.writeString(
                directory.resolve("new.yaml"),
                OLD.replace("mask: redact", "mask: {type: constant, value: canary}")
                        .replace("total > 100", "total > 987654"));
        check("new.yaml", "--baseline=" + directory.resolve("then.json"), "--save");
        assertThat(Files.readString(directory.resolve("then.json")))
                .contains("\"mask\" : \"constant\"")
                .doesNotContain("canary", "987654", "0123456789abcdef");
    }

    @Test
    void recordedStatementsThatAreDecidedOtherwise() throws Exception {
        record("default", "SELECT email FROM customers WHERE id = 7", "SELECT email FROM customers WHERE id = 8");
        record("default", "SELECT name FROM public.customers WHERE id IN (1, 2, 3)");
        record("default", "SELECT id, total FROM orders LIMIT 10");
        record("default", "SELECT phone FROM customers", "SELECT 1");
        record("dba", "SELECT name FROM customers");
        record("gone", "SELECT 1");
        record("default", "SELECT born FROM customers WHERE name = 'canary'");
        Files.writeString(
                directory.resolve("audit.jsonl"),
                """
                {"event":"connect","database":"%1$s"}
                {"event":"statement","database":"elsewhere","statement":"select 1","fingerprint":"x","role":"default","user":"u"}
                {"event":"statement","database":"%1$s","statement":"select cut…","fingerprint":"y","role":"default","user":"u"}
                """
                                .formatted(database.name())
                        + log);
        Path rotated = Files.writeString(directory.resolve("audit.jsonl.1"), "");
        CommandRun run =
                diff("old.yaml", "new.yaml", "--workload=" + rotated, "--workload=" + directory.resolve("audit.jsonl"));
        assertThat(run.status()).isEqualTo(9);
        assertThat(run.out().substring(run.out().indexOf("statement: ")))
                .isEqualTo(
                        """
                        statement: select email from customers where id = ?
                            rewrite otherwise, was rewrite, for role default, recorded 2 times
                        statement: select id, total from orders limit ?
                            refuse (protected-column), was rewrite, for role default, recorded 1 times
                        statement: select phone from customers
                            rewrite otherwise, was rewrite, for role default, recorded 1 times
                        statement: select name from customers
                            raw, was rewrite, for role dba, recorded 1 times
                        statement: select ?
                            pass, was refuse (role-refused), for role gone, recorded 1 times
                        statement: select born from customers where name = ?
                            rewrite otherwise, was rewrite, for role default, recorded 1 times
                        statements: 8, decided otherwise: 6, not to be compared: 1
                        differences: 10
                        """);
        assertThat(run.all()).doesNotContain("canary");
    }

    @Test
    void whatCannotBeReadIsTold() throws Exception {
        Files.writeString(directory.resolve("odd.json"), "{\"secret\": 1}");
        Files.writeString(directory.resolve("audit.jsonl"), "canary\n");
        assertThat(diff("old.yaml", "none.json"))
                .isEqualTo(new CommandRun(
                        4,
                        "",
                        "bauta: " + directory.resolve("none.json")
                                + ": there is no such file; bauta check --baseline --save writes it\n"));
        assertThat(diff("old.yaml", "odd.json"))
                .isEqualTo(new CommandRun(
                        4, "", "bauta: " + directory.resolve("odd.json") + ": it was not written by bauta check\n"));
        assertThat(diff("old.yaml", "new.yaml", "--workload=" + directory.resolve("audit.jsonl")))
                .isEqualTo(new CommandRun(
                        4,
                        "",
                        "bauta: " + directory.resolve("audit.jsonl")
                                + ": it cannot be read, or is no audit log of the proxy\n"));
        assertThat(diff("odd.json", "odd.json", "--workload=x").status()).isEqualTo(2);
        assertThat(check("old.yaml", "--save").status()).isEqualTo(2);
    }

    private String log = "";

    /** As the proxy records them. */
    private void record(String role, String... statements) throws Exception {
        try (Connection connection = database.connect()) {
            Engine engine = Engine.of(RuleFile.load(directory.resolve("old.yaml")), CatalogLoader.load(connection));
            for (String statement : statements) {
                Session session = engine.preview(new Principal("u", database.name()), "default", LexerSettings.SERVER);
                session.setSearchPath(List.of("pg_catalog", "public"));
                session.decide(statement);
                Fingerprint fingerprint = session.facts().get(0).fingerprint();
                log += new ObjectMapper()
                                .writeValueAsString(Map.of(
                                        "event",
                                        "statement",
                                        "database",
                                        database.name(),
                                        "user",
                                        "u",
                                        "role",
                                        role,
                                        "fingerprint",
                                        fingerprint.hash(),
                                        "statement",
                                        fingerprint.text()))
                        + "\n";
            }
        }
    }

    private CommandRun diff(String before, String after, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "diff",
                directory.resolve(before).toString(),
                directory.resolve(after).toString()));
        return run(arguments, more);
    }

    private CommandRun check(String rules, String... more) {
        return run(new ArrayList<>(List.of("check", "--rules=" + directory.resolve(rules))), more);
    }

    private static CommandRun run(List<String> arguments, String... more) {
        arguments.addAll(
                List.of("--host=" + database.host(), "--port=" + database.port(), "--database=" + database.name()));
        arguments.addAll(List.of(more));
        return CommandRun.of(arguments.toArray(String[]::new));
    }
}
