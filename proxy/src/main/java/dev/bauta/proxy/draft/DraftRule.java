package dev.bauta.proxy.draft;

import dev.bauta.catalog.QualifiedName;
import java.util.List;
import java.util.Optional;

/**
 * A column rule to be written. Immutable.
 *
 * @param comments lines above the rule; they may hold names, never values
 * @param match the columns, as patterns
 * @param tag what kind of data they hold
 * @param mask how they are masked
 */
public record DraftRule(List<String> comments, List<String> match, Optional<String> tag, DraftMask mask) {
    public DraftRule {
        comments = List.copyOf(comments);
        match = List.copyOf(match);
    }

    /** A rule for one column. */
    public static DraftRule of(List<String> comments, String pattern, Optional<String> tag, DraftMask mask) {
        return new DraftRule(comments, List.of(pattern), tag, mask);
    }

    /**
     * The pattern that matches a column. A {@code *} in a name stands for any run of characters in a pattern, itself included, so
     * that such a pattern matches the column and possibly others.
     */
    public static String pattern(QualifiedName relation, String column) {
        return part(relation.schema()) + "." + part(relation.name()) + "." + part(column);
    }

    /** One part of a pattern: in double quotes where dots, quotes or blanks at an end would be misread. */
    public static String part(String name) {
        boolean plain = name.indexOf('.') < 0 && name.indexOf('"') < 0 && name.equals(name.strip());
        return plain ? name : '"' + name.replace("\"", "\"\"") + '"';
    }
}
