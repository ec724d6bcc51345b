package dev.bauta.proxy.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bauta.rulefile.RuleFile;
import dev.bauta.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code bauta import database}. Anonymizer's extension is not on the test server, and PostgreSQL takes no label without its
 * provider; so the labels are put into {@code pg_seclabel} and {@code pg_shseclabel} by a superuser's INSERT, where the extension's own
 * would stand.
 */
class ImportDatabaseTest {
    private static final Pattern RULE = Pattern.compile("(?m)^  - match: (.*)\n(?:    tag: (.*)\n)?    mask: (.*)$");

    /** Labels and what becomes of them, on a column of type text unless another is said. */
    private static final List<List<String>> LABELS = List.of(
            List.of(
                    "text",
                    "MASKED WITH FUNCTION anon.partial(c,2,$$xxxx$$,3)",
                    "{type: partial, first: 2, last: 3, character: x, width: 4}"),
            List.of("text", "masked with function anon.partial(c, 0, '+-+', 1)", "{type: partial, first: 0, last: 1}"),
            List.of("text", "MASKED WITH FUNCTION anon.partial(c, length(c), 'x', 3)", "redact"),
            List.of("text", "MASKED WITH FUNCTION anon.partial_email(c)", "email"),
            List.of("text", "MASKED WITH FUNCTION anon.hash(c)", "hash"),
            List.of("integer", "MASKED WITH FUNCTION anon.generalize_int4range(c, 20)", "{type: truncate, step: 20}"),
            List.of(
                    "date",
                    "MASKED WITH FUNCTION anon.generalize_daterange(c, 'month')",
                    "{type: truncate, unit: month}"),
            List.of("date", "MASKED WITH FUNCTION anon.generalize_daterange(c, 'fortnight')", "redact"),
            List.of("text", "MASKED WITH FUNCTION anon.fake_last_name()", "redact"),
            List.of("date", "MASKED WITH FUNCTION anon.random_date_between('1970-01-01'::DATE, now())", "redact"),
            List.of("text", "MASKED WITH FUNCTION anon.no_such_function(c)", "redact"),
            List.of("bytea", "MASKED WITH FUNCTION anon.image_blur(c, 3)", "\"null\""),
            List.of("text", "MASKED WITH FUNCTION public.canary(c)", "redact"),
            List.of("text", "MASKED WITH VALUE 'CONFIDENTIAL'", "{type: constant, value: CONFIDENTIAL}"),
            List.of("text", "MASKED WITH VALUE $$it's$$", "{type: constant, value: 'it''s'}"),
            List.of("integer", "MASKED WITH VALUE 'CONFIDENTIAL'", "redact"),
            List.of("integer", "MASKED WITH VALUE 7", "{type: constant, value: 7}"),
            List.of("text", "MASKED WITH VALUE NULL", "\"null\""),
            List.of("text", "MASKED WITH VALUE upper('canary')", "redact"),
            List.of("text", "NOT MASKED", "none"),
            List.of("text", "MASKED WITH CANARY", "redact"));

    private static TestDatabase database;

    @BeforeAll
    static void create() {
        StringBuilder script = new StringBuilder(
                """
                CREATE SCHEMA labelled;
                CREATE TABLE people (id int, email text, phone text, born date, salary numeric(9,2), note text, bad text, odd integer,
                    twice text, tagged text, typo text);
                COMMENT ON COLUMN people.id IS 'not for Bauta: email';
                COMMENT ON COLUMN people.email IS E'where we write to\\nbauta: email';
                COMMENT ON COLUMN people.phone IS 'bauta: {type: partial, last: 4}';
                COMMENT ON COLUMN people.born IS 'bauta: {tag: pii.birth_date, mask: {type: truncate, unit: year}}';
                COMMENT ON COLUMN people.salary IS 'bauta: none';
                COMMENT ON COLUMN people.note IS 'bauta: "null"';
                COMMENT ON COLUMN people.bad IS 'bauta: {type: partial, last: canary}';
                COMMENT ON COLUMN people.odd IS 'bauta: email';
                COMMENT ON COLUMN people.twice IS E'bauta: none\\nbauta: email';
                COMMENT ON COLUMN people.tagged IS 'bauta: {tag: pii.name, mask: redact, match: "*.*.*"}';
                COMMENT ON COLUMN people.typo IS 'bauta: email}, {match: a.b.c, mask: none';
                INSERT INTO people (email, phone) VALUES ('canary@example.com', 'canary');
                DO $$ BEGIN CREATE ROLE labelled_reader; EXCEPTION WHEN duplicate_object THEN NULL; END $$;
                DELETE FROM pg_catalog.pg_shseclabel;
                INSERT INTO pg_catalog.pg_shseclabel VALUES ('labelled_reader'::regrole, 'pg_authid'::regclass, 'anon', 'MASKED');
                """);
        for (int i = 0; i < LABELS.size(); i++) {
            script.append("CREATE TABLE labelled.t%02d (c %s);"
                            .formatted(i, LABELS.get(i).get(0)))
                    .append(
                            "INSERT INTO pg_catalog.pg_seclabel VALUES ('labelled.t%02d'::regclass, 'pg_class'::regclass, 1, 'anon', "
                                    .formatted(i))
                    .append(dev.bauta.catalog.SqlNames.literal(LABELS.get(i).get(1)))
                    .append(");");
        }
        database = TestDatabase.create(script.toString());
    }

    @AfterAll
    static void drop() {
        database.run("DELETE FROM pg_catalog.pg_shseclabel; DROP OWNED BY labelled_reader; DROP ROLE labelled_reader");
        database.drop();
    }

