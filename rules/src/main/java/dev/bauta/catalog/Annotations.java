package dev.bauta.catalog;

import java.util.Map;
import java.util.Set;

/**
 * What people have written beside columns and roles. Immutable.
 *
 * @param comments comments on columns
 * @param labels security labels of PostgreSQL Anonymizer, whose provider is {@code anon}, on columns
 * @param maskedRoles roles that Anonymizer's label {@code MASKED} marks as seeing masks
 */
public record Annotations(
        Map<ColumnOrigin, String> comments, Map<ColumnOrigin, String> labels, Set<String> maskedRoles) {
    public Annotations {
        comments = Map.copyOf(comments);
        labels = Map.copyOf(labels);
        maskedRoles = Set.copyOf(maskedRoles);
    }
}
