package dev.bauta.mask;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The JSON Schema of rule files knows each mask with its parameters. */
class MaskSchemaTest {
    private static final Path SCHEMA = Path.of("..", "docs", "rules.schema.json");

    @Test
    void knowsTheParametersOfEachMask() throws Exception {
        Map<String, List<String>> expected = new HashMap<>();
        for (String name : Masks.names()) {
            expected.put(name, Masks.parameters(name));
        }
        JsonNode forms = new ObjectMapper().readTree(Files.readString(SCHEMA)).at("/$defs/maskWithParameters/oneOf");
        Map<String, List<String>> actual = new HashMap<>();
        for (JsonNode form : forms) {
            JsonNode type = form.at("/properties/type");
            String name = type.has("const")
                    ? type.get("const").asText()
                    : type.get("enum").get(0).asText();
            List<String> parameters = new ArrayList<>();
            form.get("properties").fieldNames().forEachRemaining(parameters::add);
            parameters.remove("type");
            if (!name.equals("none")) {
                actual.put(name, parameters);
            }
        }
        assertThat(actual).isEqualTo(expected);
    }
}
