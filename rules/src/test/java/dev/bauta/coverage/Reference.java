package dev.bauta.coverage;

import java.util.Comparator;
import java.util.List;

/**
 * A name and where it stands. Immutable.
 *
 * @param offset in bytes of UTF-8
 * @param parts outermost first
 */
record Reference(int offset, List<String> parts) implements Comparable<Reference> {
    private static final Comparator<Reference> ORDER =
            Comparator.comparingInt(Reference::offset).thenComparing(Reference::toString);

    Reference {
        parts = List.copyOf(parts);
    }

    @Override
    public int compareTo(Reference other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return offset + ":" + String.join(".", parts);
    }
}
