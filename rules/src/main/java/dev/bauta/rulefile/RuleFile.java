package dev.bauta.rulefile;

import dev.bauta.mask.KeyRing;
import dev.bauta.yaml.FileText;
import dev.bauta.yaml.InvalidFileException;
import dev.bauta.yaml.Node;
import dev.bauta.yaml.Problems;
import dev.bauta.yaml.Section;
import dev.bauta.yaml.Words;
import dev.bauta.yaml.YamlReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads rule files. What they may hold is in {@code docs/rules.md}. Stateless. */
public final class RuleFile {
    private static final List<String> KEYS =
            List.of("version", "key", "roles", "masks", "columns", "tables", "unclassified", "statements", "functions");
    private static final String VERSION = "1";
    /** In bytes. */
    private static final int LARGEST = 4 * 1024 * 1024;
    /** Of the 64 hexadecimal digits of a SHA-256. */
    private static final int VERSION_DIGITS = 12;

    private final Map<String, String> environment;
    private final Path folder;
    private final Problems problems;

    private RuleFile(Map<String, String> environment, Path folder, Problems problems) {
        this.environment = environment;
        this.folder = folder;
        this.problems = problems;
    }

    /**
     * Reads a rule file, with this process's environment.
     *
     * @throws InvalidFileException when it cannot be used, with all problems at once
     */
    public static RuleSet load(Path file) throws InvalidFileException {
        return load(file, System.getenv());
    }

    /**
     * Reads a rule file.
     *
     * @param environment what <code>${env:…}</code> finds
     * @throws InvalidFileException when it cannot be used, with all problems at once
     */
    public static RuleSet load(Path file, Map<String, String> environment) throws InvalidFileException {
        Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file);
        Problems problems = new Problems(file.toString());
        return parse(FileText.read(file, LARGEST, problems), environment, folder, problems);
    }

    /**
     * Reads the text of a rule file.
     *
     * @param fileName the file's name for messages
     * @param environment what <code>${env:…}</code> finds
     * @param folder where relative paths of <code>${file:…}</code> start
     * @throws InvalidFileException when it cannot be used, with all problems at once
     */
    public static RuleSet parse(String text, String fileName, Map<String, String> environment, Path folder)
            throws InvalidFileException {
        return parse(text, environment, folder, new Problems(fileName));
    }

    private static RuleSet parse(String text, Map<String, String> environment, Path folder, Problems problems)
            throws InvalidFileException {
        Node root = YamlReader.read(text, problems);
        return new RuleFile(environment, folder, problems).rules(root, text);
    }

    private RuleSet rules(Node root, String text) throws InvalidFileException {
        Section section = Section.of(requireMapping(root), "the file", KEYS, problems);
        section.require("version", "add 'version: 1'").ifPresent(this::checkVersion);
        Optional<KeyRing> keys = section.find("key").map(this::key).orElse(Optional.of(KeyRing.empty()));
        MaskReader masks = keys.map(ring -> new MaskReader(ring, problems)).orElse(MaskReader.withoutKey(problems));
        DataReader data = new DataReader(masks, problems);
        List<RoleRule> roles =
                section.find("roles").map(new RoleReader(data, problems)::read).orElse(List.of());
        section.require("columns", "list the columns to protect");
        DataRules everybody = data.ofFile(section);
        requireMasks(everybody);
        List<RuleSet.FunctionPattern> functions = section.find("functions")
                .map(new FunctionReader(problems)::read)
                .orElse(List.of());
        problems.throwIfAny();
        return new RuleSet(
                version(text, keys.orElseThrow()),
                roles,
                everybody,
                functions,
                keys.orElseThrow().sealed());
    }

    /** Without keys nothing else can be looked at. */
    private Node.Mapping requireMapping(Node root) throws InvalidFileException {
        if (root instanceof Node.Mapping mapping) {
            return mapping;
        }
        boolean empty = root instanceof Node.Scalar scalar && scalar.isMissing();
        String message = empty ? "the file is empty" : "a rule file must hold keys with values, not " + root.kind();
        problems.add(root, message + "; start it with 'version: 1'");
        throw problems.toException();
    }

    /** A column that is tagged and nothing more is one that somebody meant to protect. */
    private void requireMasks(DataRules data) {
        DataRules lasting = data.at(Instant.MAX);
        for (ColumnRule rule : data.columns()) {
            String tag = rule.tag();
            if (tag != null
                    && rule.treatment().isEmpty()
                    && lasting.findTagRule(tag).isEmpty()) {
                problems.add(
                        rule.at(),
                        "this column rule has no 'mask', and 'masks' has none for the tag " + Words.quoted(tag)
                                + "; add one without 'until', or write mask: none to leave the columns clear");
            }
        }
    }

    private void checkVersion(Node node) {
        if (!(node instanceof Node.Scalar scalar && scalar.text().equals(VERSION))) {
            problems.add(node, "'version' must be 1, the only version of the format that there is");
        }
    }

    private Optional<KeyRing> key(Node node) {
        return new KeyReader(environment, folder, problems).read(node);
    }

    /** Changes with the text and with the key, which can change in a file of its own. */
    private static String version(String text, KeyRing keys) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(text.getBytes(StandardCharsets.UTF_8));
            digest.update(keys.checkValue());
            return HexFormat.of().formatHex(digest.digest()).substring(0, VERSION_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
