package dev.bauta.rulefile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Closed world: whatever the reader of rule files can say is said in some test of its exact words. */
class ProblemWordsTest {
    private static final Path SOURCES = Path.of("src", "main", "java", "dev", "bauta");
    private static final Path TESTS = Path.of("src", "test", "java", "dev", "bauta", "rulefile");
    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\\\n]|\\\\.)*)\"");
    private static final Pattern SPECIFIER = Pattern.compile("%(?:\\d\\$)?[sd]|%04X");
    private static final List<String> SAYING_SOMETHING_ELSE = List.of(
            "IllegalStateException", "IllegalArgument", "* ", "by comment", "text.replace", "reading from memory");

    /** What is said when the file system fails in ways that no test can bring about for the superuser. */
    private static final Set<String> NOT_REACHED =
            Set.of("permission to read the file is denied", "the file cannot be read: ");

    /** SnakeYAML's own words are translated in a class of its own, which has them as patterns. */
    @Test
    void everyMessageIsReached() throws Exception {
        String said = said();
        Set<String> silent = new TreeSet<>();
        for (String name : List.of("rulefile", "yaml")) {
            for (Path file : files(SOURCES.resolve(name))) {
                if (file.endsWith("SyntaxProblems.java")) {
                    continue;
                }
                messages(Files.readString(file))
                        .filter(message -> !said.contains(message))
                        .forEach(silent::add);
            }
        }
        assertThat(silent).containsExactlyInAnyOrderElementsOf(NOT_REACHED);
    }

    private static String said() throws IOException {
        StringBuilder said = new StringBuilder();
        ProblemCase.all().forEach(given -> said.append(given.problems()).append('\n'));
        for (Path file : files(TESTS)) {
            if (!file.endsWith("ProblemWordsTest.java")) {
                said.append(unescape(Files.readString(file).replaceAll("\"\\s*\\+ \"", "")));
            }
        }
        return said.toString();
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }

    /** The pieces of text of some length that a message can be made of. */
    private static Stream<String> messages(String source) {
        String code = source.lines()
                .filter(line -> SAYING_SOMETHING_ELSE.stream().noneMatch(line::contains))
                .collect(Collectors.joining("\n"));
        return LITERAL.matcher(code)
                .results()
                .map(match -> unescape(match.group(1)))
                .flatMap(literal -> Stream.of(SPECIFIER.split(literal)))
                .filter(piece -> piece.strip().indexOf(' ') > 0);
    }

    private static String unescape(String literal) {
        return literal.replace("\\\"", "\"").replace("\\n", "\n").replace("\\\\", "\\");
    }
}
