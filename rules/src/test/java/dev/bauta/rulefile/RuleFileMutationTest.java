package dev.bauta.rulefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.bauta.yaml.InvalidFileException;
import dev.bauta.yaml.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Whatever is done to a file, it loads or it is refused with problems that have a place in it. */
class RuleFileMutationTest {
    private static final long SEED = 20_261_123;
    private static final int ROUNDS = 5_000;
    private static final Map<String, String> ENVIRONMENT = Map.of("BAUTA_KEY", "0123456789abcdef");
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_]+|\\s|.", Pattern.DOTALL);

    private static final List<String> PIECES = List.of(
            ":",
            ": ",
            "- ",
            "-",
            "?",
            "? ",
            "[",
            "]",
            "{",
            "}",
            ",",
            "#",
            " #",
            "&a ",
            "*a",
            "!!str ",
            "!",
            "|",
            ">",
            "|2-",
            "'",
            "\"",
            "%",
            "@",
            "`",
            "~",
            "null",
            "yes",
            "0x1F",
            "1e999",
            "<<",
            "---",
            "\n---\n",
            "...",
            "\n",
            "\r",
            "\t",
            "  ",
            "\\",
            "\\x",
            "\u0000",
            "\u0085",
            "\u2028",
            "\uFEFF",
            "\uFFFF",
            "\uD83D",
            "\uD83D\uDE00",
            "é",
            ".",
            "..",
            "\"\"",
            "*",
            "**",
            "${",
            "${env:",
            "${file:",
            "}",
            "999999999999999999999",
            "-1",
            "true",
            "type",
            "mask",
            "none",
            "hash");

    private static final String VALID =
            """
            # what is protected
            version: 1
            key: ${env:BAUTA_KEY}
            roles:
              - name: dba
                users: [postgres, "admin_*"]
                access: raw
              - {name: batch, users: batch, access: refused}
            columns:
              - match: public.customers.email
                tag: pii.email
                mask: email
              - match: ["*.*.ssn", '"my.schema".people.tax_id']
                tag: 'pii.national_id'
                mask: {type: partial, last: 4, character: "#"}
              - match:
                  - hr.employees.salary
                mask:
                  type: round
                  step: 1000.5
              - match: hr.employees.id
                mask: {type: hash, domain: people}
              - match: hr.employees.note
                mask: {type: constant, value: {text: [1, 2.5, true, null, "x"]}}
              - {match: public.products.name, mask: none}
            functions:
              allow: [public.my_safe_function, "stats.*"]
            """;

    private final Random random = new Random(SEED);

    @Test
    void loadsTheFileThatIsChanged() throws Exception {
        assertThat(parse(VALID).columns()).hasSize(6);
    }

    @Test
    void loadsOrTellsProblems() {
        for (int round = 0; round < ROUNDS; round++) {
            String text = VALID;
            for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                text = mutate(text);
            }
            check(text);
        }
    }

    private void check(String text) {
        try {
            assertThat(parse(text).version()).hasSize(12);
        } catch (InvalidFileException e) {
            assertThat(e.problems()).isNotEmpty().allSatisfy(problem -> requireUsable(problem, text));
        } catch (RuntimeException | StackOverflowError e) {
            fail("seed " + SEED + ", file:\n" + text, e);
        }
    }

    /** On one line, and with a place that is in the file or right at its end. */
    private static void requireUsable(Problem problem, String text) {
        assertThat(problem.toString()).as(text).matches("rules\\.yaml:[0-9]+:[0-9]+: \\P{Cntrl}+");
        assertThat(problem.at().line())
                .as(text)
                .isBetween(1, 2 + (int) text.lines().count());
    }

    private String mutate(String text) {
        List<String> tokens = new ArrayList<>(
                TOKEN.matcher(text).results().map(MatchResult::group).toList());
        int at = random.nextInt(tokens.size());
        switch (random.nextInt(6)) {
            case 0 -> tokens.remove(at);
            case 1 -> tokens.add(at, tokens.get(random.nextInt(tokens.size())));
            case 2 -> tokens.set(at, PIECES.get(random.nextInt(PIECES.size())));
            case 3 -> tokens.add(at, PIECES.get(random.nextInt(PIECES.size())));
            case 4 -> tokens.set(at, typo(tokens.get(at)));
            default ->
                tokens.subList(at, Math.min(tokens.size(), at + 1 + random.nextInt(20)))
                        .clear();
        }
        return tokens.isEmpty() ? VALID : String.join("", tokens);
    }

    private String typo(String token) {
        int at = random.nextInt(token.length());
        char typed = (char) (' ' + random.nextInt(95));
        return token.substring(0, at) + typed + token.substring(at + random.nextInt(2));
    }

    private static RuleSet parse(String text) throws InvalidFileException {
        return RuleFile.parse(text, "rules.yaml", ENVIRONMENT, Path.of("/nowhere"));
    }
}
