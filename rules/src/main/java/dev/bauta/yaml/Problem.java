package dev.bauta.yaml;

/**
 * Something that keeps a file from being used. Immutable.
 *
 * @param at the key, value or place to look at
 * @param message one line: what is wrong and what would be right; keys and names of the file may stand in it, never a value
 *     that could be secret
 */
public record Problem(Location at, String message) {
    /** Such as {@code rules.yaml:12:9: unknown key 'rolse', did you mean 'roles'?}. */
    @Override
    public String toString() {
        return at + ": " + message;
    }
}
