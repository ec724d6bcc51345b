package dev.bauta.clients;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A line of a corpus.
 *
 * @param client which client sent it
 * @param version the client's version
 * @param sql the text of a Query or Parse message
 */
@JsonPropertyOrder({"client", "version", "sql"})
record ClientStatement(
        @JsonProperty("client") String client,
        @JsonProperty("version") String version,
        @JsonProperty("sql") String sql) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A corpus: one JSON object to a line. */
    static String lines(String client, String version, List<String> statements) {
        StringBuilder lines = new StringBuilder();
        try {
            for (String sql : statements) {
                lines.append(JSON.writeValueAsString(new ClientStatement(client, version, sql)))
                        .append('\n');
            }
            return lines.toString();
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The corpus of a client. */
    static List<ClientStatement> of(String client) {
        try (InputStream in = ClientStatement.class.getResourceAsStream("/clients/" + client + ".jsonl")) {
            if (in == null) {
                throw new IllegalArgumentException("no corpus of " + client);
            }
            List<ClientStatement> statements = new ArrayList<>();
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                statements.add(JSON.readValue(line, ClientStatement.class));
            }
            return statements;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return client + ": " + sql;
    }
}
