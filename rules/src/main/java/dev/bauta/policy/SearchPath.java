package dev.bauta.policy;

import java.util.List;

/** Where the server looks for unqualified names, as far as Bauta knows. */
public sealed interface SearchPath {
    /**
     * The schemas in order, implicit ones included.
     *
     * @param schemas names as in the catalogs
     */
    record Known(List<String> schemas) implements SearchPath {
        public Known {
            schemas = List.copyOf(schemas);
        }
    }

    /** Something that may have changed it has happened. */
    record Unknown() implements SearchPath {
        /** The one instance that is needed. */
        public static final Unknown UNKNOWN = new Unknown();
    }
}
