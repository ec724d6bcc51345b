package dev.bauta.rulefile;

import dev.bauta.yaml.Location;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A rule that says what columns hold, what is done to them, or both. Immutable.
 *
 * @param columns the columns it is about
 * @param tag what kind of data they hold, such as {@code pii.email}; null when the rule gives none
 * @param own what is done to them; null when the tag's rule decides, and then there is a tag
 * @param until when the rule ends; null for one that does not
 * @param at where the rule stands
 */
public record ColumnRule(
        ColumnSelector columns, @Nullable String tag, @Nullable Treatment own, @Nullable Instant until, Location at)
        implements Expiry {
    static final int LONGEST_TAG = 63;

    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");

    public ColumnRule {
        if (tag == null && own == null) {
            throw new IllegalArgumentException("a rule without a tag must say what is done to its columns");
        }
    }

    /** A rule by name, without an end. */
    public ColumnRule(List<ColumnPattern> columns, @Nullable String tag, @Nullable Treatment own, Location at) {
        this(new ColumnSelector(columns), tag, own, null, at);
    }

    /** True for a tag, without anything that stands for others. */
    public static boolean isTag(String text) {
        return text.length() <= LONGEST_TAG && TAG.matcher(text).matches();
    }

    @Override
    public String subject() {
        return "columns "
                + columns.columns().stream().map(ColumnPattern::toString).collect(Collectors.joining(", "));
    }

    /** What the rule itself has done to its columns, if it does not leave that to its tag. */
    public Optional<Treatment> treatment() {
        return Optional.ofNullable(own);
    }

    /** With the mask's name alone: its parameters may tell about the data. */
    @Override
    public String toString() {
        return at + ": " + columns + " " + (own == null ? tag : own);
    }
}
