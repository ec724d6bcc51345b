package dev.bauta.proxy.review;

import java.util.Locale;

/** How much a finding matters, the most first. */
public enum Severity {
    /** The rules do not do what they say. */
    ERROR,
    /** They may not do what was meant. */
    WARNING,
    /** Good to know. */
    NOTE;

    /** As people read it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
