package dev.bauta.testing;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line of the specification: when this principal says this, then this goes to the server or comes back. The same scenarios
 * run in the engine, through the driver and through the proxy.
 *
 * @param name what it shows
 * @param user the database user
 * @param sql what the client says
 * @param rewritten the text that reaches the server, null when it is not part of the specification; equal to {@code sql} for a
 *     statement that passes
 * @param rows the rows that come back, each value as PostgreSQL's text, null when not specified
 * @param refused the refusal's SQLSTATE and message, separated by a blank; null for a statement that is not refused
 */
public record Scenario(
        @JsonProperty("name") String name,
        @JsonProperty("as") @Nullable String user,
        @JsonProperty("sql") String sql,
        @JsonProperty("rewritten") @Nullable String rewritten,
        @JsonProperty("rows") @Nullable List<List<@Nullable String>> rows,
        @JsonProperty("refused") @Nullable String refused) {
    /** The user of a scenario that names none. */
    public static final String MASKED_USER = "analyst";

    /** The files, all over the catalog and rules in {@code scenarios/catalog.sql} and {@code scenarios/rules.yaml}. */
    private static final List<String> FILES = List.of(
            "masked-relation.yaml",
            "statements.yaml",
            "refusals.yaml",
            "pass.yaml",
            "roles.yaml",
            "tables.yaml",
            "masking.yaml");

    private static final ObjectMapper YAML =
            new ObjectMapper(new YAMLFactory()).enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    /** The database user, {@link #MASKED_USER} where the file names none. */
    public String principal() {
        return user == null ? MASKED_USER : user;
    }

    /** Every scenario of every file. */
    public static List<Scenario> all() {
        List<Scenario> all = new ArrayList<>();
        for (String file : FILES) {
            try (InputStream in = open(file)) {
                all.addAll(List.of(YAML.readValue(in, Scenario[].class)));
            } catch (IOException e) {
                throw new UncheckedIOException(file, e);
            }
        }
        return all;
    }

    /** A text among the scenario files, such as {@code catalog.sql} or {@code rules.yaml}. */
    public static String text(String file) {
        try (InputStream in = open(file)) {
            return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(file, e);
        }
    }

    private static InputStream open(String file) {
        InputStream in = Scenario.class.getResourceAsStream("/scenarios/" + file);
        if (in == null) {
            throw new IllegalArgumentException("no scenario file " + file);
        }
        return in;
    }

    @Override
    public String toString() {
        return name;
    }
}
