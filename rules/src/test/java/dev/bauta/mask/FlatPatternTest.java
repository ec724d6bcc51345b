package dev.bauta.mask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The patterns of {@code regex}: what is refused, and that what is not means to PostgreSQL what it means to us. */
class FlatPatternTest {
    private static final long SEED = Long.getLong("bauta.test.seed", System.nanoTime());
    private static final int PATTERNS = 1500;
    private static final int VALUES = 12;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`(a|b)c`    | `has at character 3 '|', which is not supported`",
                "`(a)+`      | has at character 4 a repeated group",
                "`((a))`     | has at character 2 a group in a group",
                "`(?:a)`     | has at character 2 '(?', which is not supported",
                "`(?=a)`     | has at character 2 '(?', which is not supported",
                "`()a`       | has at character 2 an empty group",
                "`(a`        | lacks a ')'",
                "`a)`        | has at character 2 a ')' without '('",
                "`a*?`       | has at character 3 a second repetition",
                "`a++`       | has at character 3 a second repetition",
                "`*a`        | has at character 1 '*' out of place; '\\*' is the character",
                "`a^`        | has at character 2 '^' out of place; '\\^' is the character",
                "`$a`        | has at character 2 something after '$'",
                "`a{3,2}`    | has at character 2 no count such as {3}, {1,4} or {2,}",
                "`a{0}`      | has at character 2 no count such as {3}, {1,4} or {2,}",
                "`a{256}`    | has at character 3 no count from 0 to 255",
                "`a{x}`      | has at character 3 no count from 0 to 255",
                "`[`         | ends too early",
                "`[]a]`      | has at character 1 an empty set",
                "`[^.-\\W\\w]` | has at character 3 no range such as a-z",
                "`[z-a]`     | has at character 2 no range such as a-z",
                "`[[:alpha:]]` | has at character 2 '[' in a set; '\\[' is the character",
                "`\\1`       | has at character 1 '\\1', which is not supported",
                "`\\b`       | has at character 1 '\\b', which is not supported",
                "`\\p{L}`    | has at character 1 '\\p', which is not supported",
                "`a\\`       | ends too early",
                "`a*b?`      | must not match the empty string",
                "`^$`        | must not match the empty string",
                "`a{200}b{56}` | is too large: 50 sets, 9 groups and counts of 255 together are the most",
            })
    void refusesWhatCouldMeanMoreThanOneThing(String pattern, String message) {
        assertThat(catchThrowableOfType(PatternException.class, () -> FlatPattern.parse(pattern)))
                .hasMessage(message);
    }

    @Test
    void refusesAReplacementWithAGroupThatThereIsNot() {
        for (String replacement : List.of("\\2", "\\0", "\\&", "\\")) {
            Map<String, Object> parameters = Map.of("pattern", "(a)", "replacement", replacement);
            assertThat(catchThrowableOfType(
                            MaskParameterException.class, () -> Masks.parse("regex", parameters, KeyRing.empty())))
                    .hasMessage(
                            "parameter 'replacement' of mask 'regex' must have after a backslash the number of a group"
                                    + " of the pattern or a backslash");
        }
    }

    @Test
    void findsWhatPostgresqlFinds() throws Exception {
        System.out.println("FlatPatternTest: -Dbauta.test.seed=" + SEED);
        Random random = new Random(SEED);
        List<String> differences = new ArrayList<>();
        try (Connection connection = dev.bauta.testing.TestDatabase.create().connect()) {
            var text = new dev.bauta.catalog.ColumnType(
                    25,
                    new dev.bauta.catalog.QualifiedName("pg_catalog", "text"),
                    -1,
                    "pg_catalog.text",
                    'S',
                    'b',
                    java.util.Set.of());
            for (int i = 0; i < PATTERNS; i++) {
                Map<String, Object> parameters = parameters(random);
                RegexMask mask = (RegexMask) Masks.parse("regex", parameters, KeyRing.empty());
                String[] values = new String[VALUES];
                for (int v = 0; v < VALUES; v++) {
                    values[v] = string(random, "aab c", 12);
                }
                try (PreparedStatement statement = connection.prepareStatement(
                        "SELECT t.v, " + mask.sql("t.v", text).replace("?", "??") + " FROM unnest(?::text[]) t(v)")) {
                    statement.setArray(1, connection.createArrayOf("text", values));
                    try (ResultSet result = statement.executeQuery()) {
                        while (result.next()) {
                            String ours = (String) mask.value(result.getString(1), text);
                            if (!result.getString(2).equals(ours)) {
                                differences.add("%s on '%s': PostgreSQL '%s', Java '%s'"
                                        .formatted(parameters, result.getString(1), result.getString(2), ours));
                            }
                        }
                    }
                }
            }
        }
        assertThat(differences).isEmpty();
    }

    private static Map<String, Object> parameters(Random random) {
        while (true) {
            StringBuilder pattern = new StringBuilder(random.nextInt(4) == 0 ? "^" : "");
            int groups = 0;
            for (int i = random.nextInt(5); i >= 0; i--) {
                boolean group = random.nextInt(3) == 0;
                String item = item(random) + (group && random.nextBoolean() ? item(random) : "");
                pattern.append(group ? "(" + item + ")" : item);
                groups += group ? 1 : 0;
            }
            pattern.append(random.nextInt(4) == 0 ? "$" : "");
            StringBuilder replacement = new StringBuilder("<");
            for (int i = 1; i <= groups; i++) {
                replacement.append("\\").append(i).append(',');
            }
            Map<String, Object> parameters = new HashMap<>();
            parameters.put("pattern", pattern.toString());
            parameters.put("replacement", replacement + ">");
            parameters.put("otherwise", random.nextBoolean() ? "keep" : "redact");
            try {
                FlatPattern.parse(pattern.toString());
                return parameters;
            } catch (PatternException e) {
                // It can match the empty string: another one.
            }
        }
    }

    private static String item(Random random) {
        List<String> sets = List.of("a", "b", "[ab]", ".", "[^a]", "\\w", "\\s", "c");
        List<String> repetitions = List.of("", "", "?", "*", "+", "{2}", "{1,2}", "{0,3}", "{2,}");
        return sets.get(random.nextInt(sets.size())) + repetitions.get(random.nextInt(repetitions.size()));
    }

    private static String string(Random random, String alphabet, int length) {
        StringBuilder string = new StringBuilder();
        for (int i = random.nextInt(length); i > 0; i--) {
            string.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return string.toString();
    }

    /** Ten thousand characters that a backtracking matcher would go over a hundred million times and more. */
    @Test
    void takesATimeThatGrowsWithTheTextAlone() throws Exception {
        FlatPattern pattern = FlatPattern.parse("a*a*a*a*a*a*b");
        byte[] text = "a".repeat(10_000).getBytes(StandardCharsets.US_ASCII);
        int[] characters = new int[text.length];
        for (int i = 0; i < text.length; i++) {
            characters[i] = text[i];
        }
        assertThat(pattern.matches(characters).find(0)).isEmpty();
    }
}
