package dev.bauta.mask;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** JSON as PostgreSQL's {@code jsonb} prints it, so that the text is the same whether it went through jsonb or not. */
final class JsonText {
    private static final int MOST_DIGITS = 1000;

    private JsonText() {}

    /** The JSON of what Jackson read from the rule file; empty where PostgreSQL could not store it. */
    static Optional<String> of(@Nullable Object value) {
        if (value == null || value instanceof Boolean) {
            return Optional.of(String.valueOf(value));
        }
        if (value instanceof String text) {
            return Text.isStorable(text) ? Optional.of(quoted(text)) : Optional.empty();
        }
        if (value instanceof List<?> list) {
            return joined(list.stream().map(JsonText::of).toList()).map(items -> "[" + items + "]");
        }
        if (value instanceof Map<?, ?> map) {
            return joined(map.entrySet().stream()
                            .sorted(Comparator.comparing(JsonText::key, JsonText::compareKeys))
                            .map(JsonText::member)
                            .toList())
                    .map(members -> "{" + members + "}");
        }
        return Parameters.toDecimal(value)
                .filter(number -> Math.abs((long) number.scale()) + number.precision() <= MOST_DIGITS)
                .map(BigDecimal::toPlainString);
    }

    private static Optional<String> joined(List<Optional<String>> parts) {
        if (parts.stream().anyMatch(Optional::isEmpty)) {
            return Optional.empty();
        }
        return Optional.of(parts.stream().flatMap(Optional::stream).collect(Collectors.joining(", ")));
    }

    private static Optional<String> member(Map.Entry<?, ?> entry) {
        return of(key(entry)).flatMap(key -> of(entry.getValue()).map(value -> key + ": " + value));
    }

    private static String key(Map.Entry<?, ?> entry) {
        return String.valueOf(entry.getKey());
    }

    /** By length in bytes, then bytewise: the order in which jsonb keeps keys. */
    static int compareKeys(String left, String right) {
        byte[] a = left.getBytes(StandardCharsets.UTF_8);
        byte[] b = right.getBytes(StandardCharsets.UTF_8);
        return a.length != b.length ? Integer.compare(a.length, b.length) : Arrays.compareUnsigned(a, b);
    }

    /** A string with the escapes that {@code jsonb} prints. */
    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.chars().forEach(c -> quoted.append(escaped((char) c)));
        return quoted.append('"').toString();
    }

    private static String escaped(char c) {
        return switch (c) {
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            case '\b' -> "\\b";
            case '\f' -> "\\f";
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> c < ' ' ? String.format("\\u%04x", (int) c) : String.valueOf(c);
        };
    }
}
