package dev.bauta.proxy.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bauta.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The examples of {@code docs/commands.md}: each line with a command is run, in a folder that has the files that it names, and what the
 * page shows of the output of a section's commands is what one of them prints. Servers, databases and files are put in place of
 * those that the lines name.
 */
class CommandsDocTest {
    private static final Pattern SECTION = Pattern.compile("(?ms)^##+ `bauta ([a-z ]+)`\n(.*?)(?=^##+ `bauta |\\z)");
    private static final Pattern COMMAND = Pattern.compile("(?m)^    (?:\\./)?bauta (.*)$");
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");
    private static final Pattern SHOWN = Pattern.compile("(?ms)^```text\n(.*?)^```");

    private static final Map<String, Integer> STATUS = Map.of("check", 4, "diff", 9, "import database", 9);

    private static final Map<String, String> FILES = Map.of(
            "rules.yaml",
            """
            version: 1
            columns:
              - {match: public.customers.emial, mask: email}
              - {match: public.customers.name, mask: redact}
              - {match: public.customers.id, mask: none}
              - {match: public.customers.email, mask: email}
              - {match: public.customers.born, mask: "null"}
            roles:
              - {name: dba, users: postgres, access: masked}
              - {name: analyst, users: "bi_*", access: masked}
              - name: support
                users: reader
                access: masked
                columns: [{match: public.customers.born, mask: none}]
            """,
            "new-rules.yaml",
            """
            version: 1
            columns:
              - {match: public.customers.name, mask: redact}
              - {match: public.customers.id, mask: none}
              - {match: public.customers.born, mask: "null"}
            roles:
              - {name: dba, users: postgres, access: raw}
              - {name: analyst, users: "bi_*", access: masked}
              - {name: support, users: reader, access: masked}
            """,
            "audit.jsonl",
            """
            {"event":"statement","database":"DATABASE","user":"bi_anna","role":"default","fingerprint":"1","statement":"select email from customers where id = ?"}
            """,
            "config-mask.yaml",
            """
            rules:
            - !MASK
              tables:
                t_user: {columns: {password: {maskAlgorithm: md5}}}
              maskAlgorithms: {md5: {type: MD5}}
            """,
            "bauta.yaml",
            """
            listen: 127.0.0.1:6432
            server: {host: HOST, port: PORT}
            catalog: {user: postgres, password: postgres, databases: [DATABASE]}
            rules: rules.yaml
            """,
            "password",
            "analyst");

    private static TestDatabase database;

    private final Path directory;

    CommandsDocTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @BeforeAll
    static void create() {
        database = TestDatabase.create(
                """
                DO $$ BEGIN CREATE ROLE reader LOGIN PASSWORD 'reader'; EXCEPTION WHEN duplicate_object THEN NULL; END $$;
                DO $$ BEGIN CREATE ROLE bi_anna; EXCEPTION WHEN duplicate_object THEN NULL; END $$;
                DO $$ BEGIN CREATE ROLE analyst LOGIN PASSWORD 'analyst'; EXCEPTION WHEN duplicate_object THEN NULL; END $$;
                CREATE SCHEMA hr_people;
                CREATE TABLE hr_people.posts (id int, title text);
                CREATE TABLE customers (id int PRIMARY KEY, email varchar(80), phone text, name text, born date);
                INSERT INTO customers SELECT i, 'p' || i || '@example.com', NULL, NULL, NULL FROM generate_series(1, 200) i;
                COMMENT ON COLUMN customers.phone IS 'bauta: nothing like a mask';
                GRANT SELECT ON customers TO analyst;
                """);
    }

    @AfterAll
    static void drop() {
        database.run("DROP OWNED BY reader, analyst");
        database.drop();
    }

    @Test
    void everyExampleRunsAndPrintsWhatThePageShows() throws Exception {
        Map<String, List<String>> printed = new LinkedHashMap<>();
        String page = Files.readString(Path.of("..", "docs", "commands.md"));
        for (MatchResult section : SECTION.matcher(page).results().toList()) {
            List<String> outputs = new ArrayList<>();
            for (MatchResult line : COMMAND.matcher(section.group(2)).results().toList()) {
                outputs.add(run(section.group(1), line.group(1)));
            }
            SHOWN.matcher(section.group(2))
                    .results()
                    .map(block -> block.group(1))
                    .forEach(shown -> assertThat(outputs)
                            .as(section.group(1) + " shows\n" + shown)
                            .anySatisfy(output -> assertThat(output).contains(shown)));
            printed.put(section.group(1), outputs);
        }
        assertThat(printed.entrySet().stream()
                        .filter(section -> !section.getValue().isEmpty())
                        .map(Map.Entry::getKey))
                .containsExactly(
                        "discover",
                        "check",
                        "diff",
                        "explain",
                        "import database",
                        "import shardingsphere",
                        "export views",
                        "verify");
    }

    private String run(String section, String command) throws Exception {
        prepare();
        List<String> words = new ArrayList<>();
        for (MatchResult word : WORD.matcher(command).results().toList()) {
            words.add(place(
                    word.group(3) != null ? word.group(3) : word.group(1) != null ? word.group(1) : word.group(2)));
        }
        replaceOption(words, "--host", database.host());
        replaceOption(words, "--database", database.name());
        replaceOption(words, "--as-password-from", "file:" + directory.resolve("password"));
        if (words.contains("--output")) {
            Files.deleteIfExists(Path.of(words.get(words.indexOf("--output") + 1)));
        }
        if (words.contains("--database")) {
            words.addAll(List.of("--port", Integer.toString(database.port())));
            if (!words.contains("--host")) {
                words.addAll(List.of("--host", database.host()));
            }
        }
        if (section.equals("verify")) {
            // The walk-through runs it with attacks.
            words.add("--no-attacks");
        }
        CommandRun run = CommandRun.of(words.toArray(String[]::new));
        assertThat(run.out()).as(command + "\n" + run.err()).isNotEmpty();
        assertThat(run.status()).as(command + "\n" + run.all()).isEqualTo(STATUS.getOrDefault(section, 0));
        return run.out().replace(directory + "/", "");
    }

    private String place(String word) {
        Set<String> written = Set.of(
                "more-rules.yaml",
                "shop.json",
                "january.json",
                "february.json",
                "views.sql",
                "support.sql",
                "report.html");
        return FILES.containsKey(word) || written.contains(word)
                ? directory.resolve(word).toString()
                : word;
    }

    private static void replaceOption(List<String> words, String option, String value) {
        int at = words.indexOf(option);
        if (at >= 0) {
            words.set(at + 1, value);
        }
    }

    private void prepare() throws Exception {
        for (Map.Entry<String, String> file : FILES.entrySet()) {
            Files.writeString(
                    directory.resolve(file.getKey()),
                    file.getValue()
                            .replace("DATABASE", database.name())
                            .replace("HOST", database.host())
                            .replace("PORT", Integer.toString(database.port())));
        }
        for (String[] month : List.of(new String[] {"january", "rules"}, new String[] {"february", "new-rules"})) {
            CommandRun saved = CommandRun.of(
                    "check",
                    "--config=" + directory.resolve("bauta.yaml"),
                    "--rules=" + directory.resolve(month[1] + ".yaml"),
                    "--baseline=" + directory.resolve(month[0] + ".json"),
                    "--save");
            assertThat(saved.status()).as(saved.all()).isIn(0, 4);
        }
    }
}
