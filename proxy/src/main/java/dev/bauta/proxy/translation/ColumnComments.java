package dev.bauta.proxy.translation;

import dev.bauta.proxy.draft.DraftMask;
import dev.bauta.rulefile.MaskValues;
import dev.bauta.yaml.InvalidFileException;
import dev.bauta.yaml.Node;
import dev.bauta.yaml.Problems;
import dev.bauta.yaml.Section;
import dev.bauta.yaml.YamlReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Rules in comments on columns. A line of the comment starts with {@code bauta:}, and what follows is what {@code mask} takes in a rule
 * file, such as {@code bauta: email} or <code>bauta: {type: partial, last: 4}</code>, or a tag with a mask, such as
 * <code>bauta: {tag: pii.email, mask: email}</code>.
 */
final class ColumnComments {
    private static final String START = "bauta:";

    private ColumnComments() {}

    /**
     * What a comment says.
     *
     * @param tag the tag that it gives
     * @param translation the mask that it gives
     */
    record Said(Optional<String> tag, Translation translation) {
        private static Said nothing(String problem) {
            return new Said(Optional.empty(), Translation.none(problem));
        }
    }

    /** What a comment says to Bauta, if it speaks to it. */
    static Optional<Said> find(String comment) {
        List<String> lines = comment.lines()
                .map(String::strip)
                .filter(line -> line.startsWith(START))
                .map(line -> line.substring(START.length()).strip())
                .toList();
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                lines.size() > 1 ? Said.nothing("the comment has several lines 'bauta:'") : said(lines.get(0)));
    }

    private static Said said(String text) {
        Problems problems = new Problems("comment");
        try {
            return said(YamlReader.read(text, problems), problems);
        } catch (InvalidFileException e) {
            return Said.nothing(
                    "the comment cannot be read: " + e.problems().get(0).message());
        }
    }

    private static Said said(Node node, Problems problems) throws InvalidFileException {
        if (node instanceof Node.Scalar scalar && !scalar.text().isBlank()) {
            return new Said(Optional.empty(), mask(scalar.text(), Map.of()));
        }
        if (!(node instanceof Node.Mapping mapping)) {
            return Said.nothing("the comment names no mask");
        }
        Map<String, Node.Entry> entries = Section.distinct(mapping, problems);
        problems.throwIfAny();
        if (!entries.containsKey("mask")) {
            return new Said(Optional.empty(), mask(entries, problems));
        }
        if (entries.keySet().stream().anyMatch(key -> !key.equals("mask") && !key.equals("tag"))) {
            return Said.nothing("beside 'mask' the comment can have a 'tag' and nothing else");
        }
        Said inner = said(entries.get("mask").value(), problems);
        Optional<String> tag = Optional.ofNullable(entries.get("tag"))
                .map(Node.Entry::value)
                .map(value -> value instanceof Node.Scalar scalar ? scalar.text() : "");
        return tag.isPresent() && !tag.get().matches("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*")
                ? Said.nothing("the comment's tag is no tag")
                : new Said(tag, inner.translation());
    }

    private static Translation mask(Map<String, Node.Entry> entries, Problems problems) throws InvalidFileException {
        Map<String, Object> parameters = new LinkedHashMap<>();
        String type = "";
        for (Map.Entry<String, Node.Entry> entry : entries.entrySet()) {
            Node value = entry.getValue().value();
            if (entry.getKey().equals("type") && value instanceof Node.Scalar scalar) {
                type = scalar.text();
            } else {
                Object parameter = MaskValues.toValue(value, problems);
                if (parameter == null) {
                    return Translation.none("a parameter of the comment's mask has no value");
                }
                parameters.put(entry.getKey(), parameter);
            }
        }
        problems.throwIfAny();
        return mask(type, parameters);
    }

    private static Translation mask(String name, Map<String, Object> parameters) {
        DraftMask mask = new DraftMask(name, parameters);
        return mask.isBuildable()
                ? Translation.to(mask)
                : Translation.none("the comment names no mask, or gives one parameters that it cannot have");
    }
}
