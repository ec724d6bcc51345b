package dev.bauta.proxy.command;

import dev.bauta.rulefile.Location;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Keys and values of one level of a configuration file. What is wrong goes to a list of problems, each with its place, and a
 * stand-in is returned, so that all problems are found in one go. Not thread-safe.
 */
final class ConfigSection {
    private final String prefix;
    private final YamlNode.Mapping mapping;
    private final Placeholders placeholders;
    private final List<String> problems;
    private final Set<String> known = new TreeSet<>();

    /** The outermost level. */
    ConfigSection(YamlNode.Mapping mapping, Placeholders placeholders, List<String> problems) {
        this("", mapping, placeholders, problems);
    }

    /** @param prefix what stands before a key in messages */
    private ConfigSection(String prefix, YamlNode.Mapping mapping, Placeholders placeholders, List<String> problems) {
        this.prefix = prefix;
        this.mapping = mapping;
        this.placeholders = placeholders;
        this.problems = problems;
    }

    /** The section under a key; an empty one when the key is missing. */
    ConfigSection section(String key) {
        YamlNode node = find(key).orElse(null);
        if (node instanceof YamlNode.Mapping inner) {
            return new ConfigSection(prefix + key + ".", inner, placeholders, problems);
        }
        if (node != null) {
            report(node.at(), quoted(key) + " must hold keys with values");
        }
        Location at = node == null ? mapping.at() : node.at();
        return new ConfigSection(prefix + key + ".", new YamlNode.Mapping(List.of(), at), placeholders, problems);
    }

    /** The text under a key that must be there. */
    String requireText(String key) {
        Optional<String> text = findText(key);
        if (text.isEmpty() && find(key).isEmpty()) {
            report(mapping.at(), quoted(key) + " is missing");
        }
        return text.orElse("");
    }

    /** The text under a key. */
    Optional<String> findText(String key) {
        return find(key).flatMap(node -> toText(key, node));
    }

    /** The list of texts under a key, which must be there and hold something. */
    List<String> requireTexts(String key) {
        YamlNode node = find(key).orElse(null);
        if (!(node instanceof YamlNode.Sequence sequence) || sequence.items().isEmpty()) {
            report(node == null ? mapping.at() : node.at(), quoted(key) + " must be a list of at least one name");
            return List.of();
        }
        return sequence.items().stream()
                .flatMap(item -> toText(key, item).stream())
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
        report(placeOf(key), quoted(key) + " must be a whole number from " + low + " to " + high);
        return otherwise;
    }

    /** Where the key's value stands. */
    Location placeOf(String key) {
        return find(key).map(YamlNode::at).orElse(mapping.at());
    }

    /** Adds a problem. */
    void report(Location at, String message) {
        problems.add(at + ": " + message);
    }

    /** Reports keys that nobody asked for, and keys that stand there twice. To be called last. */
    void finish() {
        Set<String> seen = new HashSet<>();
        for (YamlNode.Entry entry : mapping.entries()) {
            if (!known.contains(entry.key())) {
                report(entry.at(), "unknown key " + quoted(entry.key()) + "; known are " + String.join(", ", known));
            } else if (!seen.add(entry.key())) {
                report(entry.at(), "the key " + quoted(entry.key()) + " stands here twice");
            }
        }
    }

    private String quoted(String key) {
        return "'" + prefix + key + "'";
    }

    private Optional<YamlNode> find(String key) {
        known.add(key);
        return mapping.entries().stream()
                .filter(entry -> entry.key().equals(key))
                .map(YamlNode.Entry::value)
                .findFirst();
    }

    private Optional<String> toText(String key, YamlNode node) {
        if (!(node instanceof YamlNode.Scalar scalar) || scalar.text().isBlank()) {
            report(
                    node.at(),
                    quoted(key) + " must be a single value, not "
                            + (node.kind().equals("a value") ? "empty" : node.kind()));
            return Optional.empty();
        }
        try {
            return Optional.of(placeholders.resolve(scalar.text()));
        } catch (Placeholders.UnresolvedException e) {
            report(node.at(), quoted(key) + ": " + e.getMessage());
            return Optional.empty();
        }
    }
}
