package dev.bauta.rulefile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class NamePatternTest {
    private static final long SEED = 7;
    private final Random random = new Random(SEED);

    @Test
    void matchesAsTheRegularExpressionDoes() {
        for (int round = 0; round < 20_000; round++) {
            String pattern = word("ab*", 6);
            String name = word("ab", 6);
            assertThat(new NamePattern(pattern).matches(name))
                    .as("seed %d: %s on %s", SEED, pattern, name)
                    .isEqualTo(Pattern.matches(pattern.replace("*", ".*"), name));
        }
    }

    /** Names of up to five of three letters, of which one occurs in no pattern, tell any two patterns of this size apart. */
    @Test
    void coversExactlyWhatMatchesAllNamesOfTheOther() {
        List<String> names = new ArrayList<>(List.of(""));
        for (int i = 0; names.get(i).length() < 5; i++) {
            for (char c : "abz".toCharArray()) {
                names.add(names.get(i) + c);
            }
        }
        for (int round = 0; round < 3_000; round++) {
            NamePattern left = new NamePattern(word("ab*", 4));
            NamePattern right = new NamePattern(word("ab*", 4));
            boolean covers = names.stream().filter(right::matches).allMatch(left::matches);
            assertThat(left.covers(right))
                    .as("seed %d: %s over %s", SEED, left, right)
                    .isEqualTo(covers);
        }
    }

    @Test
    void comparesCase() {
        assertThat(new NamePattern("Email").matches("email")).isFalse();
    }

    @Test
    void knowsPatternsForAnyName() {
        assertThat(new NamePattern("**").isAny()).isTrue();
        assertThat(new NamePattern("*a").isAny()).isFalse();
    }

    @Test
    void quotesPartsWithDots() {
        ColumnPattern pattern =
                new ColumnPattern(new NamePattern("a.b"), new NamePattern("c\"d"), new NamePattern("e f"));
        assertThat(pattern).hasToString("\"a.b\".\"c\"\"d\".e f");
    }

    private String word(String letters, int most) {
        StringBuilder word = new StringBuilder();
        for (int length = random.nextInt(most + 1); length > 0; length--) {
            word.append(letters.charAt(random.nextInt(letters.length())));
        }
        return word.toString();
    }
}
