package dev.bauta.rulefile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bauta.yaml.InvalidFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The page for users can be trusted: each of its files loads, and no key is left out. */
class RulesPageTest {
    private static final Path PAGE = Path.of("..", "docs", "rules.md");
    private static final Pattern FILE = Pattern.compile("^```yaml\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern PATTERN_ROW = Pattern.compile("^\\| `([^`]*\\.[^`]*)` \\|", Pattern.MULTILINE);
    private static final Pattern PROBLEM = Pattern.compile("^rules\\.yaml:\\d+:\\d+: (.*)$", Pattern.MULTILINE);
    private static final Map<String, String> ENVIRONMENT =
            Map.of("BAUTA_KEY", "an example of a key", "BAUTA_OLD_KEY", "another example of a key");

    private static List<String> examples() throws IOException {
        return FILE.matcher(Files.readString(PAGE))
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    private static List<String> patterns() throws IOException {
        return PATTERN_ROW
                .matcher(Files.readString(PAGE))
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void examplesLoad(String file) throws Exception {
        assertThat(parse(withoutIncludes(file)).version()).hasSize(12);
    }

    @ParameterizedTest
    @MethodSource("patterns")
    void patternsLoad(String pattern) throws Exception {
        assertThat(parse("version: 1\ncolumns:\n  - match: " + pattern + "\n    mask: redact\n")
                        .columns())
                .hasSize(1);
    }

    @Test
    void examplesAreThere() throws Exception {
        assertThat(examples()).hasSize(14);
        assertThat(patterns()).hasSize(5);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "version",
                "key",
                "roles",
                "columns",
                "masks",
                "tables",
                "unclassified",
                "statements",
                "functions"
            })
    void everyKeyHasASection(String key) throws Exception {
        assertThat(Files.readString(PAGE)).contains("\n## `" + key + "`\n");
    }

    @Test
    void problemsReadAsThePageShowsThem() throws Exception {
        String reached = withoutLines(
                ProblemCase.all().stream().map(ProblemCase::problems).collect(Collectors.joining("\n")));
        List<String> shown = PROBLEM.matcher(Files.readString(PAGE))
                .results()
                .map(match -> withoutLines(match.group(1)))
                .toList();
        assertThat(shown).hasSize(3).allSatisfy(problem -> assertThat(reached).contains(": " + problem));
    }

    /** The files that an example includes are not there. */
    private static String withoutIncludes(String file) {
        return file.replaceAll("(?m)^include: .*$", "");
    }

    private static String withoutLines(String text) {
        return text.replaceAll("line \\d+", "line");
    }

    private static RuleSet parse(String text) throws InvalidFileException {
        return RuleFile.parse(text, "rules.yaml", ENVIRONMENT, Path.of("/nowhere"));
    }
}
