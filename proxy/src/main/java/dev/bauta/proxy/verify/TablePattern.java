package dev.bauta.proxy.verify;

import dev.bauta.catalog.QualifiedName;
import java.util.regex.Pattern;

/**
 * Tables by name, as {@code schema.table} or {@code table}; {@code *} stands for any run of characters. Immutable.
 *
 * @param text as it was given
 */
public record TablePattern(String text) {
    /** True when it matches a relation. */
    public boolean matches(QualifiedName name) {
        int dot = text.indexOf('.');
        String schema = dot < 0 ? "*" : text.substring(0, dot);
        return glob(schema, name.schema()) && glob(text.substring(dot + 1), name.name());
    }

    private static boolean glob(String pattern, String name) {
        return Pattern.compile("\\Q" + pattern.replace("*", "\\E.*\\Q") + "\\E")
                .matcher(name)
                .matches();
    }
}
