package dev.bauta.proxy.demo;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Collects the rows of one table in COPY's text format. Not thread-safe. */
final class CopyText {
    private final String table;
    private final StringBuilder text = new StringBuilder();
    private int rows;

    /** @param table the table's name as SQL text */
    CopyText(String table) {
        this.table = table;
    }

    /** The table's name as SQL text. */
    String table() {
        return table;
    }

    /** How many rows there are. */
    int rows() {
        return rows;
    }

    /** What {@code COPY table FROM STDIN} reads. */
    String text() {
        return text.toString();
    }

    /** Appends a row; a list becomes an array of text, null NULL, everything else what its {@code toString} says. */
    void add(@Nullable Object... values) {
        for (int i = 0; i < values.length; i++) {
            text.append(i == 0 ? "" : "\t").append(field(values[i]));
        }
        text.append('\n');
        rows++;
    }

    private static String field(@Nullable Object value) {
        if (value == null) {
            return "\\N";
        }
        return escape(value instanceof List<?> list ? array(list) : value.toString());
    }

    private static String array(List<?> elements) {
        return elements.stream()
                .map(element -> '"' + element.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"')
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String escape(String value) {
        return value.replace("\\", "\\\\")
                .replace("\t", "\\t")
                .replace("\n", "\\n")
                .replace("\r", "\\r");
    }
}
