package dev.bauta.proxy.verify;

import dev.bauta.catalog.QualifiedName;
import dev.bauta.rulefile.NamePattern;

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
        return new NamePattern(schema).matches(name.schema())
                && new NamePattern(text.substring(dot + 1)).matches(name.name());
    }
}
