package dev.bauta.catalog;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The name of something that could reach data behind the masks' back. Immutable.
 *
 * @param kind how the name is recognised in a statement
 * @param name the object; for operators {@code name().name()} is the operator's symbol. Overloads share one entry
 * @param attribute whether a function can also be called as {@code (value).name}
 * @param because what makes it unsafe; completes a sentence that starts with "it", as in "it runs SQL given as text"
 * @param extension the extension that owns it, or null
 * @param calls the unsafe functions that its use calls: where a DBA allows all of them, it is safe as well. Empty for a function that is unsafe
 *     by itself
 * @param type {@code pg_type.oid} of a type, 0 for the others
 */
public record UnsafeName(
        Kind kind,
        QualifiedName name,
        Attribute attribute,
        String because,
        @Nullable String extension,
        Set<QualifiedName> calls,
        int type) {
    public UnsafeName {
        calls = Set.copyOf(calls);
    }

    /** A name that calls no unsafe function but is unsafe by itself. */
    public UnsafeName(Kind kind, QualifiedName name, Attribute attribute, String because, @Nullable String extension) {
        this(kind, name, attribute, because, extension, Set.of(), 0);
    }

    /** True when the functions that its use calls are all of the database's own, so that a DBA can vouch for them. */
    public boolean isOfOwnFunctions() {
        return calls.isEmpty() ? !isBuiltin(name) : calls.stream().noneMatch(UnsafeName::isBuiltin);
    }

    private static boolean isBuiltin(QualifiedName name) {
        return name.schema().equals("pg_catalog");
    }

    /** What stands before the point where a function of one argument is called as {@code (value).name}. In the order of what it allows. */
    public enum Attribute {
        /** Nothing: it is never called like this. */
        NEVER,
        /** A value that is no row. */
        OF_VALUE,
        /** Any value, or the name of a relation. */
        OF_ROW
    }

    /** How a name is recognised in a statement. */
    public enum Kind {
        /** A function or procedure: recognised before an opening parenthesis. */
        FUNCTION,
        /** An operator, recognised by its symbol. */
        OPERATOR,
        /** A type or domain whose casts, input or checks call an unsafe function. */
        TYPE,
        /** An operator class, by which a temporary table can have its rows compared. */
        OPERATOR_CLASS,
        /** A table whose definition calls one, for a temporary table that is made like it. */
        COPY
    }
}
