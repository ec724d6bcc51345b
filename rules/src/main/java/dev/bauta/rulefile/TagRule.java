package dev.bauta.rulefile;

import dev.bauta.yaml.Location;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is done to columns of a tag. Immutable.
 *
 * @param tag pattern over the tag
 * @param treatment what is done to the columns
 * @param until when the rule ends; null for one that does not
 * @param at where the rule stands
 */
public record TagRule(NamePattern tag, Treatment treatment, @Nullable Instant until, Location at) implements Expiry {
    @Override
    public String subject() {
        return "masks " + tag;
    }

    /** With the mask's name alone: its parameters may tell about the data. */
    @Override
    public String toString() {
        return at + ": " + tag + " " + treatment;
    }
}
