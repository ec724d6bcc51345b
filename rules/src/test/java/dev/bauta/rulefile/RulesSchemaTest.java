package dev.bauta.rulefile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.bauta.mask.Masks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** The JSON Schema for editors says what the reader of rule files does. */
class RulesSchemaTest {
    private static final Path DOCS = Path.of("..", "docs");
    private static final Pattern FILE = Pattern.compile("^```yaml\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    /** Bad files that a schema cannot tell from good ones: what it takes to know them stands in several places, or outside. */
    private static final Set<String> BEYOND_A_SCHEMA = Set.of(
            "bad domain",
            "conditions and users that an earlier role takes",
            "empty key",
            "environment variable not set",
            "expressions of the mask sql",
            "functions of pg_catalog",
            "key file that is a directory",
            "key file that is not there",
            "key standing twice",
            "key with bad base64",
            "key with bad hexadecimal digits",
            "keyed mask without a key",
            "mask parameter standing twice",
            "name of more than 63 bytes",
            "octal and underscored numbers are no numbers",
            "pattern that an earlier one covers",
            "patterns with blanks around names",
            "row filter nested too deeply",
            "short key",
            "tags without a mask",
            "two documents",
            "user of more than 63 bytes",
            "users that an earlier role takes");

    private static JsonNode text() throws IOException {
        return JSON.readTree(Files.readString(DOCS.resolve("rules.schema.json")));
    }

    private static JsonSchema schema() throws IOException {
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(text());
    }

    @Test
    void acceptsTheExamplesOfTheDocumentation() throws Exception {
        JsonSchema schema = schema();
        for (String page : List.of("rules.md", "quick-start.md", "masks.md")) {
            List<String> examples = FILE.matcher(Files.readString(DOCS.resolve(page)))
                    .results()
                    .map(match -> match.group(1))
                    .filter(example -> example.contains("version: 1"))
                    .toList();
            for (String example : examples) {
                assertThat(schema.validate(YAML.readTree(example))).as(example).isEmpty();
            }
        }
    }

    @Test
    void rejectsWhatTheReaderRejects() throws Exception {
        JsonSchema schema = schema();
        Set<String> accepted = new TreeSet<>();
        for (ProblemCase given : ProblemCase.all()) {
            if (accepts(schema, given.text())) {
                accepted.add(given.name());
            }
        }
        assertThat(accepted).containsExactlyInAnyOrderElementsOf(BEYOND_A_SCHEMA);
    }

    /** What is no YAML is not accepted either. */
    private static boolean accepts(JsonSchema schema, String text) {
        try {
            JsonNode file = YAML.readTree(text);
            return file != null && schema.validate(file).isEmpty();
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    @Test
    void knowsTheKeysAndTheMasks() throws Exception {
        assertThat(fields(text().at("/properties"))).containsExactlyInAnyOrderElementsOf(RuleFile.KEYS);
        List<String> masks = new ArrayList<>();
        text().at("/$defs/mask/anyOf/0/enum").forEach(name -> {
            if (!name.isNull()) {
                masks.add(name.asText());
            }
        });
        List<String> known = new ArrayList<>(Masks.names());
        known.addAll(List.of("none", "refused"));
        assertThat(masks).containsExactlyElementsOf(known);
        List<String> kinds = new ArrayList<>();
        text().at("/$defs/statementKinds/anyOf/0/enum").forEach(name -> kinds.add(name.asText()));
        assertThat(kinds).containsExactlyElementsOf(StatementKind.words());
    }

    private static List<String> fields(JsonNode node) {
        Iterable<String> names = node::fieldNames;
        return StreamSupport.stream(names.spliterator(), false).toList();
    }
}
