package dev.bauta.rulefile;

import dev.bauta.mask.KeyRing;
import dev.bauta.yaml.FileText;
import dev.bauta.yaml.Node;
import dev.bauta.yaml.Problems;
import dev.bauta.yaml.Section;
import dev.bauta.yaml.Shapes;
import dev.bauta.yaml.Words;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the master key from where the rule file says that it is. No message holds any of it, nor anything that could be it: a text
 * that is not well-formed as a reference is never repeated.
 */
final class KeyReader {
    private static final List<String> KEYS = List.of("current", "versions");
    private static final Pattern VERSION = Pattern.compile("[a-z0-9_]{1,16}");
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{(env|file):([^{}]*)}");
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final String FORMS = "${env:NAME} for an environment variable or ${file:PATH} for a file";
    private static final String BASE64 = "base64:";
    private static final String HEX = "hex:";
    private static final int LEAST_BYTES = 16;
    private static final int LARGEST_FILE = 64 * 1024;

    private final Map<String, String> environment;
    private final Path folder;
    private final Problems problems;

    /** @param folder where relative files start */
    KeyReader(Map<String, String> environment, Path folder, Problems problems) {
        this.environment = environment;
        this.folder = folder;
        this.problems = problems;
    }

    /** The ring over the key, or over its versions; empty when it was reported why there is none. */
    Optional<KeyRing> read(Node node) {
        if (node instanceof Node.Mapping mapping) {
            // Braces around the key itself make it a key of YAML's: it must not be repeated as an unknown one.
            if (mapping.entries().stream()
                    .anyMatch(entry -> !KEYS.contains(entry.key().text()))) {
                problems.add(node, "'key' must be a single value, or 'current' and 'versions' and nothing else");
                return Optional.empty();
            }
            return versions(Section.of(mapping, "'key'", KEYS, problems));
        }
        return new Shapes(problems).text(node, "'key'").flatMap(this::key).map(KeyRing::of);
    }

    private Optional<KeyRing> versions(Section section) {
        Shapes shapes = new Shapes(problems);
        Optional<Node.Scalar> current = section.find("current").flatMap(node -> shapes.text(node, "'current'"));
        Optional<Node.Mapping> versions = section.find("versions").flatMap(node -> shapes.mapping(node, "'versions'"));
        if (current.isEmpty() || versions.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Node.Entry> entries = Section.distinct(versions.get(), problems);
        Map<String, byte[]> keys = new LinkedHashMap<>();
        entries.forEach((version, entry) -> {
            if (!VERSION.matcher(version).matches()) {
                problems.add(entry.key(), "a key version is 1 to 16 of a-z, 0-9 and _");
            }
            shapes.text(entry.value(), "a key").flatMap(this::key).ifPresent(key -> keys.put(version, key));
        });
        if (!entries.containsKey(current.get().text())) {
            problems.add(current.get(), "'current' is none of the versions");
        }
        return keys.size() == entries.size() && keys.containsKey(current.get().text())
                ? Optional.of(KeyRing.of(keys, current.get().text()))
                : Optional.empty();
    }

    private Optional<byte[]> key(Node.Scalar scalar) {
        Matcher reference = REFERENCE.matcher(scalar.text());
        if (!reference.matches()) {
            problems.add(scalar, "the key must not stand in the file itself; write " + FORMS);
            return Optional.empty();
        }
        String name = reference.group(2);
        return reference.group(1).equals("env") ? fromEnvironment(name, scalar) : fromFile(name, scalar);
    }

    private Optional<byte[]> fromEnvironment(String name, Node.Scalar at) {
        if (!VARIABLE.matcher(name).matches()) {
            return fail(at, "${env:…} takes the name of an environment variable: letters, digits and '_'");
        }
        String value = environment.get(name);
        return value == null
                ? fail(at, "the environment variable " + name + " is not set")
                : decode(value, "the key in the environment variable " + name, at);
    }

    private Optional<byte[]> fromFile(String name, Node.Scalar at) {
        String source = "the key file " + Words.quoted(name);
        try {
            Path file = folder.resolve(Path.of(name));
            return decode(
                    FileText.read(file, LARGEST_FILE).stripTrailing(), "the key in the file " + Words.quoted(name), at);
        } catch (InvalidPathException e) {
            return fail(at, source + " cannot be read: this is no path");
        } catch (FileText.UnreadableException e) {
            return fail(at, source + " cannot be read: " + e.reason());
        }
    }

    private Optional<byte[]> decode(String value, String source, Node.Scalar at) {
        Optional<byte[]> bytes = bytes(value);
        if (bytes.isEmpty()) {
            return fail(at, source + " is not what its prefix 'base64:' or 'hex:' says");
        }
        if (bytes.get().length < LEAST_BYTES) {
            return fail(
                    at,
                    source
                            + " has fewer than 16 bytes; 'openssl rand -hex 32' makes one to put after the prefix 'hex:'");
        }
        return bytes;
    }

    private static Optional<byte[]> bytes(String value) {
        try {
            if (value.startsWith(BASE64)) {
                return Optional.of(Base64.getDecoder().decode(value.substring(BASE64.length())));
            }
            if (value.startsWith(HEX)) {
                return Optional.of(HexFormat.of().parseHex(value.substring(HEX.length())));
            }
            return Optional.of(value.getBytes(StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Optional<byte[]> fail(Node.Scalar at, String message) {
        problems.add(at, message);
        return Optional.empty();
    }
}
