package dev.bauta.proxy.draft;

import dev.bauta.text.Shown;
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

    /** What ends a line, may not stand in YAML, or would have people see another text than is there. */
    private static boolean needsEscape(int c) {
        return Shown.isUnseen(c) || c == 0xFFFE || c == 0xFFFF;
    }

    private static String escaped(int c) {
        if (c == '"' || c == '\\') {
            return "\\" + (char) c;
        }
        return needsEscape(c) ? (c > 0xFFFF ? "\\U%08X" : "\\u%04X").formatted(c) : Character.toString(c);
    }
}
