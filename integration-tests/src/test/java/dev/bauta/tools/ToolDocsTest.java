package dev.bauta.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The examples of the pages for users of the driver are pieces of tests. */
class ToolDocsTest {
    private static final Pattern EXAMPLE = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    private static String text(String file) throws IOException {
        return Files.readString(Path.of("..").resolve(file));
    }

    private static String withoutIndentation(String text) {
        return text.lines().map(String::strip).reduce("", (all, line) -> all + line + "\n");
    }

    @ParameterizedTest
    @CsvSource({
        "applications, integration-tests/src/test/java/dev/bauta/tools/ApplicationsTest.java, 4",
        "pools, integration-tests/src/test/java/dev/bauta/tools/PoolsTest.java, 3",
        "browsers, integration-tests/src/test/java/dev/bauta/tools/SchemaCrawlerTest.java, 1",
        "tools, integration-tests/src/test/java/dev/bauta/tools/ToolsTest.java, 1",
        "pipelines, integration-tests/src/test/java/dev/bauta/tools/PipelinesTest.java, 3",
        "spark, integration-tests/spark/src/test/java/dev/bauta/spark/, 4",
    })
    void examplesAreRun(String page, String test, int number) throws IOException {
        String run = withoutIndentation(test.endsWith("/") ? texts(test) : text(test));
        List<String> examples = EXAMPLE.matcher(text("docs/" + page + ".md"))
                .results()
                .map(MatchResult::group)
                .map(block -> withoutIndentation(block.replace("```java\n", "").replace("```", "")))
                .toList();
        assertThat(examples).hasSize(number).allSatisfy(example -> assertThat(run)
                .contains(example));
    }

    private static String texts(String folder) throws IOException {
        StringBuilder all = new StringBuilder();
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(Path.of("..").resolve(folder))) {
            for (Path file : files) {
                all.append(Files.readString(file));
            }
        }
        return all.toString();
    }
}
