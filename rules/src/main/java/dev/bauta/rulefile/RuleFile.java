package dev.bauta.rulefile;

import dev.bauta.mask.KeyRing;
import dev.bauta.text.Sha256;
import dev.bauta.yaml.InvalidFileException;
import dev.bauta.yaml.Node;
import dev.bauta.yaml.Problems;
import dev.bauta.yaml.Section;
import dev.bauta.yaml.Words;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads rule files. What they may hold is in {@code docs/rules.md}. Stateless. */
public final class RuleFile {
    /** All that can stand in a file. */
    static final List<String> KEYS = List.of(
            "version",
            "include",
            "from-comments",
            "key",
            "roles",
            "masks",
            "columns",
            "tables",
            "unclassified",
            "statements",
            "functions");

    private static final String VERSION = "1";
    /** Keys that cannot stand in several files. */
    private static final List<String> SINGLE = List.of("from-comments", "key", "unclassified", "statements");

    /** Of the 64 hexadecimal digits of a SHA-256. */
    private static final int VERSION_DIGITS = 12;

    private final Map<String, String> environment;
    private final RuleSources sources;
    private final Problems problems;

    private RuleFile(Map<String, String> environment, RuleSources sources, Problems problems) {
        this.environment = environment;
        this.sources = sources;
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
        Problems problems = new Problems(file.toString());
        RuleSources sources = new RuleSources(problems);
        sources.read(file);
        return new RuleFile(environment, sources, problems).rules();
    }

    /**
     * The files that {@link #load} reads or looks for, and the folders in which it looks for some by pattern: where nothing of
     * this changes, it reads the same again. Never fails; of files with problems it gives as much as can be known.
     */
    public static Set<Path> watched(Path file) {
        RuleSources sources = new RuleSources(new Problems(file.toString()));
        try {
            sources.read(file);
        } catch (InvalidFileException e) {
            return Set.of(file);
        }
        return Set.copyOf(sources.watched());
    }

    /**
     * Reads the text of a rule file, which can include no others.
     *
     * @param fileName the file's name for messages
     * @param environment what <code>${env:…}</code> finds
     * @param folder where relative paths of <code>${file:…}</code> start
     * @throws InvalidFileException when it cannot be used, with all problems at once
     */
    public static RuleSet parse(String text, String fileName, Map<String, String> environment, Path folder)
            throws InvalidFileException {
        Problems problems = new Problems(fileName);
        RuleSources sources = new RuleSources(problems);
        sources.read(text, folder);
        return new RuleFile(environment, sources, problems).rules();
    }

    private RuleSet rules() throws InvalidFileException {
        List<Section> files = sources.sections(KEYS);
        for (Section file : files) {
            file.require("version", "add 'version: 1'").ifPresent(this::checkVersion);
        }
        SINGLE.forEach(key -> requireOnce(key, files));
        if (files.stream().allMatch(file -> file.find("columns").isEmpty())) {
            files.get(0).require("columns", "list the columns to protect");
        }
        Optional<KeyRing> keys = keys(files);
        MaskReader masks = keys.map(ring -> new MaskReader(ring, problems)).orElse(MaskReader.withoutKey(problems));
        DataReader data = new DataReader(masks, problems);
        List<RoleRule> roles = all(files, "roles", new RoleReader(data, problems)::read);
        DataRules everybody = files.stream().map(data::ofFile).reduce(DataRules.NONE, DataRules::before);
        requireMasks(everybody);
        List<RuleSet.FunctionPattern> functions = all(files, "functions", new FunctionReader(problems)::read);
        boolean fromComments = files.stream()
                .flatMap(file -> file.find("from-comments").stream())
                .anyMatch(this::isTrue);
        problems.throwIfAny();
        if (fromComments) {
            // Sessions are given the keys of domains when they begin, before they see any comment.
            keys.orElseThrow().reserveDefault();
        }
        return new RuleSet(
                version(keys.orElseThrow()),
                roles,
                everybody,
                functions,
                keys.orElseThrow().sealed(),
                fromComments);
    }

    private boolean isTrue(Node node) {
        boolean yes = node instanceof Node.Scalar scalar && scalar.text().equals("true");
        if (!yes && !(node instanceof Node.Scalar scalar && scalar.text().equals("false"))) {
            problems.add(node, "'from-comments' is true or false");
        }
        return yes;
    }

    private static <T> List<T> all(List<Section> files, String key, Function<Node, List<T>> reader) {
        return files.stream()
                .flatMap(file -> file.find(key).stream())
                .flatMap(node -> reader.apply(node).stream())
                .toList();
    }

    private void requireOnce(String key, List<Section> files) {
        List<Node> all = files.stream().flatMap(file -> file.find(key).stream()).toList();
        for (Node again : all.subList(Math.min(1, all.size()), all.size())) {
            problems.add(
                    again,
                    Words.quoted(key) + " stands in " + all.get(0).at().file() + " already; it can stand in one file");
        }
    }

    private Optional<KeyRing> keys(List<Section> files) {
        for (int i = 0; i < files.size(); i++) {
            Optional<Node> key = files.get(i).find("key");
            if (key.isPresent()) {
                return new KeyReader(environment, sources.sources().get(i).folder(), problems).read(key.get());
            }
        }
        return Optional.of(KeyRing.empty());
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

    /** Changes with the text of each file and with the key, which can change in a file of its own. */
    private String version(KeyRing keys) {
        MessageDigest digest = Sha256.start();
        for (RuleSources.Source source : sources.sources()) {
            digest.update(source.text().getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
        }
        digest.update(keys.checkValue());
        return HexFormat.of().formatHex(digest.digest()).substring(0, VERSION_DIGITS);
    }
}
