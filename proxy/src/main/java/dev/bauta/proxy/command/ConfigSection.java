package dev.bauta.proxy.command;

import dev.bauta.rulefile.Network;
import dev.bauta.rulefile.NetworkReader;
import dev.bauta.yaml.InvalidFileException;
import dev.bauta.yaml.Location;
import dev.bauta.yaml.Node;
import dev.bauta.yaml.Problems;
import dev.bauta.yaml.Section;
import dev.bauta.yaml.Shapes;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keys and values of one level of a configuration file. What is wrong is reported with its place, and a stand-in is returned, so
 * that all problems are found in one go. Not thread-safe.
 */
final class ConfigSection {
    private final String prefix;
    private final Section section;
    private final Placeholders placeholders;
    private final Problems problems;
    private final Shapes shapes;

    /** @param prefix what stands before a key in messages: nothing, or the outer key and a dot */
    private ConfigSection(String prefix, Section section, Placeholders placeholders, Problems problems) {
        this.prefix = prefix;
        this.section = section;
        this.placeholders = placeholders;
        this.problems = problems;
        this.shapes = new Shapes(problems);
    }

    /**
     * The outermost level.
     *
     * @param known all keys that it can have
     * @throws InvalidFileException when it holds no keys, so that nothing else can be looked at
     */
    static ConfigSection of(Node root, List<String> known, Placeholders placeholders, Problems problems)
            throws InvalidFileException {
        Node.Mapping mapping = new Shapes(problems).mapping(root, "the file").orElseThrow(problems::toException);
        return new ConfigSection("", Section.of(mapping, "the file", known, problems), placeholders, problems);
    }

    /**
     * The section under a key; an empty one when the key is missing.
     *
     * @param known all keys that it can have
     */
    ConfigSection section(String key, String... known) {
        Node.Mapping inner = section.find(key)
                .flatMap(node -> shapes.mapping(node, quoted(key)))
                .orElseGet(() -> emptyAt(placeOf(key)));
        return new ConfigSection(
                prefix + key + ".", Section.of(inner, quoted(key), List.of(known), problems), placeholders, problems);
    }

    private static Node.Mapping emptyAt(Location at) {
        return new Node.Mapping(List.of(), at);
    }

    /**
     * The text under a key that must be there.
     *
     * @param advice what to do when it is not
     */
    String requireText(String key, String advice) {
        return section.require(key, advice).flatMap(node -> text(key, node)).orElse("");
    }

    /** The text under a key. */
    Optional<String> findText(String key) {
        return section.find(key).flatMap(node -> text(key, node));
    }

    /**
     * The list of texts under a key, which must be there and hold something.
     *
     * @param advice what to do when it is not there
     */
    List<String> requireTexts(String key, String advice) {
        return section.require(key, advice).map(node -> shapes.filledList(node, quoted(key))).orElse(List.of()).stream()
                .flatMap(item -> text(key, item).stream())
                .toList();
    }

    /** The networks under a key: a list, or one; none when the key is missing. */
    List<Network> findNetworks(String key) {
        NetworkReader reader = new NetworkReader(problems);
        return section.find(key).map(node -> shapes.listOrOne(node, quoted(key))).orElse(List.of()).stream()
                .flatMap(item -> shapes.text(item, "a network").stream())
                .flatMap(item -> reader.read(item).stream())
                .toList();
    }

    /**
     * The texts under a key that must be there: a list, or one.
     *
     * @param advice what to do when it is not there
     */
    List<String> requireOneOrMore(String key, String advice) {
        return section.require(key, advice).map(node -> shapes.listOrOne(node, quoted(key))).orElse(List.of()).stream()
                .flatMap(item -> text(key, item).stream())
                .toList();
    }

    /** The whole number under a key, or a default. */
    int findNumber(String key, int low, int high, int otherwise) {
        Optional<String> text = findText(key);
        if (text.isEmpty()) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(text.get());
            if (number >= low && number <= high) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Reported below, as a number out of range is.
        }
        report(key, quoted(key) + " must be a whole number from " + low + " to " + high);
        return otherwise;
    }

    /** What a key's word stands for, or a default. */
    <T> T findOneOf(String key, Map<String, T> words, T otherwise) {
        Optional<String> text = findText(key);
        T found = text.isEmpty() ? otherwise : words.get(text.get());
        if (found == null) {
            report(key, quoted(key) + " must be one of " + String.join(", ", words.keySet()));
            return otherwise;
        }
        return found;
    }

    /** The path under a key; a relative one starts from the configuration file's directory. */
    Optional<Path> findPath(String key) {
        return findText(key).map(text -> placeholders.directory().resolve(text).normalize());
    }

    /**
     * The path under a key that must be there; empty when it is not, which was reported.
     *
     * @param advice what to do when it is not
     */
    Optional<Path> requirePath(String key, String advice) {
        return section.require(key, advice).isPresent() ? findPath(key) : Optional.empty();
    }

    /** True when the key is there, whatever stands under it. */
    boolean has(String key) {
        return section.find(key).isPresent();
    }

    /** Reports what is wrong with a key's value. */
    void report(String key, String message) {
        problems.add(placeOf(key), message);
    }

    private Location placeOf(String key) {
        return section.find(key).map(Node::at).orElse(section.at());
    }

    /** How a key is called in messages. */
    String quoted(String key) {
        return "'" + prefix + key + "'";
    }

    private Optional<String> text(String key, Node node) {
        return shapes.text(node, quoted(key)).flatMap(scalar -> resolve(key, scalar));
    }

    private Optional<String> resolve(String key, Node.Scalar scalar) {
        try {
            return Optional.of(placeholders.resolve(scalar.text()));
        } catch (Placeholders.UnresolvedException e) {
            problems.add(scalar, quoted(key) + ": " + e.getMessage());
            return Optional.empty();
        }
    }
}
