package dev.bauta.rulefile;

import dev.bauta.mask.KeyRing;
import dev.bauta.mask.MaskParameterException;
import dev.bauta.mask.Masks;
import dev.bauta.text.Shown;
import dev.bauta.yaml.Node;
import dev.bauta.yaml.Problems;
import dev.bauta.yaml.Section;
import dev.bauta.yaml.Shapes;
import dev.bauta.yaml.Words;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads {@code mask}: a mask's name, or its name as {@code type} with parameters beside it. Not thread-safe. */
final class MaskReader {
    /** Words that stand for something else than a mask. */
    private static final Map<String, Treatment> PLAIN =
            Map.of("none", Treatment.Clear.CLEAR, "refused", Treatment.Refused.REFUSED);

    private static final String TYPE = "type";

    /** Stands in for a key that is missing or bad, to find what else is wrong; rules that were built with it are never used. */
    private static final byte[] NO_KEY = new byte[16];

    private final KeyRing keys;
    private final Problems problems;
    private final Shapes shapes;

    /** @param keys empty when the file gives no key; keyed masks are reported then */
    MaskReader(KeyRing keys, Problems problems) {
        this.keys = keys;
        this.problems = problems;
        this.shapes = new Shapes(problems);
    }

    /** For a file whose key is bad, which was reported: keyed masks are not reported for that again. */
    static MaskReader withoutKey(Problems problems) {
        return new MaskReader(KeyRing.of(NO_KEY), problems);
    }

    /** What is done to the columns; empty when that could not be read and was reported. */
    Optional<Treatment> read(Node node) {
        if (!(node instanceof Node.Mapping mapping)) {
            return shapes.text(node, "'mask'").flatMap(name -> choose(name, Map.of()));
        }
        Map<String, Node.Entry> parameters = Section.distinct(mapping, problems);
        Node.Entry type = parameters.remove(TYPE);
        if (type == null) {
            problems.add(mapping, "this mask has no 'type'; name the mask, such as {type: partial, last: 4}");
            return Optional.empty();
        }
        return shapes.text(type.value(), "'type'").flatMap(name -> choose(name, parameters));
    }

    private Optional<Treatment> choose(Node.Scalar name, Map<String, Node.Entry> parameters) {
        Treatment plain = PLAIN.get(name.text());
        if (plain != null) {
            String message = Words.quoted(name.text()) + " takes no parameters";
            parameters.values().forEach(entry -> problems.add(entry.key(), message));
            return Optional.of(plain);
        }
        if (!Masks.names().contains(name.text())) {
            String text = name.text();
            problems.add(name, "unknown mask " + Words.quoted(text) + Words.suggestion(text, Masks.names()));
            return Optional.empty();
        }
        return build(name, parameters);
    }

    private Optional<Treatment> build(Node.Scalar name, Map<String, Node.Entry> parameters) {
        Map<String, Object> values = new LinkedHashMap<>();
        parameters.forEach((key, entry) -> values.put(key, MaskValues.toValue(entry.value(), problems)));
        try {
            return Optional.of(new Treatment.Masked(Masks.parse(name.text(), values, keys)));
        } catch (MaskParameterException e) {
            report(e, name, parameters, values);
            return Optional.empty();
        }
    }

    private void report(
            MaskParameterException first,
            Node.Scalar name,
            Map<String, Node.Entry> parameters,
            Map<String, Object> values) {
        if (keys.isEmpty() && findFault(name, values).isEmpty()) {
            String advice = " needs a key; add 'key: ${env:BAUTA_KEY}' to the file and set that variable";
            problems.add(name, "mask " + Words.quoted(name.text()) + advice);
            return;
        }
        Optional<MaskParameterException> fault = Optional.of(first);
        while (fault.isPresent()) {
            problems.add(place(fault.get().path(), name, parameters), message(fault.get()));
            fault = remove(fault.get().path(), values) ? findNextFault(name, values) : Optional.empty();
        }
    }

    /** The innermost key of those that lead to a fault: a mask can stand in the parameters of another. */
    private static Node place(List<String> path, Node.Scalar name, Map<String, Node.Entry> parameters) {
        Node place = name;
        Node.Entry entry = path.isEmpty() ? null : parameters.get(path.get(0));
        for (int i = 1; entry != null; i++) {
            place = entry.key();
            entry = i < path.size() && entry.value() instanceof Node.Mapping mapping
                    ? findEntry(mapping, path.get(i))
                    : null;
        }
        return place;
    }

    private static Node.@Nullable Entry findEntry(Node.Mapping mapping, String key) {
        return mapping.entries().stream()
                .filter(entry -> entry.key().text().equals(key))
                .findFirst()
                .orElse(null);
    }

    /** A mask tells of one parameter at a time; without that one it may tell of the next. */
    private Optional<MaskParameterException> findNextFault(Node.Scalar name, Map<String, Object> values) {
        return findFault(name, values).filter(fault -> contains(fault.path(), values));
    }

    private static boolean contains(List<String> path, Map<?, ?> values) {
        if (path.isEmpty() || !values.containsKey(path.get(0))) {
            return false;
        }
        List<String> inside = path.subList(1, path.size());
        return inside.isEmpty() || values.get(path.get(0)) instanceof Map<?, ?> map && contains(inside, map);
    }

    /** Takes away what a path leads to; false where it leads to nothing. */
    private static boolean remove(List<String> path, Map<?, ?> values) {
        if (!contains(path, values)) {
            return false;
        }
        return path.size() == 1
                ? values.keySet().remove(path.get(0))
                : values.get(path.get(0)) instanceof Map<?, ?> map && remove(path.subList(1, path.size()), map);
    }

    /** What is wrong apart from the key. */
    private static Optional<MaskParameterException> findFault(Node.Scalar name, Map<String, Object> values) {
        try {
            Masks.parse(name.text(), values, KeyRing.of(NO_KEY));
            return Optional.empty();
        } catch (MaskParameterException e) {
            return Optional.of(e);
        }
    }

    private static String message(MaskParameterException e) {
        return Shown.oneLine(String.valueOf(e.getMessage()));
    }
}
