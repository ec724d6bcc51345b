package dev.bauta.annotation;

import dev.bauta.catalog.Column;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the database itself says of a column's masking: in a comment, or in a security label of PostgreSQL Anonymizer. Where a column has
 * both, the comment counts. Immutable.
 *
 * @param source where it stands
 * @param tag what kind of data the column holds; null when it is not said
 * @param mask what is done to it; null when there is a tag alone, and when it cannot be understood
 * @param problem why it cannot be understood, a clause without values; null when it can
 */
public record ColumnAnnotation(
        Source source, @Nullable String tag, @Nullable NamedMask mask, @Nullable String problem) {
    /** Where it stands. */
    public enum Source {
        /** {@code COMMENT ON COLUMN}. */
        COMMENT,
        /** {@code SECURITY LABEL FOR anon ON COLUMN}. */
        LABEL
    }

    /** What is said of a column, if anything is. */
    public static Optional<ColumnAnnotation> find(Column column) {
        return Optional.ofNullable(column.comment())
                .flatMap(CommentReader::find)
                .or(() -> Optional.ofNullable(column.label()).map(LabelReader::read));
    }

    static ColumnAnnotation of(Source source, @Nullable String tag, NamedMask mask) {
        return new ColumnAnnotation(source, tag, mask, null);
    }

    static ColumnAnnotation unreadable(Source source, String problem) {
        return new ColumnAnnotation(source, null, null, problem);
    }
}
