package dev.bauta.annotation;

import dev.bauta.rulefile.ColumnRule;
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
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Rules in comments on columns. A line of the comment starts with {@code bauta:}, in capitals or not, and what follows is what {@code mask} takes in a rule
 * file, such as {@code bauta: email} or <code>bauta: {type: partial, last: 4}</code>, or a tag with a mask, such as
 * <code>bauta: {tag: pii.email, mask: email}</code>.
 */
final class CommentReader {
    /** With whatever an editor may have put around it: who speaks to Bauta in vain would leave a column clear. */
    private static final Pattern START =
            Pattern.compile("[\\s\\p{Z}\\p{Cf}]*bauta[\\s\\p{Z}\\p{Cf}]*:(.*)", Pattern.CASE_INSENSITIVE);

    private static final Pattern LINE_END = Pattern.compile("\\R");

    private CommentReader() {}

    /** What a comment says to Bauta, if it speaks to it. */
    static Optional<ColumnAnnotation> find(String comment) {
        List<String> lines = LINE_END.splitAsStream(comment)
                .map(START::matcher)
                .filter(Matcher::matches)
                .map(line -> line.group(1).strip())
                .toList();
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                lines.size() > 1 ? unreadable("the comment has several lines 'bauta:'") : annotation(lines.get(0)));
    }

    private static ColumnAnnotation unreadable(String problem) {
        return ColumnAnnotation.unreadable(ColumnAnnotation.Source.COMMENT, problem);
    }

    private static ColumnAnnotation annotation(String text) {
        Problems problems = new Problems("comment");
        try {
            return annotation(YamlReader.read(text, problems), problems);
        } catch (InvalidFileException e) {
            return unreadable(
                    "the comment cannot be read: " + e.problems().get(0).message());
        }
    }

    private static ColumnAnnotation annotation(Node node, Problems problems) throws InvalidFileException {
        if (!(node instanceof Node.Mapping mapping)) {
            return mask(null, node, problems);
        }
        Map<String, Node.Entry> entries = Section.distinct(mapping, problems);
        problems.throwIfAny();
        if (!entries.containsKey("tag") && !entries.containsKey("mask")) {
            return mask(null, node, problems);
        }
        if (!Set.of("tag", "mask").containsAll(entries.keySet())) {
            return unreadable("beside 'mask' the comment can have a 'tag' and nothing else");
        }
        Node.Entry given = entries.get("tag");
        String tag = given != null && given.value() instanceof Node.Scalar scalar ? scalar.text() : null;
        if (given != null && (tag == null || !ColumnRule.isTag(tag))) {
            return unreadable("the comment's tag is no tag");
        }
        Node.Entry mask = entries.get("mask");
        return mask == null
                ? new ColumnAnnotation(ColumnAnnotation.Source.COMMENT, tag, null, null)
                : mask(tag, mask.value(), problems);
    }

    private static ColumnAnnotation mask(@Nullable String tag, Node node, Problems problems)
            throws InvalidFileException {
        NamedMask mask;
        if (node instanceof Node.Scalar scalar && !scalar.text().isBlank()) {
            mask = NamedMask.of(scalar.text());
        } else if (node instanceof Node.Mapping mapping) {
            mask = mask(mapping, problems);
        } else {
            return unreadable("the comment names no mask");
        }
        return mask.isBuildable()
                ? ColumnAnnotation.of(ColumnAnnotation.Source.COMMENT, tag, mask)
                : unreadable("the comment names no mask, or gives one parameters that it cannot have");
    }

    /** The mask, which is none that there is where a parameter has no value. */
    private static NamedMask mask(Node.Mapping mapping, Problems problems) throws InvalidFileException {
        Map<String, Object> parameters = new LinkedHashMap<>();
        String type = "";
        for (Map.Entry<String, Node.Entry> entry :
                Section.distinct(mapping, problems).entrySet()) {
            Node value = entry.getValue().value();
            if (entry.getKey().equals("type") && value instanceof Node.Scalar scalar) {
                type = scalar.text();
            } else {
                Object parameter = MaskValues.toValue(value, problems);
                if (parameter == null) {
                    return NamedMask.of("");
                }
                parameters.put(entry.getKey(), parameter);
            }
        }
        problems.throwIfAny();
        return new NamedMask(type, parameters);
    }
}
