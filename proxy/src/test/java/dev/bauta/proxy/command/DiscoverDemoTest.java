package dev.bauta.proxy.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bauta.catalog.CatalogLoader;
import dev.bauta.catalog.CatalogSnapshot;
import dev.bauta.catalog.Relation;
import dev.bauta.catalog.RelationKind;
import dev.bauta.proxy.demo.DemoDatabase;
import dev.bauta.rulefile.RuleFile;
import dev.bauta.rulefile.RuleSet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bauta discover} on the demonstration's database, whose own rules say what is to be found. */
class DiscoverDemoTest {
    /** What is found beside what the demonstration protects. */
    private static final Set<String> FOUND_BESIDES = Set.of();

    private static DemoDatabase demo;

    @BeforeAll
    static void start() throws Exception {
        demo = DemoDatabase.start();
    }

    @Test
    void findsWhatTheDemonstrationProtects() throws Exception {
        CommandRun run = discover("--format=json");
        assertThat(run.status()).as(run.err()).isZero();
        Set<String> found = new TreeSet<>();
        for (JsonNode finding : new ObjectMapper().readTree(run.out()).get("findings")) {
            found.add("%s.%s.%s"
                    .formatted(
                            finding.get("schema").asText(),
                            finding.get("table").asText(),
                            finding.get("column").asText()));
        }
        Set<String> expected = new TreeSet<>(protectedColumns());
        expected.addAll(FOUND_BESIDES);
        assertThat(found).isEqualTo(expected);
    }

    @Test
    void draftsRulesThatHoldForTheDatabase(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("rules.yaml");
        CommandRun run = discover("--output=" + file);
        assertThat(run.status()).as(run.err()).isZero();
        RuleSet rules = RuleFile.load(file, Map.of());
        assertThat(rules.columns())
                .hasSizeGreaterThanOrEqualTo(protectedColumns().size());
        assertThat(demo.findRaw(run.all() + Files.readString(file))).isEmpty();
    }

    /** The columns of tables that the demonstration's rules protect, partitions left to their parents. */
    private static Set<String> protectedColumns() throws Exception {
        RuleSet rules = RuleFile.parse(
                DemoDatabase.rules().replace("${file:bauta.key}", "${env:KEY}"),
                "rules.yaml",
                Map.of("KEY", "0123456789abcdef"),
                Path.of("."));
        try (Connection connection = demo.connect("postgres")) {
            CatalogSnapshot catalog = CatalogLoader.load(connection);
            Set<String> columns = new TreeSet<>();
            for (Relation relation : catalog.relations()) {
                boolean table =
                        relation.kind() == RelationKind.TABLE || relation.kind() == RelationKind.PARTITIONED_TABLE;
                boolean partition = relation.name().name().startsWith("payments_");
                relation.columns().stream()
                        .filter(column -> table && !partition)
                        .filter(column -> rules.columns().stream()
                                .anyMatch(rule -> rule.columns().matches(relation.name(), column)))
                        .forEach(column -> columns.add(relation.name() + "." + column.name()));
            }
            return columns;
        }
    }

    private static CommandRun discover(String... more) {
        String[] arguments = new String[more.length + 4];
        arguments[0] = "discover";
        arguments[1] = "--host=127.0.0.1";
        arguments[2] = "--port=" + demo.port();
        arguments[3] = "--database=" + demo.name();
        System.arraycopy(more, 0, arguments, 4, more.length);
        return CommandRun.of(withPassword(arguments));
    }

    private static String[] withPassword(String[] arguments) {
        String[] all = java.util.Arrays.copyOf(arguments, arguments.length + 1);
        all[arguments.length] = "--password-from=file:" + passwordFile();
        return all;
    }

    private static Path passwordFile() {
        try {
            return Files.writeString(Files.createTempFile("bauta", ".password"), "postgres\n");
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