    @Test
    void aNameWithAStarSaysNothingOfOtherColumns() {
        TestDatabase starred = TestDatabase.create(
                """
                CREATE TABLE "*" (email text, "*" text, "c*" text);
                COMMENT ON COLUMN "*".email IS 'bauta: email';
                COMMENT ON COLUMN "*"."*" IS 'bauta: none';
                COMMENT ON COLUMN "*"."c*" IS 'bauta: {type: partial, last: 900}';
                """);
        try {
            CommandRun run = CommandRun.of(
                    "import",
                    "database",
                    "--host=" + starred.host(),
                    "--port=" + starred.port(),
                    "--database=" + starred.name());
            assertThat(run.status()).isEqualTo(9);
            assertThat(run.err())
                    .startsWith(
                            """
                            3 column rules, 3 of them not translated
                            public.*.email: a '*' in its name stands for other columns too
                            public.*.*: a '*' in its name stands for other columns too, so that there is no rule
                            public.*.c*: a '*' in its name stands for other columns too
                            """);
            assertThat(run.out()).doesNotContain("none", "partial").contains("mask: \"null\"");
        } finally {
            starred.drop();
        }
    }

    @Test
    void takesCommentsForRules() {
        Map<String, String> masks = masks("public.people.");
        Map<String, String> expected = new LinkedHashMap<>();
        expected.put("public.people.email", "email");
        expected.put("public.people.phone", "{type: partial, last: 4}");
        expected.put("public.people.born", "pii.birth_date {type: truncate, unit: year}");
        expected.put("public.people.salary", "none");
        expected.put("public.people.note", "\"null\"");
        expected.put("public.people.bad", "redact");
        expected.put("public.people.odd", "redact");
        expected.put("public.people.twice", "redact");
        expected.put("public.people.tagged", "redact");
        expected.put("public.people.typo", "redact");
        assertThat(masks).isEqualTo(expected);
    }

    @Test
    void takesAnonymizersLabelsForRules() {
        Map<String, String> expected = new LinkedHashMap<>();
        for (int i = 0; i < LABELS.size(); i++) {
            expected.put("labelled.t%02d.c".formatted(i), LABELS.get(i).get(2));
        }
        assertThat(masks("labelled.")).isEqualTo(expected);
    }

    @Test
    void tellsWhatItCouldNotTranslate() throws Exception {
        CommandRun run = run("--format=json");
        JsonNode document = new ObjectMapper().readTree(run.out());
        assertThat(run.status()).isEqualTo(9);
        assertThat(document.get("columns").asInt()).isEqualTo(10 + LABELS.size());
        List<String> problems = new ArrayList<>();
        document.get("untranslated")
                .forEach(problem -> problems.add(problem.get("where").asText() + ": "
                        + problem.get("reason").asText()));
        assertThat(problems)
                .containsExactlyInAnyOrder(
                        "labelled.t02.c: the arguments of anon.partial are not plain constants",
                        "labelled.t07.c: dates are not cut to that unit",
                        "labelled.t10.c: anon.no_such_function has no counterpart",
                        "labelled.t11.c: anon.image_blur has no counterpart",
                        "labelled.t12.c: the label's function is not Anonymizer's own",
                        "labelled.t15.c: the mask 'constant' does not fit the type integer",
                        "labelled.t18.c: the label's value is no plain constant",
                        "labelled.t20.c: the label is neither MASKED WITH FUNCTION nor MASKED WITH VALUE",
                        "public.people.bad: the comment names no mask, or gives one parameters that it cannot have",
                        "public.people.odd: the mask 'email' does not fit the type integer",
                        "public.people.twice: the comment has several lines 'bauta:'",
                        "public.people.tagged: beside 'mask' the comment can have a 'tag' and nothing else",
                        "public.people.typo: the comment cannot be read: a ':' is not expected here; check the indentation, and quote values");
        assertThat(document.get("notes").get(0).asText())
                .startsWith("Anonymizer masks these roles alone: labelled_reader.");
    }

    @Test
    void writesAValidRuleFileWithoutValues(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("rules.yaml");
        CommandRun run = run("--output=" + file);
        assertThat(run.status()).isEqualTo(9);
        assertThat(run.err()).isEmpty();
        assertThat(RuleFile.load(file, Map.of("BAUTA_KEY", "0123456789abcdef")).columns())
                .hasSize(10 + LABELS.size());
        assertThat(run.all() + Files.readString(file)).doesNotContainIgnoringCase("canary");
    }

    @Test
    void saysThatTheDatabaseCannotBeReached() {
        CommandRun run = CommandRun.of(
                "import", "database", "--host=" + database.host(), "--port=" + database.port(), "--database=nowhere");
        assertThat(run.status()).isEqualTo(5);
        assertThat(run.err().lines()).hasSize(1);
    }

    /** Tag and mask by pattern. */
    private static Map<String, String> masks(String start) {
        Map<String, String> masks = new LinkedHashMap<>();
        RULE.matcher(run().out()).results().forEach(rule -> {
            if (rule.group(1).startsWith(start)) {
                masks.put(rule.group(1), rule.group(2) == null ? rule.group(3) : rule.group(2) + " " + rule.group(3));
            }
        });
        return masks;
    }

    private static CommandRun run(String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "import",
                "database",
                "--host=" + database.host(),
                "--port=" + database.port(),
                "--database=" + database.name()));
        arguments.addAll(List.of(more));
        return CommandRun.of(arguments.toArray(String[]::new));
    }
}
