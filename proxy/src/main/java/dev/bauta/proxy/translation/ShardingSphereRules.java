package dev.bauta.proxy.translation;

import dev.bauta.proxy.draft.DraftRule;
import dev.bauta.yaml.FileText;
import dev.bauta.yaml.InvalidFileException;
import dev.bauta.yaml.Node;
import dev.bauta.yaml.Problems;
import dev.bauta.yaml.YamlReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The mask rules in a YAML file of Apache ShardingSphere: {@code rules}, in it an entry {@code !MASK} with {@code tables}, their
 * {@code columns}, and {@code maskAlgorithms}. Everything else in such a file (data sources with their passwords, other rules) is
 * passed over. Used once.
 */
public final class ShardingSphereRules {
    /** In bytes, as PostgreSQL has them. */
    private static final int LONGEST_NAME = 63;

    private static final int LARGEST = 4 * 1024 * 1024;

    private final String file;
    private final Translated.Builder result = new Translated.Builder();
    private final Set<String> patterns = new HashSet<>();

    private ShardingSphereRules(String file) {
        this.file = file;
    }

    /**
     * Reads and translates a file.
     *
     * @throws InvalidFileException when it is no YAML, or holds no mask rules
     */
    public static Translated read(Path file) throws InvalidFileException {
        Problems problems = new Problems(file.toString());
        Node root = YamlReader.readTagged(FileText.read(file, LARGEST, problems), problems);
        List<Node> rules = items(find(root, "rules"));
        List<Node> masks =
                rules.stream().filter(ShardingSphereRules::isMaskRule).toList();
        if (masks.isEmpty()) {
            problems.add(
                    root, "the file has no mask rules; they stand under 'rules', in an entry '!MASK' with 'tables'");
            throw problems.toException();
        }
        ShardingSphereRules translation = new ShardingSphereRules(file.toString());
        masks.forEach(translation::addRule);
        translation.result.note(
                "ShardingSphere's tables have no schema, so the rules hold for the tables in any schema.");
        return translation.result.build("Imported by bauta import shardingsphere from " + file + ".");
    }

    /** An encryption rule looks alike, but for its columns' keys. */
    private static boolean isMaskRule(Node rule) {
        return find(rule, "maskAlgorithms").isPresent()
                || entries(find(rule, "tables")).values().stream()
                        .flatMap(table -> entries(find(table, "columns")).values().stream())
                        .anyMatch(column -> find(column, "maskAlgorithm").isPresent());
    }

    private void addRule(Node rule) {
        Map<String, Node> algorithms = entries(find(rule, "maskAlgorithms"));
        entries(find(rule, "tables")).forEach((table, node) -> entries(find(node, "columns"))
                .forEach((column, choice) -> addColumn(table, column, choice, algorithms)));
    }

    private void addColumn(String table, String column, Node choice, Map<String, Node> algorithms) {
        String name =
                find(choice, "maskAlgorithm").flatMap(ShardingSphereRules::text).orElse("");
        Node algorithm = algorithms.get(name);
        String type = Optional.ofNullable(algorithm)
                .flatMap(node -> find(node, "type"))
                .flatMap(ShardingSphereRules::text)
                .orElse("");
        boolean possible = isName(table) && isName(column);
        Translation translation = !possible
                ? Translation.none("PostgreSQL has no such name, and there is no rule")
                : algorithm == null
                        ? Translation.none("the file has no algorithm '" + name + "'")
                        : ShardingSphereMasks.translate(type, properties(algorithm));
        String where = file + ":" + choice.at().line() + ": " + table + "." + column;
        String source = "algorithm " + name + (type.isEmpty() ? "" : ", " + type);
        result.add(where, source, possible ? newPatterns(table, column) : List.of(), Optional.empty(), translation);
    }

    private static boolean isName(String name) {
        int bytes = name.getBytes(StandardCharsets.UTF_8).length;
        return bytes > 0 && bytes <= LONGEST_NAME && name.indexOf('\0') < 0;
    }

    /** ShardingSphere does not tell cases apart; PostgreSQL stores what was not quoted in lower case. */
    private List<String> newPatterns(String table, String column) {
        String given = "*." + DraftRule.part(table) + "." + DraftRule.part(column);
        List<String> added = new ArrayList<>();
        for (String pattern : List.of(given, given.toLowerCase(Locale.ROOT))) {
            if (patterns.add(pattern)) {
                added.add(pattern);
            }
        }
        return added;
    }

    private static Map<String, String> properties(Node algorithm) {
        Map<String, String> properties = new LinkedHashMap<>();
        entries(find(algorithm, "props"))
                .forEach((key, value) -> text(value).ifPresent(text -> properties.put(key, text)));
        return properties;
    }

    private static Optional<Node> find(Node node, String key) {
        return Optional.ofNullable(entries(Optional.of(node)).get(key));
    }

    /** The last of equal keys counts, as in most readers of YAML. */
    private static Map<String, Node> entries(Optional<Node> node) {
        Map<String, Node> entries = new LinkedHashMap<>();
        if (node.orElse(null) instanceof Node.Mapping mapping) {
            mapping.entries().forEach(entry -> entries.put(entry.key().text(), entry.value()));
        }
        return entries;
    }

    private static List<Node> items(Optional<Node> node) {
        return node.orElse(null) instanceof Node.Sequence sequence ? sequence.items() : List.of();
    }

    private static Optional<String> text(Node node) {
        return node instanceof Node.Scalar scalar ? Optional.of(scalar.text()) : Optional.empty();
    }
}
