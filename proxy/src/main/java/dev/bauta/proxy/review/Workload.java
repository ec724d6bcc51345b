package dev.bauta.proxy.review;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The statements that an audit log has of one database, each once for each role. Immutable.
 *
 * @param statements in the order in which they were first run
 * @param others records of statements that were cut off, or that could not be read
 */
public record Workload(List<Statement> statements, int others) {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    /** Where a long statement was cut off, and in lists of constants. */
    private static final String MORE = "…";

    public Workload {
        statements = List.copyOf(statements);
    }

    /**
     * A statement.
     *
     * @param fingerprint its hash in the log
     * @param text the statement with {@code ?} for each constant
     * @param user who ran it first
     * @param role under which role
     * @param count how often it was run
     */
    public record Statement(String fingerprint, String text, String user, String role, int count) {
        /** The same, run once more. */
        Statement again() {
            return new Statement(fingerprint, text, user, role, count + 1);
        }

        /**
         * A statement of the same shape with some constant in each place. Operators with a question mark are told from
         * constants by what stands beside them, so that few statements are not what they were.
         */
        String runnable() {
            return RecordedText.withConstants(text);
        }
    }

    private record Key(String fingerprint, String role) {}

    /**
     * Reads the files of a log, of which lines that are no statements are passed over.
     *
     * @param database the database whose statements are taken
     * @throws IOException when a file cannot be read, or a line is no JSON
     */
    public static Workload read(List<Path> files, String database) throws IOException {
        Map<Key, Statement> statements = new LinkedHashMap<>();
        int others = 0;
        for (Path file : files) {
            others += read(file, database, statements);
        }
        return new Workload(new ArrayList<>(statements.values()), others);
    }

    /** Adds the statements of one file. @return how many others it has */
    private static int read(Path file, String database, Map<Key, Statement> statements) throws IOException {
        int others = 0;
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode record = parse(line);
                if (!record.path("event").asText().equals("statement")
                        || !record.path("database").asText().equals(database)) {
                    continue;
                }
                String text = record.path("statement").asText();
                if (text.isEmpty() || text.endsWith(MORE)) {
                    others++;
                    continue;
                }
                Statement statement = new Statement(
                        record.path("fingerprint").asText(),
                        text,
                        record.path("user").asText(),
                        record.path("role").asText(),
                        1);
                statements.merge(
                        new Key(statement.fingerprint(), statement.role()), statement, (known, same) -> known.again());
            }
        }
        return others;
    }

    /** In words of ours: a message of the parser shows the line. */
    private static JsonNode parse(String line) throws IOException {
        try {
            return MAPPER.readTree(line);
        } catch (JsonProcessingException e) {
            throw new IOException("a line is no JSON");
        }
    }
}
