package dev.bauta.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The examples of {@code docs/tools.md} are pieces of {@link ToolsTest}. */
class ToolDocsTest {
    private static final Pattern EXAMPLE = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    private static String text(String file) throws IOException {
        return Files.readString(Path.of("..").resolve(file));
    }

    private static String withoutIndentation(String text) {
        return text.lines().map(String::strip).reduce("", (all, line) -> all + line + "\n");
    }

    @Test
    void examplesAreRun() throws IOException {
        String test = withoutIndentation(text("integration-tests/src/test/java/dev/bauta/tools/ToolsTest.java"));
        List<String> examples = EXAMPLE.matcher(text("docs/tools.md"))
                .results()
                .map(MatchResult::group)
                .map(block -> withoutIndentation(block.replace("```java\n", "").replace("```", "")))
                .toList();
        assertThat(examples).hasSize(4).allSatisfy(example -> assertThat(test).contains(example));
    }
}
