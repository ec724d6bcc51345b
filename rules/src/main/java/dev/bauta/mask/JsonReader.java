package dev.bauta.mask;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a document that PostgreSQL has found to be JSON into a {@link JsonTree}. Used once. */
final class JsonReader {
    private final String json;
    private final List<Object> whole = new ArrayList<>();
    /** The objects and arrays that are not read to their end, the innermost first. */
    private final Deque<Object> open = new ArrayDeque<>(List.of(whole));

    private @Nullable String key;
    private int at;

    JsonReader(String json) {
        this.json = json;
    }

    /**
     * Reads the document; of a key that is there twice the last counts.
     *
     * @throws IllegalArgumentException for text that is no JSON, as far as that is noticed; it shows nothing of the text
     */
    Object read() {
        while (at < json.length()) {
            char c = json.charAt(at);
            switch (c) {
                case ' ', '\t', '\n', '\r', ',', ':' -> at++;
                case '[' -> open(new ArrayList<Object>());
                case '{' -> open(new LinkedHashMap<String, Object>());
                case ']', '}' -> {
                    open.pop();
                    at++;
                }
                case '"' -> {
                    String text = string();
                    if (open.element() instanceof Map<?, ?> && key == null) {
                        key = text;
                    } else {
                        add(text);
                    }
                }
                default -> add(word());
            }
        }
        if (open.size() != 1 || whole.size() != 1) {
            throw noJson();
        }
        return whole.get(0);
    }

    private static IllegalArgumentException noJson() {
        return new IllegalArgumentException("a value of a JSON type is no JSON");
    }

    private void open(Object inner) {
        add(inner);
        open.push(inner);
        at++;
    }

    @SuppressWarnings("unchecked")
    private void add(Object value) {
        if (open.element() instanceof Map<?, ?> object) {
            if (key == null) {
                throw noJson();
            }
            ((Map<String, Object>) object).put(key, value);
            key = null;
        } else {
            ((List<Object>) open.element()).add(value);
        }
    }

    private Object word() {
        int start = at;
        while (at < json.length() && " \t\n\r,:[]{}\"".indexOf(json.charAt(at)) < 0) {
            at++;
        }
        String word = json.substring(start, at);
        return switch (word) {
            case "true" -> true;
            case "false" -> false;
            case "null" -> JsonTree.Null.NULL;
            default -> {
                if (!word.chars().allMatch(c -> "+-.0123456789Ee".indexOf(c) >= 0)) {
                    throw noJson();
                }
                yield new JsonTree.Digits(word);
            }
        };
    }

    private String string() {
        StringBuilder text = new StringBuilder();
        at++;
        while (at < json.length() && json.charAt(at) != '"') {
            char c = json.charAt(at++);
            text.append(c == '\\' && at < json.length() ? escaped() : c);
        }
        at++;
        return text.toString();
    }

    private char escaped() {
        char c = json.charAt(at++);
        return switch (c) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> {
                int unit = 0;
                for (int end = Math.min(at + 4, json.length()); at < end; at++) {
                    unit = unit << 4 | Character.digit(json.charAt(at), 16);
                }
                yield (char) unit;
            }
            default -> c;
        };
    }
}
