package dev.bauta.proxy.draft;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Spelling of values in YAML, in one line each. */
final class YamlText {
    /** What is the same with and without quotes, in flow style too, and looks like nothing else. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*([.-][A-Za-z0-9_]+)*");

    private static final Set<String> WORDS = Set.of("null", "true", "false", "yes", "no", "on", "off", "y", "n");

    private YamlText() {}

    /** A string. */
    static String text(String value) {
        if (PLAIN.matcher(value).matches() && !WORDS.contains(value.toLowerCase(java.util.Locale.ROOT))) {
            return value;
        }
        if (value.codePoints().noneMatch(YamlText::needsEscape)) {
            return "'" + value.replace("'", "''") + "'";
        }
        return value.codePoints().mapToObj(YamlText::escaped).collect(Collectors.joining("", "\"", "\""));
    }

    /** A value as mask parameters have them: a string, number, truth value, null, list or map. */
    static String value(@Nullable Object value) {
        if (value instanceof Collection<?> items) {
            return items.stream().map(YamlText::value).collect(Collectors.joining(", ", "[", "]"));
        }
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> text(String.valueOf(entry.getKey())) + ": " + value(entry.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        return value instanceof String string ? text(string) : String.valueOf(value);
    }

    private static boolean needsEscape(int c) {
        return c < ' ' || c >= 0x7F && c <= 0x9F || c == 0x2028 || c == 0x2029 || c == 0xFEFF;
    }

    private static String escaped(int c) {
        if (c == '"' || c == '\\') {
            return "\\" + (char) c;
        }
        return needsEscape(c) ? "\\u%04X".formatted(c) : Character.toString(c);
    }
}
