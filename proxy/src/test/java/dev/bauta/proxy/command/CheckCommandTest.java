package dev.bauta.proxy.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bauta.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bauta check}: what it prints and writes, and its exit status. What it finds is tested with the review. */
class CheckCommandTest {
    private static TestDatabase database;

    private final Path directory;

    CheckCommandTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @BeforeAll
    static void create() {
        database = TestDatabase.create(
                """
                CREATE TABLE customers (id int PRIMARY KEY, email text, phone text);
                CREATE VIEW directory AS SELECT id, upper(email) AS shouted FROM customers;
                """);
    }

    @AfterAll
    static void drop() {
        database.drop();
    }

    @Test
    void aFileThatSaysAllEndsWithZero() throws Exception {
        CommandRun run = check(
                """
                version: 1
                columns:
                  - {match: public.customers.email, mask: email}
                  - {match: public.customers.phone, mask: redact}
                  - {match: public.customers.id, mask: none}
                  - {match: public.directory.shouted, mask: redact}
                """);
        assertThat(run).isEqualTo(new CommandRun(0, "errors: 0, warnings: 0, notes: 0\n", ""));
    }

    @Test
    void warningsEndWithNineWhereThatIsAskedFor() throws Exception {
        String rules =
                """
                version: 1
                columns:
                  - {match: public.customers.email, mask: email}
                """;
        CommandRun run = check(rules);
        assertThat(run)
                .isEqualTo(new CommandRun(
                        0,
                        """
                        public.customers.phone: warning: it seems to hold telephone numbers (0.75: the name says 'phone'), is in no rule and is shown raw (unclassified: allow)
                            give it a rule, such as tag: pii.phone, mask: {type: partial, last: 2, hide: 5}
                        public.directory.shouted: note: it comes out as NULL, since the view reads the protected public.customers.email and the column is no plain copy
                            to show something, give public.directory.shouted a rule of its own
                        public.customers: note: 2 of 3 columns are in no rule and are shown raw (unclassified: allow): id, phone
                            give them rules, or mask: none where they are harmless

                        # Drafted by bauta check, for columns that are in no rule. Look through it, and name this file under
                        # 'include' in the rule file.
                        version: 1
                        columns:
                          # 0.75: the name says 'phone'
                          - match: public.customers.phone
                            tag: pii.phone
                            mask: {type: partial, last: 2, hide: 5}

                        errors: 0, warnings: 1, notes: 2
                        """,
                        ""));
        assertThat(check(rules, "--strict").status()).isEqualTo(9);
    }

    @Test
    void errorsEndWithFour() throws Exception {
        String rules =
                """
                version: 1
                columns:
                  - {match: public.customers.emial, mask: email}
                  - {match: "public.*.*", mask: none}
                """;
        CommandRun run = check(rules);
        assertThat(run)
                .isEqualTo(new CommandRun(
                        4,
                        directory.resolve("rules.yaml")
                                + """
                        :3:5: error: public.customers has no column 'emial'; did you mean 'email'?
                            correct the name, or take it out
                        errors: 1, warnings: 0, notes: 0
                        """,
                        ""));
        assertThat(check(rules, "--strict").status()).isEqualTo(4);
    }

    @Test
    void programsGetOneDocument() throws Exception {
        CommandRun run = check(
                """
                version: 1
                columns:
                  - {match: public.customers.emial, mask: email}
                  - {match: "public.*.*", mask: none}
                """,
                "--format=json");
        assertThat(new ObjectMapper().readTree(run.out()))
                .isEqualTo(new ObjectMapper()
                        .readTree(
                                """
                                        {"errors": 1, "warnings": 0, "notes": 0, "findings": [{"severity": "error", "kind": "unknown-name",
                                         "where": "RULES:3:5", "message": "public.customers has no column 'emial'; did you mean 'email'?",
                                         "advice": "correct the name, or take it out"}], "patch": ""}
                                        """
                                        .replace(
                                                "RULES",
                                                directory.resolve("rules.yaml").toString())));
    }

