package dev.bauta.rulefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bauta.yaml.InvalidFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules in several files. */
class RuleIncludeTest {
    @TempDir
    private Path folder = Path.of("");

    private Path main = Path.of("");

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        main = folder.resolve("rules.yaml");
    }

    @Test
    void readsTheFilesOwnRulesFirstAndThenThoseOfTheOthersInOrder() throws Exception {
        write(
                "rules.yaml",
                "version: 1\ninclude: [roles.yaml, \"parts/*.yaml\"]\ncolumns: [{match: a.b.c, mask: none}]\n");
        write(
                "roles.yaml",
                "version: 1\nkey: ${file:keys/master}\nroles: [{name: dba, users: postgres, access: raw}]\n");
        write("keys/master", "0123456789abcdef");
        write("parts/b.yaml", "version: 1\ncolumns: [{match: a.b.e, tag: pii}]\nfunctions: {allow: [b.f]}\n");
        write("parts/a.yaml", "version: 1\ncolumns: [{match: a.b.d, mask: hash}]\nmasks: [{tag: pii, mask: redact}]\n");
        write("parts/notes.txt", "not a rule file");
        RuleSet rules = RuleFile.load(main, Map.of());
        assertThat(rules.columns())
                .extracting(rule -> rule.at().withoutFolder().toString())
                .containsExactly("rules.yaml:3:11", "a.yaml:2:11", "b.yaml:2:11");
        assertThat(rules.roles()).extracting(RoleRule::name).containsExactly("dba");
        assertThat(rules.allowedFunctions()).hasToString("[b.f]");
        assertThat(rules.data().findTagRule("pii")).isPresent();
    }

    @Test
    void versionFollowsEveryFile() throws Exception {
        write("rules.yaml", "version: 1\ninclude: parts/a.yaml\ncolumns: []\n");
        write("parts/a.yaml", "version: 1\n");
        String version = RuleFile.load(main).version();
        write("parts/a.yaml", "version: 1\n# changed\n");
        assertThat(RuleFile.load(main).version()).isNotEqualTo(version);
    }

    @Test
    void tellsWhatToWatch() throws Exception {
        write("rules.yaml", "version: 1\ninclude: [parts/one.yaml, \"more/*.yaml\", gone.yaml]\ncolumns: []\n");
        write("parts/one.yaml", "version: 1\ninclude: two.yaml\n");
        write("parts/two.yaml", "version: 1\n");
        write("more/x.yaml", "version: 1\n");
        assertThat(RuleFile.watched(main))
                .containsExactlyInAnyOrder(
                        main,
                        folder.resolve("parts/one.yaml"),
                        folder.resolve("parts/two.yaml"),
                        folder.resolve("more"),
                        folder.resolve("more/x.yaml"),
                        folder.resolve("gone.yaml"));
        assertThat(RuleFile.watched(folder.resolve("none.yaml"))).containsExactly(folder.resolve("none.yaml"));
    }

    @Test
    void tellsTheProblemsOfAllFilesEachWithItsName() throws Exception {
        write(
                "rules.yaml",
                """
                version: 1
                include:
                  - parts/a.yaml
                  - parts/gone.yaml
                  - parts/a.yaml
                  - "none/*.yaml"
                  - parts/bad.yaml
                  - [x]
                roles: [{name: dba, users: a, access: raw}]
                columns: [{match: "a.*.c", mask: none}]
                unclassified: mask
                """);
        write(
                "parts/a.yaml",
                """
                include: ../rules.yaml
                roles: [{name: dba, users: b, access: raw}]
                columns: [{match: a.b.c, mask: emial}]
                unclassified: allow
                """);
        write("parts/bad.yaml", "version: [1\n");
        assertThat(problems())
                .isEqualTo(
                        """
                        rules.yaml:4:5: the included file 'parts/gone.yaml' cannot be read: there is no such file
                        rules.yaml:5:5: the file 'parts/a.yaml' is included already
                        rules.yaml:6:5: the folder of 'none/*.yaml' cannot be read
                        rules.yaml:8:5: a file must be a single value, not a list
                        parts/a.yaml:1:1: the file has no 'version'; add 'version: 1'
                        parts/a.yaml:1:10: the file 'parts/../rules.yaml' is included already
                        parts/a.yaml:2:16: the role 'dba' is already defined in line 9 of rules.yaml
                        parts/a.yaml:3:19: pattern 'a.b.c' can never match, because 'a.*.c' in line 10 of rules.yaml comes first
                        parts/a.yaml:3:32: unknown mask 'emial', did you mean 'email'?
                        parts/a.yaml:4:15: 'unclassified' stands in rules.yaml already; it can stand in one file
                        parts/bad.yaml:2:1: a ',' or a ']' is missing here or before; check the list's brackets""");
    }

    @Test
    void readsAHundredFiles() throws Exception {
        write("rules.yaml", "version: 1\ninclude: \"parts/*\"\ncolumns: []\n");
        for (int i = 0; i < 99; i++) {
            write("parts/" + i, "version: 1\n");
        }
        assertThat(RuleFile.load(main).columns()).isEmpty();
        write("parts/one more", "version: 1\n");
        assertThat(problems()).isEqualTo("rules.yaml:2:10: more than 100 files are included");
    }

    @Test
    void tellsPathsThatAreNone() throws Exception {
        write("rules.yaml", "version: 1\ninclude: \"a\\0b\"\ncolumns: []\n");
        assertThat(problems()).isEqualTo("rules.yaml:2:10: 'a?b' is no path");
    }

    @Test
    void readsNoFileForATextThatStandsInNone() {
        InvalidFileException e = catchThrowableOfType(
                InvalidFileException.class,
                () -> RuleFile.parse("version: 1\ninclude: a.yaml\ncolumns: []\n", "web", Map.of(), folder));
        assertThat(e).hasMessage("web:2:10: rules that are not read from a file cannot include others");
    }

    private String problems() {
        InvalidFileException e = catchThrowableOfType(InvalidFileException.class, () -> RuleFile.load(main, Map.of()));
        return String.valueOf(e.getMessage()).replace(folder + "/", "");
    }
}
