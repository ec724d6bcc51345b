package dev.bauta.proxy.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bauta.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Commands on 1,000 tables with 20,000 columns, 999 foreign keys, 100 views and 100 functions, under 64 rules and three masked roles. The
 * figures are reported and stand in {@code docs/commands.md}; the bound is for machines that are busy with other things.
 */
class LargeSchemaTest {
    private static final Duration BOUND = Duration.ofSeconds(30);

    private static TestDatabase database;

    private static Path rules;

    private static Path changed;

    private final TestReporter reporter;

    LargeSchemaTest(TestReporter reporter) {
        this.reporter = reporter;
    }

    @BeforeAll
    static void create(@TempDir Path directory) throws Exception {
        database = TestDatabase.create();
        String columns = IntStream.rangeClosed(1, 13)
                .mapToObj(i -> "c" + i + (i % 2 == 0 ? " text" : " int"))
                .collect(Collectors.joining(", "));
        for (int from = 0; from < 1000; from += 250) {
            StringBuilder script = new StringBuilder();
            for (int table = from; table < from + 250; table++) {
                script.append(
                        "CREATE TABLE t%d (id int PRIMARY KEY, email text, phone text, full_name text, born date, note text, "
                                .formatted(table));
                script.append(columns)
                        .append(", other_id int")
                        .append(table == 0 ? "" : " REFERENCES t" + (table - 1))
                        .append(");\n");
                if (table % 10 == 0) {
                    script.append("CREATE VIEW v%1$d AS SELECT id, email, upper(full_name) AS shouted FROM t%1$d;\n"
                            .formatted(table));
                    script.append(
                            "CREATE FUNCTION f%1$d(int) RETURNS text LANGUAGE sql AS 'SELECT email FROM t%1$d WHERE id = $1';\n"
                                    .formatted(table));
                }
            }
            database.run(script.toString());
        }
        String named = IntStream.range(0, 60)
                .mapToObj(i -> "  - {match: public.t%d.note, mask: redact}\n".formatted(i))
                .collect(Collectors.joining());
        String text =
                """
                version: 1
                key: ${file:key}
                roles:
                  - {name: support, users: support, access: masked, columns: [{match: "*.*.phone", mask: none}]}
                  - {name: sales, users: sales, access: masked, columns: [{match: "*.*.born", mask: {type: truncate, unit: year}}]}
                columns:
                  - {match: ["*.*.id", "*.*.other_id"], mask: {type: hash, domain: key}}
                  - {match: "*.*.email", mask: email}
                  - {match: "*.*.born", mask: "null"}
                  - {match: "public.t1*.full_name", mask: redact}
                """
                        + named;
        Files.writeString(directory.resolve("key"), "0123456789abcdef");
        rules = Files.writeString(directory.resolve("rules.yaml"), text);
        changed = Files.writeString(
                directory.resolve("changed.yaml"),
                text.replace("mask: \"null\"", "mask: {type: truncate, unit: decade}"));
    }

    @AfterAll
    static void drop() {
        database.drop();
    }

    @Test
    void check() throws Exception {
        Path baseline = rules.resolveSibling("baseline.json");
        CommandRun run = timed("check", "--rules=" + rules, "--baseline=" + baseline, "--save");
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(lastLine(run)).isEqualTo("errors: 0, warnings: 1891, notes: 2200");
        assertThat(lastLine(timed("check", "--rules=" + changed, "--baseline=" + baseline)))
                .isEqualTo("errors: 0, warnings: 1891, notes: 3200");
    }

    @Test
    @EnabledIfSystemProperty(named = "bauta.test.large", matches = "true")
    void others() throws Exception {
        assertThat(timed("discover", "--sample=0").out()).startsWith("1000 tables, 20000 columns: 4000 seem");
        assertThat(timed("explain", "--rules=" + rules, "SELECT * FROM t1 JOIN t2 USING (id)")
                        .status())
                .isZero();
        assertThat(lastLine(timed("diff", rules.toString(), changed.toString())))
                .isEqualTo("differences: 1000");
        Path views = rules.resolveSibling("views.sql");
        assertThat(timed("export", "views", "--rules=" + rules, "--output=" + views, "--force")
                        .out())
                .startsWith("1100 views");
    }

    private static String lastLine(CommandRun run) {
        return run.out().lines().reduce("", (before, line) -> line);
    }

    private CommandRun timed(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--host=" + database.host(), "--port=" + database.port(), "--database=" + database.name()));
        long start = System.nanoTime();
        CommandRun run = CommandRun.of(all.toArray(String[]::new));
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        reporter.publishEntry(arguments[0], took.toMillis() + " ms");
        assertThat(took).as(arguments[0]).isLessThan(BOUND);
        return run;
    }
}
