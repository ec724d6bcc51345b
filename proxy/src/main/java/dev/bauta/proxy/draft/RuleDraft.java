package dev.bauta.proxy.draft;

import dev.bauta.rulefile.RuleFile;
import dev.bauta.text.Shown;
import dev.bauta.yaml.InvalidFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A rule file to be written. Immutable.
 *
 * @param comments lines at the head of the file
 * @param rules the column rules, first match first. Those for names with a {@code *}, which in a pattern matches more than itself, are
 *     put last, where they take nothing from others, and of these the ones that match most behind the others. A pattern that stands in an
 *     earlier rule is left out
 */
public record RuleDraft(List<String> comments, List<DraftRule> rules) {
    private static final String KEY = "BAUTA_KEY";
    private static final String SOME_KEY = "0123456789abcdef";

    public RuleDraft {
        comments = List.copyOf(comments);
        rules = withoutRepeated(
                rules.stream().sorted(Comparator.comparing(RuleDraft::openness)).toList());
    }

    /**
     * A pattern matches all that another one does only where it has fewer characters beside its {@code *}. One for all schemas does so to
     * none of the same draft.
     */
    private static int openness(DraftRule rule) {
        return rule.match().stream()
                .map(pattern -> pattern.startsWith("*.") ? pattern.substring(2) : pattern)
                .filter(pattern -> pattern.indexOf('*') >= 0)
                .mapToInt(pattern -> -pattern.replace("*", "").length())
                .max()
                .orElse(Integer.MIN_VALUE);
    }

    private static List<DraftRule> withoutRepeated(List<DraftRule> rules) {
        Set<String> seen = new HashSet<>();
        return rules.stream()
                .map(rule -> new DraftRule(
                        rule.comments(),
                        rule.match().stream()
                                .filter(pattern -> seen.add(pattern.replaceAll("\\*+", "*")))
                                .toList(),
                        rule.tag(),
                        rule.mask()))
                .filter(rule -> !rule.match().isEmpty())
                .toList();
    }

    /**
     * The file's text, which is a valid rule file.
     *
     * @throws IllegalStateException when it is not, which would be a defect of ours
     */
    public String text() {
        StringBuilder text = head();
        if (rules.stream().anyMatch(rule -> rule.mask().isKeyed())) {
            comment(text, "\n", "Keyed masks compute with the key in this environment variable: openssl rand -hex 32");
            text.append("key: ${env:").append(KEY).append("}\n");
        }
        comment(text, "\n", "Add roles here for those who may see raw values; without any, everybody is masked.");
        return requireValid(withRules(text));
    }

    /**
     * The text of a valid rule file that another one, which has the key and the roles, is to include. Its masks need no key.
     *
     * @throws IllegalStateException when it is not, which would be a defect of ours
     */
    public String includedText() {
        return requireValid(withRules(head()));
    }

    private StringBuilder head() {
        StringBuilder text = new StringBuilder();
        comments.forEach(comment -> comment(text, "", comment));
        return text.append("version: 1\n");
    }

    private String withRules(StringBuilder text) {
        text.append(rules.isEmpty() ? "columns: []\n" : "columns:\n");
        rules.forEach(rule -> append(text, rule));
        return text.toString();
    }

    private static void append(StringBuilder text, DraftRule rule) {
        rule.comments().forEach(comment -> comment(text, "  ", comment));
        text.append("  - match: ").append(match(rule.match())).append('\n');
        rule.tag().ifPresent(tag -> text.append("    tag: ").append(tag).append('\n'));
        text.append("    mask: ").append(rule.mask().yaml()).append('\n');
    }

    private static String match(List<String> patterns) {
        return patterns.size() == 1
                ? YamlText.text(patterns.get(0))
                : patterns.stream().map(YamlText::text).collect(Collectors.joining(", ", "[", "]"));
    }

    private static void comment(StringBuilder text, String before, String comment) {
        text.append(before).append("# ").append(Shown.oneLine(comment)).append('\n');
    }

    private static String requireValid(String text) {
        try {
            RuleFile.parse(text, "draft", Map.of(KEY, SOME_KEY), Path.of("."));
            return text;
        } catch (InvalidFileException e) {
            throw new IllegalStateException("a draft is not a valid rule file: " + e.getMessage(), e);
        }
    }
}
