package dev.bauta.coverage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * PostgreSQL's own grammar, in a process of Node.js that answers one text at a time. For use by one thread.
 */
final class Grammar implements AutoCloseable {
    private static final String SCRIPT = "src/test/resources/coverage/grammar.mjs";

    private final ObjectMapper json = new ObjectMapper();
    private final String version;
    private final Process process;
    private final BufferedWriter questions;
    private final BufferedReader answers;

    /**
     * Starts the process.
     *
     * @param grammar the unpacked package
     */
    Grammar(Ingredients.Unpacked grammar) throws IOException {
        Path script = Path.of(SCRIPT).toAbsolutePath();
        version = grammar.version();
        process = new ProcessBuilder(
                        "node",
                        script.toString(),
                        grammar.folder().toAbsolutePath().toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        questions = process.outputWriter(StandardCharsets.UTF_8);
        answers = process.inputReader(StandardCharsets.UTF_8);
    }

    /** The package's version. */
    String version() {
        return version;
    }

    /** What the grammar makes of a text; the text has no unpaired surrogates. */
    GrammarAnswer parse(String text) {
        try {
            questions.write(json.writeValueAsString(text));
            questions.write('\n');
            questions.flush();
            String line = answers.readLine();
            if (line == null) {
                throw new IllegalStateException("the process of PostgreSQL's grammar has ended");
            }
            return answer(json.readTree(line));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static GrammarAnswer answer(JsonNode answer) {
        if (answer.has("error")) {
            return new GrammarAnswer.Rejected(answer.get("error").asText());
        }
        List<GrammarStatement> statements = new ArrayList<>();
        for (JsonNode statement : answer.get("statements")) {
            statements.add(new GrammarStatement(
                    statement.get("kind").asText(),
                    statement.get("from").asInt(),
                    statement.get("length").asInt(),
                    references(statement.get("relations")),
                    references(statement.get("columns")),
                    references(statement.get("modifiers"))));
        }
        return new GrammarAnswer.Accepted(statements);
    }

    /** A reference without a place is none of the text's: the star that TABLE stands for. */
    private static Set<Reference> references(JsonNode nodes) {
        Set<Reference> references = new TreeSet<>();
        for (JsonNode node : nodes) {
            List<String> parts = new ArrayList<>();
            for (int i = 1; i < node.size(); i++) {
                parts.add(node.get(i).asText());
            }
            if (node.get(0).asInt() >= 0) {
                references.add(new Reference(node.get(0).asInt(), parts));
            }
        }
        return references;
    }

    @Override
    public void close() {
        process.destroy();
    }
}
