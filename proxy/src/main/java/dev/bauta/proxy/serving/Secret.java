package dev.bauta.proxy.serving;

/**
 * A password, which shows in no log. Immutable.
 *
 * @param value the password itself
 */
public record Secret(String value) {
    @Override
    public String toString() {
        return "Secret[]";
    }
}
