package dev.bauta.proxy.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bauta.rulefile.RuleFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code bauta import shardingsphere} on files in the form of ShardingSphere's user manual. */
class ImportShardingSphereTest {
    private static final String FILE =
            """
            databaseName: shop
            dataSources:
              ds_0:
                url: jdbc:postgresql://db:5432/shop
                username: shop
                password: canary
            rules:
            - !ENCRYPT
              tables:
                t_secret: {columns: {pin: {cipher: {name: pin_cipher, encryptorName: aes}}}}
              encryptors:
                aes: {type: AES, props: {aes-key-value: canary}}
            - !MASK
              tables:
                t_user:
                  columns:
                    password: {maskAlgorithm: md5}
                    email: {maskAlgorithm: before_at}
                    telephone: {maskAlgorithm: first_3_last_4}
                    Address: {maskAlgorithm: middle}
                    card: {maskAlgorithm: gone}
                t_order:
                  columns:
                    phone: {maskAlgorithm: first_3_last_4}
              maskAlgorithms:
                md5:
                  type: MD5
                  props: {salt: canary}
                before_at:
                  type: MASK_BEFORE_SPECIAL_CHARS
                  props: {special-chars: '@', replace-char: '*'}
                first_3_last_4:
                  type: KEEP_FIRST_N_LAST_M
                  props: {first-n: 3, last-m: 4, replace-char: '#'}
                middle:
                  type: MASK_FROM_X_TO_Y
                  props: {from-x: 1, to-y: 3, replace-char: '*'}
            """;

    private final Path directory;

    ImportShardingSphereTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void writesRulesAndTellsWhatItCouldNotTranslate() throws Exception {
        Path file = Files.writeString(directory.resolve("config-mask.yaml"), FILE);
        Path rules = directory.resolve("rules.yaml");
        assertThat(CommandRun.of("import", "shardingsphere", file.toString(), "--output=" + rules))
                .isEqualTo(new CommandRun(
                        9,
                        """
                        6 column rules, 2 of them not translated, written to RULES
                        FILE:20: t_user.Address: MASK_FROM_X_TO_Y keeps whatever is beyond a place in the value, however much that is
                        FILE:21: t_user.card: the file has no algorithm 'gone'
                        ShardingSphere's tables have no schema, so the rules hold for the tables in any schema.
                        """
                                .replace("RULES", rules.toString())
                                .replace("FILE", file.toString()),
                        ""));
        assertThat(rules)
                .hasContent(
                        """
                        # Imported by bauta import shardingsphere from FILE.
                        # ShardingSphere's tables have no schema, so the rules hold for the tables in any schema.
                        version: 1

                        # Keyed masks compute with the key in this environment variable: openssl rand -hex 32
                        key: ${env:BAUTA_KEY}

                        # Add roles here for those who may see raw values; without any, everybody is masked.
                        columns:
                          # algorithm md5, MD5
                          - match: '*.t_user.password'
                            mask: {type: hash, length: 32}
                          # algorithm before_at, MASK_BEFORE_SPECIAL_CHARS
                          - match: '*.t_user.email'
                            mask: {type: email, first: 0, keepDomain: true}
                          # algorithm first_3_last_4, KEEP_FIRST_N_LAST_M
                          - match: '*.t_user.telephone'
                            mask: {type: partial, first: 3, last: 4, character: '#', keepLength: true}
                          # algorithm middle, MASK_FROM_X_TO_Y
                          # NOT TRANSLATED: MASK_FROM_X_TO_Y keeps whatever is beyond a place in the value, however much that is. Choose a mask.
                          - match: ['*.t_user.Address', '*.t_user.address']
                            mask: "null"
                          # algorithm gone
                          # NOT TRANSLATED: the file has no algorithm 'gone'. Choose a mask.
                          - match: '*.t_user.card'
                            mask: "null"
                          # algorithm first_3_last_4, KEEP_FIRST_N_LAST_M
                          - match: '*.t_order.phone'
                            mask: {type: partial, first: 3, last: 4, character: '#', keepLength: true}
                        """
                                .replace("FILE", file.toString()));
        assertThat(RuleFile.load(rules, Map.of("BAUTA_KEY", "0123456789abcdef")).columns())
                .hasSize(6);
    }

