package dev.bauta.rulefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bauta.yaml.InvalidFileException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every problem with its exact words and place. */
class RuleFileProblemsTest {
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "GOOD_KEY", "0123456789abcdef",
            "SHORT_KEY", "0123456789abcde",
            "EMPTY_KEY", "",
            "BAD_BASE64", "base64:!",
            "BAD_HEX", "hex:0");

    @TempDir
    private Path folder = Path.of("");

    private static List<ProblemCase> cases() {
        return ProblemCase.all();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void tellsAllProblems(ProblemCase given) {
        assertThat(problems(given.text())).isEqualTo(given.problems());
    }

    @Test
    void tellsTabsInTheIndentation() {
        assertThat(problems("version: 1\ncolumns:\n\t- match: a.b.c\n"))
                .isEqualTo("rules.yaml:3:1: a tab stands here; indent with blanks");
    }

    @Test
    void tellsCharactersThatYamlForbids() {
        assertThat(problems("version: 1\nkey: \u0007\n"))
                .isEqualTo("rules.yaml:2:6: the character U+0007 may not stand in a YAML file");
        assertThat(problems("version: 1\n\uD83D\uDE00\uD83D\n"))
                .isEqualTo("rules.yaml:2:2: the character U+D83D may not stand in a YAML file");
    }

    @Test
    void countsCharactersAboveTheBasicPlaneAsOne() {
        assertThat(problems("version: 1\ncolumns: [\"\uD83D\uDE00\", 5]\n"))
                .isEqualTo("rules.yaml:2:11: a column rule must be keys with values, not a single value\n"
                        + "rules.yaml:2:16: a column rule must be keys with values, not a single value");
    }

    @Test
    void cutsVeryLongNames() {
        assertThat(problems("version: 1\ncolumns: []\n\"" + "x".repeat(500) + "\": 1\n"))
                .isEqualTo(
                        "rules.yaml:3:1: unknown key '" + "x".repeat(192)
                                + "…'; known are version, include, from-comments, key, roles, masks, columns, tables, unclassified, statements, functions");
    }

    @Test
    void tellsMissingFile() {
        Path file = folder.resolve("rules.yaml");
        assertThat(problems(file)).isEqualTo(file + ": there is no such file");
    }

    @Test
    void tellsDirectory() {
        assertThat(problems(folder)).isEqualTo(folder + ": this is a directory, not a file");
    }

    @Test
    void tellsOtherEncodingWithItsPlace() throws Exception {
        byte[] latin1 = "version: 1\n# caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1);
        Path file = Files.write(folder.resolve("rules.yaml"), latin1);
        assertThat(problems(file)).isEqualTo(file + ":2:6: this byte is not UTF-8; save the file in UTF-8");
    }

    @Test
    void tellsTextThatEndsWithinACharacter() throws Exception {
        Path file = Files.write(folder.resolve("rules.yaml"), new byte[] {'#', (byte) 0xc3});
        assertThat(problems(file)).isEqualTo(file + ":1:2: this byte is not UTF-8; save the file in UTF-8");
    }

    @Test
    void tellsFileOfMoreThan4MiB() throws Exception {
        Path file = Files.writeString(folder.resolve("rules.yaml"), "#".repeat(4 * 1024 * 1024 + 1));
        assertThat(problems(file)).isEqualTo(file + ": the file has more than 4096 KiB");
    }

    @Test
    void tellsKeyFileThatIsNoText() throws Exception {
        Files.write(folder.resolve("master.key"), new byte[] {(byte) 0xff, 1, 2, 3});
        Path file =
                Files.writeString(folder.resolve("rules.yaml"), "version: 1\nkey: ${file:master.key}\ncolumns: []\n");
        assertThat(problems(file))
                .isEqualTo(file + ":2:6: the key file 'master.key' cannot be read: "
                        + "this byte is not UTF-8; save the file in UTF-8");
    }

    @Test
    void tellsKeyFileWithTooLittleInIt() throws Exception {
        Files.writeString(folder.resolve("master.key"), "short");
        Path file =
                Files.writeString(folder.resolve("rules.yaml"), "version: 1\nkey: ${file:master.key}\ncolumns: []\n");
        assertThat(problems(file))
                .isEqualTo(file + ":2:6: the key in the file 'master.key' has fewer than 16 bytes; "
                        + "'openssl rand -hex 32' makes one to put after the prefix 'hex:'");
    }

    @Test
    void tellsKeyFileWhosePathIsNone() {
        assertThat(problems("version: 1\nkey: \"${file:\\0}\"\ncolumns: []\n"))
                .isEqualTo("rules.yaml:2:6: the key file '?' cannot be read: this is no path");
    }

    @Test
    void neverRepeatsWhatCouldBeAKey() throws Exception {
        String secret = "hunter2hunter2";
        Files.writeString(folder.resolve("short.key"), secret);
        List<String> files = List.of(
                "key: " + secret,
                "key: ${" + secret + "}",
                "key: ${env:" + secret + "!}",
                "key: '" + secret,
                "key: @" + secret,
                "key: {a: " + secret + "}",
                "key: {" + secret + "}",
                "key: {current: " + secret + ", versions: {" + secret + "!: " + secret + "}}",
                "key: [" + secret + "\n",
                "key: *" + secret,
                "key: &" + secret + " x",
                "key: !" + secret + " x",
                "key: " + secret + ": x",
                "key: \"" + secret + "\\q\"",
                "key: ${file:short.key}",
                "key: ${env:SECRET}");
        for (String file : files) {
            InvalidFileException e = problemsOf("version: 1\n" + file + "\ncolumns: []\n", Map.of("SECRET", secret));
            assertThat(e.toString() + e.problems() + e.getCause()).doesNotContain("hunter2");
        }
    }

    private String problems(String text) {
        return String.valueOf(problemsOf(text, ENVIRONMENT).getMessage());
    }

    private InvalidFileException problemsOf(String text, Map<String, String> environment) {
        InvalidFileException e = catchThrowableOfType(
                InvalidFileException.class, () -> RuleFile.parse(text, "rules.yaml", environment, folder));
        assertThat(e).as("a file with problems").isNotNull();
        return e;
    }

    private static String problems(Path file) {
        InvalidFileException e = catchThrowableOfType(InvalidFileException.class, () -> RuleFile.load(file, Map.of()));
        return String.valueOf(e.getMessage());
    }
}
