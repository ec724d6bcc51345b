package dev.bauta.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bauta.lexer.Tokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Holds the parser to PostgreSQL's own grammar: for every query statement of the corpora, the table references (those to WITH
 * items among them) are the same by offset and name. The corpora are files of JSON lines, in the folder that the system property
 * {@code bauta.corpora} names or in {@code ../shared/corpora} beside the project; without them there is nothing to compare.
 */
class CorpusTest {
    private static final Set<String> QUERIES =
            Set.of("SelectStmt", "InsertStmt", "UpdateStmt", "DeleteStmt", "MergeStmt");

    @Test
    void findsTheReferencesThatPostgresqlFinds() throws IOException {
        Path folder = Path.of(System.getProperty("bauta.corpora", "../../shared/corpora"));
        assumeTrue(Files.isDirectory(folder), "no corpora");
        List<String> differences = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(file -> file.toString().endsWith(".jsonl"))
                    .sorted()
                    .forEach(file -> compare(file, differences));
        }
        assertThat(differences).isEmpty();
    }

    private static void compare(Path file, List<String> differences) {
        try {
            ObjectMapper json = new ObjectMapper();
            for (String line : Files.readAllLines(file)) {
                JsonNode statement = json.readTree(line);
                if (QUERIES.contains(statement.get("kind").asText())) {
                    compare(file.getFileName() + " " + statement.get("id").asText(), statement, differences);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void compare(String id, JsonNode statement, List<String> differences) {
        try {
            String sql = statement.get("sql").asText().strip();
            Parsed parsed = Parsed.ofText(sql.endsWith(";") ? sql.substring(0, sql.length() - 1) : sql);
            Set<String> expected = new TreeSet<>();
            statement.get("relations").forEach(relation -> expected.add(expected(relation)));
            Set<String> found = found(parsed);
            if (!found.equals(expected) || !parsed.unexplained().isEmpty()) {
                differences.add(
                        id + ": " + found + " instead of " + expected + ", unexplained " + parsed.unexplained());
            }
        } catch (NotAnalysableException e) {
            differences.add(id + ": " + e.getMessage());
        }
    }

    private static String expected(JsonNode relation) {
        String schema = relation.path("schema").asText("");
        String name = relation.get("name").asText();
        return relation.get("offset").asInt() + " " + (schema.isEmpty() || schema.equals("null") ? "" : schema + ".")
                + name;
    }

    private static Set<String> found(Parsed parsed) {
        Set<String> found = new TreeSet<>();
        Tokens tokens = parsed.tokens();
        Stream.concat(parsed.query().tables().stream(), parsed.resolver().withItemReferences().stream())
                .forEach(table -> {
                    String before =
                            tokens.text().substring(0, tokens.start(table.name().from()));
                    found.add(before.getBytes(StandardCharsets.UTF_8).length + " " + String.join(".", table.parts()));
                });
        return found;
    }
}
