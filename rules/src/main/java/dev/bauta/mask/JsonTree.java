package dev.bauta.mask;

import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/**
 * A JSON document in Java, written as {@code jsonb} prints it: a {@code Map}, {@code List}, {@code String}, {@code Boolean},
 * {@link Digits} or {@link Null}. Read and written without recursion, as PostgreSQL takes documents of a few thousand levels.
 */
final class JsonTree {
    private JsonTree() {}

    /** The null of JSON. */
    enum Null {
        NULL
    }

    /**
     * A number as the document has it, of which few are ever computed with.
     *
     * @param text the number in JSON
     */
    record Digits(String text) {
        /** With the scale that the driver gives an unbounded {@code numeric}. */
        BigDecimal decimal() {
            return Numbers.shown(new BigDecimal(text), PartTypes.NUMERIC);
        }

        /** A number without exponent is plain already, unless it is a negative zero. */
        private String plain() {
            boolean plain = text.chars().noneMatch(c -> c == 'e' || c == 'E');
            boolean zero = text.charAt(0) == '-' && text.chars().noneMatch(c -> c >= '1' && c <= '9');
            return plain && !zero ? text : decimal().toPlainString();
        }
    }

    private record Mark(String text) {}

    /** The document as {@code jsonb} prints it. */
    static String write(Object tree) {
        StringBuilder json = new StringBuilder();
        Deque<Object> pending = new ArrayDeque<>(List.of(tree));
        while (!pending.isEmpty()) {
            Object part = pending.pop();
            if (part instanceof Map<?, ?> || part instanceof List<?>) {
                List<Object> parts = part instanceof List<?> array ? parts(array) : parts((Map<?, ?>) part);
                for (int i = parts.size() - 1; i >= 0; i--) {
                    pending.push(parts.get(i));
                }
            } else {
                json.append(scalar(part));
            }
        }
        return json.toString();
    }

    private static List<Object> parts(List<?> array) {
        List<Object> parts = new ArrayList<>();
        parts.add(new Mark("["));
        for (Object element : array) {
            parts.add(new Mark(parts.size() == 1 ? "" : ", "));
            parts.add(element);
        }
        parts.add(new Mark("]"));
        return parts;
    }

    private static List<Object> parts(Map<?, ?> object) {
        List<Object> parts = new ArrayList<>();
        parts.add(new Mark("{"));
        object.entrySet().stream()
                .sorted(Comparator.comparing(member -> (String) member.getKey(), JsonText::compareKeys))
                .forEach(member -> {
                    String comma = parts.size() == 1 ? "" : ", ";
                    parts.add(new Mark(comma + JsonText.quoted((String) member.getKey()) + ": "));
                    parts.add(member.getValue());
                });
        parts.add(new Mark("}"));
        return parts;
    }

    private static String scalar(Object part) {
        if (part instanceof Mark mark) {
            return mark.text();
        } else if (part instanceof String text) {
            return JsonText.quoted(text);
        } else if (part instanceof Digits number) {
            return number.plain();
        } else if (part instanceof BigDecimal number) {
            return number.toPlainString();
        }
        return part == Null.NULL ? "null" : part.toString();
    }
}
