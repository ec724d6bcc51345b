package dev.bauta.catalog;

import org.jspecify.annotations.Nullable;

/**
 * The name of something that could reach data behind the masks' back. Immutable.
 *
 * @param kind how the name is recognised in a statement
 * @param name the object; for operators {@code name().name()} is the operator's symbol
 * @param takesRow true for a function of one composite argument, which can also be called as {@code (row).name}
 * @param because what makes it unsafe, for the refusal message
 * @param extension the extension that owns it, or null
 */
public record UnsafeName(Kind kind, QualifiedName name, boolean takesRow, String because, @Nullable String extension) {
    /** How a name is recognised in a statement. */
    public enum Kind {
        /** A function or procedure: recognised before an opening parenthesis. */
        FUNCTION,
        /** An operator, recognised by its symbol. */
        OPERATOR,
        /** A type or domain whose casts, input or checks call an unsafe function. */
        TYPE
    }
}