    @Test
    void showsNoSecretOfTheFile() throws Exception {
        Path file = Files.writeString(directory.resolve("config-mask.yaml"), FILE);
        CommandRun text = CommandRun.of("import", "shardingsphere", file.toString());
        CommandRun json = CommandRun.of("import", "shardingsphere", file.toString(), "--format=json");
        assertThat(text.all() + json.all()).doesNotContain("canary");
        JsonNode document = new ObjectMapper().readTree(json.out());
        assertThat(document.get("columns").asInt()).isEqualTo(6);
        assertThat(document.get("untranslated")).hasSize(2);
        assertThat(document.get("rules").asText()).isEqualTo(text.out());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "KEEP_FIRST_N_LAST_M | {first-n: 0, last-m: 4, replace-char: '*'} | {type: partial, last: 4, keepLength: true}",
                "KEEP_FIRST_N_LAST_M | {first-n: x, last-m: 4, replace-char: '*'} | \"\"\"null\"\"\"",
                "KEEP_FROM_X_TO_Y | {from-x: 0, to-y: 1, replace-char: '*'} | {type: partial, first: 2, keepLength: true}",
                "KEEP_FROM_X_TO_Y | {from-x: 1, to-y: 2, replace-char: '*'} | \"\"\"null\"\"\"",
                "MASK_FIRST_N_LAST_M | {first-n: 1, last-m: 2, replace-char: '*'} | \"\"\"null\"\"\"",
                "MASK_AFTER_SPECIAL_CHARS | {special-chars: '@', replace-char: '*'} | \"\"\"null\"\"\"",
                "MASK_BEFORE_SPECIAL_CHARS | {special-chars: '-', replace-char: '*'} | \"\"\"null\"\"\"",
                "GENERIC_TABLE_RANDOM_REPLACE | {digital-codes: '0'} | {type: hash, length: 16}",
                "NO_SUCH_ALGORITHM | {} | \"\"\"null\"\"\"",
            })
    void knowsTheDocumentedAlgorithms(String type, String props, String mask) throws Exception {
        Path file = Files.writeString(
                directory.resolve("one.yaml"),
                "rules:\n- !MASK\n  tables: {t: {columns: {c: {maskAlgorithm: a}}}}\n"
                        + "  maskAlgorithms: {a: {type: %s, props: %s}}\n".formatted(type, props));
        CommandRun run = CommandRun.of("import", "shardingsphere", file.toString());
        assertThat(run.out()).endsWith("  - match: '*.t.c'\n    mask: " + mask + "\n");
        assertThat(run.status()).isEqualTo(mask.equals("\"null\"") ? 9 : 0);
    }

    @Test
    void explainsAFileWithoutMaskRules() throws Exception {
        Path file = Files.writeString(directory.resolve("bad.yaml"), "rules: []");
        assertThat(CommandRun.of("import", "shardingsphere", file.toString()))
                .isEqualTo(
                        new CommandRun(
                                4,
                                "",
                                "bauta: " + file
                                        + ":1:1: the file has no mask rules; they stand under 'rules', in an entry '!MASK' with 'tables'\n"));
    }

    @Test
    void explainsAFileThatIsNoYaml() throws Exception {
        Path file = Files.writeString(directory.resolve("bad.yaml"), "rules: [");
        CommandRun run = CommandRun.of("import", "shardingsphere", file.toString());
        assertThat(run.status()).isEqualTo(4);
        assertThat(run.err().lines()).singleElement().asString().startsWith("bauta: " + file + ":1:");
    }

    @Test
    void listsNamesThatPostgresqlCannotHave() throws Exception {
        Path file = Files.writeString(
                directory.resolve("names.yaml"),
                """
                rules:
                - !MASK
                  tables:
                    "": {columns: {a: {maskAlgorithm: x}}}
                    LONG: {columns: {a: {maskAlgorithm: x}}}
                    "t\\nforged: fine": {columns: {"*": {maskAlgorithm: x}, "a*": {maskAlgorithm: x}}}
                  maskAlgorithms: {x: {type: MD5}}
                """
                        .replace("LONG", "é".repeat(32)));
        CommandRun run = CommandRun.of("import", "shardingsphere", file.toString());
        assertThat(run.status()).isEqualTo(9);
        assertThat(run.err().lines().skip(1).limit(2))
                .containsExactly(
                        file + ":4: .a: PostgreSQL has no such name, and there is no rule",
                        file + ":5: " + "é".repeat(32) + ".a: PostgreSQL has no such name, and there is no rule");
        assertThat(run.out().lines().filter(line -> line.contains("match:")))
                .containsExactly("  - match: \"*.t\\u000Aforged: fine.a*\"", "  - match: \"*.t\\u000Aforged: fine.*\"");
    }

    @Test
    void explainsAMissingFileInOneLine() {
        Path file = directory.resolve("none.yaml");
        assertThat(CommandRun.of("import", "shardingsphere", file.toString()))
                .isEqualTo(new CommandRun(4, "", "bauta: " + file + ": there is no such file\n"));
    }

    @Test
    void overwritesNoFileUnlessForced() throws IOException {
        Path file = Files.writeString(directory.resolve("config-mask.yaml"), FILE);
        Path mine = Files.writeString(directory.resolve("mine.yaml"), "mine");
        assertThat(CommandRun.of("import", "shardingsphere", file.toString(), "--output=" + mine)
                        .status())
                .isEqualTo(7);
        assertThat(mine).hasContent("mine");
        assertThat(CommandRun.of("import", "shardingsphere", file.toString(), "--output=" + directory.resolve("no/x"))
                        .err())
                .isEqualTo("bauta: cannot write " + directory.resolve("no/x") + ": there is no such directory\n");
    }

    @Test
    void helpHasExamples() {
        assertThat(CommandRun.of("import", "--help").out()).contains("Examples:", "database", "shardingsphere");
        assertThat(CommandRun.of("import", "shardingsphere", "--help").out()).contains("Examples:", "FILE");
    }
}
