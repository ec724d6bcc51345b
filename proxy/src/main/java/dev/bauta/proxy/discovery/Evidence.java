package dev.bauta.proxy.discovery;

/**
 * Why a column is thought to hold a kind of data. Immutable; holds names and counts, and never a value.
 *
 * @param source where it was seen
 * @param kind the kind that it speaks for
 * @param text what was seen, such as {@code 97 of 100 sampled values are e-mail addresses}
 * @param weight how likely the kind is by this alone, 0 to 1
 */
public record Evidence(Source source, DataKind kind, String text, double weight) {
    /** Where evidence comes from. */
    public enum Source {
        NAME,
        COMMENT,
        TYPE,
        VALUES
    }
}