    @Test
    void thePatchIsAFileToInclude() throws Exception {
        String rules =
                """
                version: 1
                include: [more.yaml]
                columns:
                  - {match: public.customers.email, mask: email}
                """;
        Path more = directory.resolve("more.yaml");
        Files.writeString(more, "version: 1\n");
        CommandRun first = check(rules, "--output=" + more);
        assertThat(first)
                .isEqualTo(new CommandRun(
                        7,
                        "",
                        "bauta: " + more + " exists already; name another file or add --force to overwrite it\n"));
        assertThat(check(rules, "--output=" + more, "--force").out())
                .contains("phone")
                .endsWith("Rules for what seems to hold personal data are drafted in " + more
                        + ".\nerrors: 0, warnings: 1, notes: 2\n");
        assertThat(check(rules, "--strict").out())
                .isEqualTo(
                        """
                        public.directory.shouted: note: it comes out as NULL, since the view reads the protected public.customers.email and the column is no plain copy
                            to show something, give public.directory.shouted a rule of its own
                        public.customers: note: 1 of 3 columns are in no rule and are shown raw (unclassified: allow): id
                            give them rules, or mask: none where they are harmless
                        errors: 0, warnings: 0, notes: 2
                        """);
    }

    @Test
    void noValueIsShownWhereverItStands() throws Exception {
        TestDatabase full = TestDatabase.create(
                """
                CREATE TABLE people (id int PRIMARY KEY, email text DEFAULT 'canary' CHECK (email <> 'canary 2'), phone text, born date);
                INSERT INTO people VALUES (1, 'canary@example.com', 'canary', now());
                COMMENT ON COLUMN people.phone IS 'the telephone number, such as canary';
                CREATE VIEW shown AS SELECT id, email || 'canary' AS email FROM people WHERE phone <> 'canary';
                CREATE FUNCTION reading() RETURNS text LANGUAGE sql AS $$ SELECT email FROM people WHERE email = 'canary' $$;
                CREATE TABLE parts (id text) PARTITION BY LIST (id);
                CREATE TABLE part PARTITION OF parts FOR VALUES IN ('canary');
                """);
        Path rules = Files.writeString(
                directory.resolve("rules.yaml"),
                """
                version: 1
                columns:
                  - {match: public.people.email, mask: {type: constant, value: canary}}
                  - {match: public.people.born, mask: {type: partial, first: 1}}
                  - {match: "public.people.*", comments: "*canary not there*", mask: redact}
                tables:
                  - {match: public.parts, rows: "id <> 'canary'"}
                functions:
                  allow: [public.reading]
                """);
        Path baseline = directory.resolve("baseline.json");
        Path more = directory.resolve("more.yaml");
        for (String format : List.of("text", "json")) {
            CommandRun run = CommandRun.of(
                    "check",
                    "--host=" + full.host(),
                    "--port=" + full.port(),
                    "--database=" + full.name(),
                    "--rules=" + rules,
                    "--baseline=" + baseline,
                    "--save",
                    "--output=" + more,
                    "--force",
                    "--format=" + format);
            assertThat(run.status()).as(run.err()).isEqualTo(4);
            assertThat(run.all()).contains("public.reading", "public.people").doesNotContain("canary");
        }
        assertThat(Files.readString(baseline)).contains("refused").doesNotContain("canary");
        assertThat(Files.readString(more)).contains("pii.phone").doesNotContain("canary");
        full.drop();
    }

    @Test
    void aServerThatIsNotThereAndAFileThatIsNotThereHaveTheirStatus() throws Exception {
        Path rules = Files.writeString(directory.resolve("rules.yaml"), "version: 1\ncolumns: []\n");
        assertThat(CommandRun.of("check", "--host=127.0.0.1", "--port=1", "--rules=" + rules)
                        .status())
                .isEqualTo(5);
        assertThat(CommandRun.of("check", "--host=" + directory, "--database=shop", "--rules=" + rules))
                .isEqualTo(new CommandRun(
                        5,
                        "",
                        "bauta: cannot connect to database shop as postgres@" + directory
                                + ":5432: The connection attempt failed. No such file or directory\n"));
        assertThat(CommandRun.of("check", "--rules=" + directory.resolve("none.yaml"))
                        .status())
                .isEqualTo(4);
        assertThat(CommandRun.of("check", "--strickt").status()).isEqualTo(2);
    }

    private CommandRun check(String rules, String... more) throws Exception {
        Path file = Files.writeString(directory.resolve("rules.yaml"), rules);
        List<String> arguments = new ArrayList<>(List.of(
                "check",
                "--host=" + database.host(),
                "--port=" + database.port(),
                "--database=" + database.name(),
                "--rules=" + file));
        arguments.addAll(List.of(more));
        return CommandRun.of(arguments.toArray(String[]::new));
    }
}
